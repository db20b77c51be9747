"""Airflow without a database, a scheduler, a connection or a variable."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

AIRFLOW = Path(__file__).resolve().parent.parent
DAGS = AIRFLOW / "dags"
LAUNCHER = AIRFLOW.parent / "bin" / "changelake"

# Airflow reads these when it is imported; a developer's own settings must not decide a test.
for name in [name for name in os.environ if name.startswith(("AIRFLOW_", "AIRFLOW__"))]:
    del os.environ[name]
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="changelake-airflow-")
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = str(DAGS)
os.environ["AIRFLOW__CHANGELAKE__LAUNCHER"] = str(LAUNCHER)
# It is not there, on any machine: commands that are really run end before they do anything.
JOB_CONFIG = str(Path(os.environ["AIRFLOW_HOME"], "absent.json"))
os.environ["AIRFLOW__CHANGELAKE__JOB_CONFIG"] = JOB_CONFIG

CLUSTER = {
    "AIRFLOW__CHANGELAKE__SPARK_CONN_ID": "changelake_spark",
    "AIRFLOW__CHANGELAKE__APPLICATION": "/opt/changelake/compaction-job.jar",
    "AIRFLOW__CHANGELAKE__BUCKET": "lake",
}


@pytest.fixture(scope="session")
def bag():
    """All DAGs, with lookups of connections and variables at the top level refused."""
    from airflow.dag_processing.dagbag import DagBag

    with refused_lookups():
        return DagBag(DAGS)


def refused_lookups():
    """Make every lookup of a connection or a variable raise."""
    from airflow.sdk import Connection, Variable
    from airflow.sdk.bases.hook import BaseHook

    patch = pytest.MonkeyPatch()

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a lookup at the top level: every parse would make it")

    patch.setattr(Variable, "get", refuse)
    patch.setattr(Connection, "get", refuse)
    patch.setattr(BaseHook, "get_connection", refuse)
    return _Undone(patch)


class _Undone:
    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_details: object) -> None:
        self.patch.undo()


def python(code: str, **environment: str) -> str:
    """Run code in a fresh interpreter, and return the last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": f"{DAGS}:{Path(__file__).parent}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


class FakeTask:
    """What templates ask of a task instance."""

    dag_id = "a_dag"
    task_id = "a_task"
    id = "0198f3c2-0000-7000-8000-000000000001"

    def xcom_pull(self, task_ids: str) -> str:
        assert task_ids == "business_date"
        return "2020-06-22"


def rendered(task: object, **params: object) -> list[str]:
    """Render a task's arguments as a run would, without those that render to nothing."""
    values = {**task.dag.params.dump(), **params}
    field = task.arguments if hasattr(task, "arguments") else task.application_args
    context = {"ti": FakeTask(), "params": values}
    arguments = task.render_template(field, context, task.dag.get_template_env())
    return [argument for argument in arguments if argument]
