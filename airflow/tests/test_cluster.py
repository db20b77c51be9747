"""A command on a cluster: the result in the lake decides, whatever spark-submit says."""

from pathlib import Path

import pytest
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

from changelake import cluster
from changelake.causes import InterruptedRunError, RefusedError
from changelake.settings import Cluster

RESULTS = Path(__file__).parent / "results"
FOLDER = "data/_changelake/results/2020-06-21"
DRIVER = SparkSubmitOperator.external_id_key


class FakeLake:
    """A bucket that holds what a test puts there."""

    objects: dict = {}  # noqa: RUF012 - emptied by the fixture

    def __init__(self, aws_conn_id):
        assert aws_conn_id == "changelake_lake"

    def check_for_key(self, key, bucket):
        assert bucket == "lake"
        return key in self.objects

    def read_key(self, key, bucket):
        assert bucket == "lake"
        return self.objects[key]


class FakeStore(dict):
    """A task's state store."""

    def set(self, key, value):
        self[key] = value

    def delete(self, key):
        self.pop(key, None)


@pytest.fixture
def lake(monkeypatch):
    FakeLake.objects = {}
    monkeypatch.setattr(cluster, "S3Hook", FakeLake)
    return FakeLake.objects


@pytest.fixture
def submit(monkeypatch):
    """Submit a command; the driver does what a test says."""

    def run(store, driver=lambda: None, run="verify.2"):
        def execute(operator, context):
            if DRIVER not in store:
                operator.submit_job(context)
                store[DRIVER] = "driver-1"
            driver()

        monkeypatch.setattr(SparkSubmitOperator, "execute", execute)
        monkeypatch.setattr(SparkSubmitOperator, "submit_job", lambda *_: "driver-1")
        operator = cluster.SubmittedOperator(
            task_id="verify",
            cluster=Cluster("spark", "job.jar", "a.jar,b.jar", "changelake_lake", "lake", "submit"),
            batch="2020-06-21",
            run=run,
            application_args=["verify"],
        )
        return operator.execute({"task_state_store": store})

    return run


def document(name):
    return (RESULTS / f"{name}.json").read_text()


def fails():
    raise RuntimeError("driver exited with status FAILED")


def test_the_result_is_told_and_the_driver_forgotten(lake, submit):
    # given
    lake[f"{FOLDER}/verify.2.json"] = document("verify")
    store = FakeStore()

    # when
    summary = submit(store)

    # then
    assert summary["batch"] == "2020-06-21"
    assert not store


def test_a_failure_has_the_cause_that_the_result_tells(lake, submit):
    lake[f"{FOLDER}/verify.2.json"] = document("failed")
    with pytest.raises(RefusedError, match="There is no finished batch"):
        submit(FakeStore(), fails)


def test_a_submitter_that_loses_its_driver_does_not_decide(lake, submit):
    lake[f"{FOLDER}/verify.2.json"] = document("verify")
    assert submit(FakeStore(), fails)["status"] == "SUCCEEDED"


@pytest.mark.usefixtures("lake")
@pytest.mark.parametrize("driver", [fails, lambda: None])
def test_a_driver_without_a_result_is_started_again(submit, driver):
    with pytest.raises(InterruptedRunError, match=r"verify\.2 of batch 2020-06-21 left no result"):
        submit(FakeStore(), driver)


def test_a_driver_that_is_found_again_has_the_result_of_its_own_run(lake, submit):
    # given: the worker of the first try died, and its driver did not
    lake[f"{FOLDER}/verify.1.json"] = document("verify")
    store = FakeStore({DRIVER: "driver-1", cluster.RUN_KEY: "verify.1"})

    # when, then
    assert submit(store, run="verify.2")["status"] == "SUCCEEDED"
    assert not store


def test_a_task_that_is_cleared_later_does_not_take_an_old_result_for_its_own(lake, submit):
    # given
    lake[f"{FOLDER}/verify.1.json"] = document("verify")
    store = FakeStore()
    submit(store, run="verify.1")

    # when, then
    with pytest.raises(InterruptedRunError, match=r"The run verify\.2"):
        submit(store, fails, run="verify.2")


@pytest.mark.usefixtures("lake")
def test_a_driver_that_nobody_knows_any_more_is_forgotten(submit):
    # given
    store = FakeStore({DRIVER: "driver-1", cluster.RUN_KEY: "verify.1"})

    # when
    with pytest.raises(InterruptedRunError):
        submit(store, fails)

    # then
    assert not store


@pytest.mark.usefixtures("lake")
@pytest.mark.parametrize("cause", [ValueError("yarn"), FileNotFoundError("spark-submit")])
def test_a_connection_that_cannot_work_is_no_case_for_a_retry(submit, cause):
    def refuse():
        raise cause

    with pytest.raises(RefusedError, match="could not be submitted"):
        submit(FakeStore(), refuse)
