"""Changelake's configuration, as far as it tells about the warehouse."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from changelake_superset import properties
from changelake_superset.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping

STACK_FILE = "stack.json"


def stack_folder(given: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Find the local stack's folder: as given, else from the environment, else `.changelake`."""
    return Path(given or environment.get("CHANGELAKE_DIR") or ".changelake").absolute()


def configuration_file(given: str | None, environment: Mapping[str, str] = os.environ) -> Path:
    """Find the file as every command of Changelake does; docs/configuration.md says how."""
    named = given or environment.get("CHANGELAKE_CONFIG")
    return Path(named).absolute() if named else stack_folder(None, environment) / STACK_FILE


def read(file: Path) -> dict[str, str]:
    """Read the file, and the file of secrets that it names, which decides where both have a key."""
    try:
        entries = _parse(file.read_text(encoding="utf-8"))
        secrets = entries.get("secrets.file")
        if secrets:
            entries |= _secrets(file.parent / secrets)
    except FileNotFoundError as e:
        raise CommandError(
            f"There is no configuration at {file}.",
            "It says where the warehouse is.",
            "Start the local stack with `bin/changelake local up`, or name a file with --config.",
        ) from e
    except (ValueError, OSError) as e:
        raise CommandError(
            f"The configuration {file} is refused.",
            f"{e}.",
            "Correct the file; docs/configuration.md lists every key.",
        ) from e
    return entries


def _parse(text: str) -> dict[str, str]:
    try:
        entries = json.loads(text, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as e:
        # Not the parser's message alone: it must never quote the file, which may hold a secret.
        raise ValueError(f"it is not JSON: see line {e.lineno}, column {e.colno}") from None
    if not isinstance(entries, dict):
        raise ValueError("it must be one JSON object")  # noqa: TRY004 - told as all the others are
    return {key: _text(key, value) for key, value in entries.items()}


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        raise ValueError("a key stands twice in it")
    return entries


def _text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (str, int, float)):
        return str(value)
    raise ValueError(f"{key} must be a string, a number or a boolean")


def _secrets(file: Path) -> dict[str, str]:
    try:
        return properties.parse(file.read_text(encoding="utf-8"))
    except OSError as e:
        raise ValueError(f"its secrets.file cannot be read: {e}") from e
