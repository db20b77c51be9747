"""A command on this machine: its result decides, whatever its process did."""

import os
import signal
import stat
import threading
import time
from pathlib import Path

import pytest
from airflow.sdk.exceptions import AirflowSkipException

from changelake.causes import AwayError, InterruptedRunError, RefusedError
from changelake.launcher import LauncherOperator

RESULTS = Path(__file__).parent / "results"


class RecordingTask:
    def __init__(self):
        self.pushed = {}

    def xcom_push(self, key, value):
        self.pushed[key] = value


@pytest.fixture
def launcher(tmp_path):
    """Write a launcher that does what a test says."""

    def write(script):
        file = tmp_path / "changelake"
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        return LauncherOperator(
            task_id="compact", launcher=str(file), arguments=["compact", "", "--batch=a b"]
        )

    return write


def test_a_result_is_told_in_small(launcher):
    operator = launcher(f"echo progress >&2; cat '{RESULTS}/compact.json'")
    assert operator.execute({})["batch"] == "2020-06-21"


def test_arguments_arrive_one_by_one_and_empty_ones_do_not(launcher, tmp_path):
    operator = launcher(f'printf "%s\\n" "$@" > "{tmp_path}/args"; cat "{RESULTS}/compact.json"')
    operator.execute({})
    assert (tmp_path / "args").read_text() == "compact\n--batch=a b\n"


def test_a_failed_result_decides_although_the_process_exits_with_zero(launcher):
    with pytest.raises(RefusedError, match="There is no finished batch"):
        launcher(f"cat '{RESULTS}/failed.json'").execute({})


def test_a_source_that_is_away_may_come_back(launcher, tmp_path):
    away = (RESULTS / "failed.json").read_text().replace('"retryable" : false', '"retryable":true')
    (tmp_path / "away.json").write_text(away)
    with pytest.raises(AwayError):
        launcher(f"cat '{tmp_path}/away.json'; exit 10").execute({})


@pytest.mark.parametrize("exit_code", [0, 1, 2, 70, 127])
def test_a_process_that_ends_by_itself_without_a_result_is_no_case_for_a_retry(launcher, exit_code):
    with pytest.raises(RefusedError, match=f"exit code {exit_code}"):
        launcher(f"echo 'error: Unknown option' >&2; exit {exit_code}").execute({})


@pytest.mark.parametrize("script", ["kill -9 $$", "kill -TERM $$", "exit 137"])
def test_a_process_that_a_signal_ends_is_run_again(launcher, script):
    with pytest.raises(InterruptedRunError, match="was ended from outside"):
        launcher(script).execute({})


def test_a_launcher_that_is_not_there_is_no_case_for_a_retry(tmp_path):
    absent = LauncherOperator(
        task_id="compact", launcher=str(tmp_path / "absent"), arguments=["compact"]
    )
    with pytest.raises(RefusedError, match="could not be started"):
        absent.execute({})


def test_a_dry_run_skips_what_follows_and_says_what_it_would_write(launcher):
    task = RecordingTask()
    with pytest.raises(AirflowSkipException, match="nothing was written"):
        launcher(f"cat '{RESULTS}/produce-dry-run.json'").execute({"ti": task})
    assert task.pushed["dry_run"]["records"]["b2b.public.companies"] == 5000


def test_a_killed_task_ends_the_command_and_what_it_started(launcher, tmp_path):
    # given
    operator = launcher(f'sleep 600 & echo $! > "{tmp_path}/child"; wait')
    failures = []
    run = threading.Thread(target=lambda: failures.append(failure_of(operator)))
    run.start()
    child = tmp_path / "child"
    await_that(lambda: child.exists() and child.read_text().strip())

    # when
    operator.on_kill()

    # then
    run.join(timeout=20)
    assert isinstance(failures[0], InterruptedRunError)
    await_that(lambda: not lives(int(child.read_text())))


def failure_of(operator):
    with pytest.raises(InterruptedRunError) as raised:
        operator.execute({})
    return raised.value


def lives(pid):
    try:
        os.kill(pid, signal.SIG_DFL)
    except ProcessLookupError:
        return False
    # An orphan that nobody has waited for is no longer alive.
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0]


def await_that(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)
