"""What the reports' files in the lake say, read without anything of Changelake's."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Output:
    """The newest published folder of a report or a table."""

    batch: str
    business_date: str
    files: list[tuple[Path, int, str]]

    @property
    def row_count(self) -> int:
        return sum(rows for _, rows, _ in self.files)

    def rows(self) -> list[dict[str, str]]:
        rows = []
        for file, count, sha256 in self.files:
            content = file.read_bytes()
            assert hashlib.sha256(content).hexdigest() == sha256
            found = list(csv.DictReader(content.decode().splitlines()))
            assert len(found) == count
            rows += found
        return rows


def outputs(stack: Path) -> dict[str, Output]:
    """Return the newest output of each table and report, by its name in the warehouse."""
    bucket = json.loads((stack / "stack.json").read_text())["lake.bucket"]
    newest: dict[str, tuple[str, Output]] = {}
    for success in (stack / "s3" / bucket / "data" / "final").glob("*=*/*/_SUCCESS"):
        content = json.loads(success.read_text())["content"]
        name = success.parts[-3].split("=")[1]
        files = [(success.parent / f["name"], f["rows"], f["sha256"]) for f in content["files"]]
        output = Output(content["batch"], content["businessDate"], files)
        if name not in newest or content["plan"] > newest[name][0]:
            newest[name] = (content["plan"], output)
    return {name: output for name, (_, output) in newest.items()}
