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

DRY_RUN = "DRY_RUN"
LAST_OWN_EXIT_CODE = 127
"""Above it, and below zero, a signal has ended the process."""


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
        try:
            exit_code, output = self._run(command)
        except OSError as e:
            raise RefusedError(
                f"`{self.launcher}` could not be started: {e}"
                "\n  Why: [changelake] launcher must be the path of bin/changelake on the worker."
                "\n  Next: correct it, then clear the task."
            ) from e
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
        command = f"`{self.launcher} {self.arguments[0]}`"
        if 0 <= exit_code <= LAST_OWN_EXIT_CODE:
            return RefusedError(
                f"{command} ended with exit code {exit_code} and without a result."
                "\n  Why: it refuses its arguments (2), has met a bug (70), or could not start; its"
                " last lines above say it."
                "\n  Next: mend or report it, then clear the task; a retry would meet the same."
            )
        return InterruptedRunError(
            f"{command} was ended from outside (exit code {exit_code})."
            "\n  Why: somebody, or the system for want of memory, sent it a signal."
            "\n  Next: nothing, if the retry succeeds: it goes on where this one was."
        )
