"""Every argument list that the DAGs render is taken by the real command line."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from changelake.ids import DagId
from conftest import CLUSTER, JOB_CONFIG, LAUNCHER, python, rendered

COMMANDS = {"feed": "produce", "compact": "compact", "verify": "verify", "report": "report",
    "publish": "publish"}  # fmt: skip
PARAMS = {"rows": 8, "seed": 7, "dry_run": True}


def run(arguments):
    """Run the real command; its configuration is not there, which it says once it has parsed."""
    done = subprocess.run([LAUNCHER, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    return done.stdout + done.stderr


def argument_lists(bag):
    lists = {
        (dag_id.value, task.task_id): rendered(task, **PARAMS)
        for dag_id in DagId
        for task in bag.dags[dag_id.value].tasks
        if task.task_id in COMMANDS
    }
    assert len(lists) == 4 + 5 + 4
    return lists


def test_arguments_are_as_documented(bag):
    lists = argument_lists(bag)
    run = "--run=a_dag.a_task.0198f3c2-0000-7000-8000-000000000001"
    config = f"--config={JOB_CONFIG}"
    assert lists["daily_etl", "feed"] == [
        "produce", "daily", "--date=2020-06-22", "--rows=8", "--seed=7", "--dry-run", "--json",
        config,
    ]  # fmt: skip
    assert lists["daily_etl", "compact"] == [
        "compact", "--batch=2020-06-22", run, config, "--json",
    ]  # fmt: skip
    assert lists["daily_incremental_load_companies", "publish"] == [
        "publish", "--batch=2020-06-22.companies", "--only=companies", run, config, "--json",
    ]  # fmt: skip


def test_a_feed_is_written_unless_a_param_says_otherwise(bag):
    feed = bag.dags["daily_etl"].get_task("feed")
    assert "--dry-run" not in rendered(feed)


def test_the_command_line_takes_every_list(bag):
    lists = sorted({tuple(arguments) for arguments in argument_lists(bag).values()})
    with ThreadPoolExecutor(max_workers=4) as commands:
        told = dict(zip(lists, commands.map(run, lists), strict=True))
    for arguments, answer in told.items():
        assert f"There is no configuration at {JOB_CONFIG}" in answer, arguments


@pytest.mark.parametrize("wrong", ["--batches=1", "--rows=many", "--seed=1"])
def test_the_command_line_would_refuse_a_wrong_one(bag, wrong):
    told = run([*argument_lists(bag)["daily_etl", "feed"], wrong])
    assert "There is no configuration" not in told
    assert wrong.split("=")[0] in told


def test_a_cluster_gets_the_same_arguments(bag):
    # when
    told = python(
        "import json, daily_etl, conftest\n"
        "dag = daily_etl.daily_etl()\n"
        "tasks = [t for t in dag.tasks if type(t).__name__ == 'SubmittedOperator']\n"
        "print(json.dumps({t.task_id: conftest.rendered(t) for t in tasks}))",
        **CLUSTER,
    )

    # then
    submitted = json.loads(told)
    local = {
        task: rendered(bag.dags["daily_etl"].get_task(task))
        for task in ("compact", "verify", "report", "publish")
    }
    assert submitted == {
        task: [argument for argument in arguments if argument != "--json"]
        for task, arguments in local.items()
    }
