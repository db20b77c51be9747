"""Runs a command of Changelake on this machine, by its launcher."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowSkipException

from changelake.causes import InterruptedRunError, RefusedError
from changelake.run_result import RunResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.sdk import Context

BUG = 70
DRY_RUN = "DRY_RUN"
USAGE = 2


class LauncherOperator(BaseOperator):
    """Runs one command and lets its result decide; what it says on the way is the task's log."""

    template_fields: Sequence[str] = ("arguments",)
    ui_color = "#dbeaf4"

    def __init__(self, *, launcher: str, arguments: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.launcher = launcher
        self.arguments = arguments
        self._process: subprocess.Popen[str] | None = None

    def execute(self, context: Context) -> dict[str, Any]:
        """Run the command; return references and small counts."""
        # An option that a Param has switched off renders to nothing.
        command = [self.launcher, *(argument for argument in self.arguments if argument)]
        exit_code, output = self._run(command)
        result = RunResult.parse(output)
        if result is None:
            raise self._without_result(exit_code)
        summary = result.or_raise().summary()
        if summary["status"] == DRY_RUN:
            context["ti"].xcom_push(key="dry_run", value=summary)
            raise AirflowSkipException(f"A dry run: nothing was written. It would be: {summary}")
        return summary

    def on_kill(self) -> None:
        """End the command and what it started; run again, it ends the same."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)

    def _run(self, command: list[str]) -> tuple[int, str]:
        with tempfile.TemporaryFile(mode="w+", encoding="utf-8") as output:
            self._process = subprocess.Popen(  # noqa: S603 - the launcher is configured
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="backslashreplace",
                start_new_session=True,
            )
            assert self._process.stderr is not None  # noqa: S101 - it is a pipe
            for line in self._process.stderr:
                self.log.info("%s", line.rstrip())
            exit_code = self._process.wait()
            output.seek(0)
            return exit_code, output.read()

    def _without_result(self, exit_code: int) -> Exception:
        if exit_code in (USAGE, BUG):
            what = "refuses its arguments" if exit_code == USAGE else "has met a bug in Changelake"
            return RefusedError(
                f"`{self.launcher} {self.arguments[0]}` {what} (exit code {exit_code})."
                "\n  Why: its last lines above say it."
                "\n  Next: mend that, or report it; a retry would meet the same."
            )
        return InterruptedRunError(
            f"`{self.launcher} {self.arguments[0]}` ended without a result (exit code {exit_code})."
            "\n  Why: it was ended from outside, or could not start; its last lines above may say."
            "\n  Next: nothing, if the retry succeeds: it goes on where this one was."
        )
