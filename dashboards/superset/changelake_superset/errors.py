"""What a command says when it cannot do what it was asked to."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

USAGE = 2
SOURCE = 10
"""Exit codes, as Changelake's own commands have them."""


class CommandError(Exception):
    """A problem that is the user's to solve: what, why, and what next."""

    def __init__(self, problem: str, why: str, remedy: str, exit_code: int = USAGE) -> None:
        super().__init__(f"{problem}\n  Why: {why}\n  Next: {remedy}")
        self.exit_code = exit_code


def run(command: Callable[[], int]) -> NoReturn:
    """Run a command and exit; anything that is not a CommandError is a bug and keeps its stack."""
    try:
        sys.exit(command())
    except CommandError as e:
        sys.stderr.write(f"error: {e}\n")
        sys.exit(e.exit_code)
    except BrokenPipeError:
        # Whoever reads has enough; nothing is left to be flushed to them at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
