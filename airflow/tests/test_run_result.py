"""Results decide. The documents in results/ were written by the commands themselves."""

import json
from pathlib import Path

import pytest
from airflow.sdk import RetryAction

from changelake.causes import RETRY_BY_CAUSE, AwayError, InterruptedRunError, RefusedError
from changelake.run_result import RunResult

RESULTS = Path(__file__).parent / "results"


def document(name):
    return json.loads((RESULTS / f"{name}.json").read_text())


def result(document):
    return RunResult.parse(json.dumps(document))


@pytest.mark.parametrize("name", ["compact", "verify", "report", "publish"])
def test_a_good_result_names_its_batch_and_versions(name):
    summary = RunResult.parse((RESULTS / f"{name}.json").read_text()).or_raise().summary()
    assert summary["command"] == name
    assert summary["batch"] == summary["business_date"] == "2020-06-21"
    assert summary["plan"] == "00000001.000"
    assert summary["tables"]["orders"] == 1
    assert summary["changed"] == ["companies", "customers", "orders", "products"]


def test_a_feed_is_told_by_its_records():
    summary = RunResult.parse((RESULTS / "produce.json").read_text()).or_raise().summary()
    assert summary["records"]["b2b.public.orders"] == 5000
    assert "data/init/orders.csv" in summary["files"]
    assert summary["status"] == "WRITTEN"


@pytest.mark.parametrize("text", ["", "  \n", "{", "[]", "{}", "Killed", '{"a": 1}'])
def test_what_is_no_result_is_none(text):
    assert RunResult.parse(text) is None


def test_a_result_of_another_version_is_refused():
    changed = document("compact") | {"schemaVersion": 99}
    with pytest.raises(RefusedError, match="knows 1"):
        result(changed)


@pytest.mark.parametrize(("retryable", "cause"), [(True, AwayError), (False, RefusedError)])
def test_a_failure_is_raised_by_its_cause(retryable, cause):
    failed = document("failed")
    failed["failure"]["retryable"] = retryable
    with pytest.raises(cause, match="There is no finished batch 2020-06-29") as raised:
        result(failed).or_raise()
    assert "Why: " in str(raised.value)
    assert "Next: " in str(raised.value)


def test_a_broken_expectation_says_which_rows():
    broken = document("failed")
    broken["findings"] = [
        {
            "table": "orders",
            "expectation": "prod_id is a key of products",
            "verdict": verdict,
            "violations": 2,
            "examples": ["17", "18"],
        }
        for verdict in ("BROKEN", "TORN")
    ]
    with pytest.raises(RefusedError) as raised:
        result(broken).or_raise()
    told = str(raised.value)
    assert told.count("orders: prod_id is a key of products: 2 rows, such as 17, 18") == 1


@pytest.mark.parametrize("column", ["landed", "superseded", "inserted", "moved"])
def test_a_table_ledger_that_does_not_add_up_is_refused(column):
    wrong = document("compact")
    wrong["manifest"]["tableLedgers"][2][column] += 1
    with pytest.raises(RefusedError, match="The ledger of orders does not add up"):
        result(wrong).or_raise()


def test_a_topic_ledger_that_does_not_add_up_is_refused():
    wrong = document("compact")
    wrong["manifest"]["topicLedgers"][0]["partitions"][0]["rows"] += 1
    with pytest.raises(RefusedError, match=r"The ledger of b2b\.public\.\w+ does not add up"):
        result(wrong).or_raise()


@pytest.mark.parametrize(
    ("cause", "action"),
    [
        (RefusedError("x"), RetryAction.FAIL),
        (AwayError("x"), RetryAction.RETRY),
        (InterruptedRunError("x"), RetryAction.RETRY),
        (RuntimeError("x"), RetryAction.DEFAULT),
    ],
)
def test_causes_decide_on_retries(cause, action):
    assert RETRY_BY_CAUSE.evaluate(cause, 1, 5).action is action
