"""Which task follows which, and what all of them keep to."""

from datetime import datetime, timedelta, timezone

import pytest

from changelake.ids import DagId, Pool
from conftest import DAGS, python

ARROWS = {
    DagId.INITIAL: {
        "business_date": {"feed"},
        "feed": {"compact"},
        "compact": {"verify"},
        "verify": {"announce_tables", "publish"},
        "announce_tables": set(),
        "publish": set(),
    },
    DagId.DAILY: {
        "business_date": {"feed"},
        "feed": {"compact"},
        "compact": {"verify"},
        "verify": {"announce_tables", "report"},
        "announce_tables": set(),
        "report": {"publish", "announce_reports"},
        "publish": {"announce_reports"},
        "announce_reports": set(),
    },
    DagId.COMPANIES: {
        "business_date": {"feed"},
        "feed": {"compact"},
        "compact": {"verify"},
        "verify": {"announce_tables", "publish"},
        "announce_tables": set(),
        "publish": set(),
    },
}
TAGS = {"changelake", "initial", "daily"}


@pytest.fixture(params=list(DagId), ids=lambda dag_id: dag_id.value)
def dag(request, bag):
    return bag.dags[request.param.value]


def test_arrows(dag):
    assert {t.task_id: t.downstream_task_ids for t in dag.tasks} == ARROWS[DagId(dag.dag_id)]


def test_every_dag_keeps_the_rules(dag):
    assert dag.doc_md
    assert dag.tags <= TAGS
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert dag.dagrun_timeout == timedelta(hours=24)
    assert dag.start_date == datetime(2020, 6, 22, tzinfo=timezone.utc)


def test_every_task_keeps_the_rules(dag):
    for task in dag.tasks:
        assert task.owner == "data-platform"
        assert task.retries >= 2, task.task_id
        assert task.retry_policy is not None, task.task_id
        assert task.retry_exponential_backoff, task.task_id
        assert task.execution_timeout is not None, task.task_id
        assert task.doc_md, task.task_id
        assert task.trigger_rule == "all_success", task.task_id


def test_producing_and_compacting_share_one_slot(dag):
    pools = {task.task_id: task.pool for task in dag.tasks}
    assert pools["feed"] == pools["compact"] == Pool.CHAIN.value
    assert {pools[t] for t in ("verify", "publish")} == {Pool.LAKE.value}


@pytest.mark.parametrize("dag_id", [DagId.DAILY, DagId.COMPANIES])
def test_an_interval_is_the_utc_day(bag, dag_id):
    from airflow.sdk import CronDataIntervalTimetable

    assert bag.dags[dag_id.value].timetable == CronDataIntervalTimetable(
        "0 0 * * *", timezone="UTC"
    )


def test_only_verified_tables_and_published_reports_are_announced(dag):
    outlets = {task.task_id for task in dag.tasks if task.outlets}
    assert outlets == {t for t in dag.task_ids if t.startswith("announce_")}
    tables = dag.get_task("announce_tables")
    assert tables.upstream_task_ids == {"verify"}


def test_a_last_day_ends_the_schedule_of_the_daily_dags_and_no_more():
    # when
    told = python(
        "from airflow.dag_processing.dagbag import DagBag\n"
        "from airflow.serialization.serialized_objects import DagSerialization as s\n"
        f"bag = DagBag({str(DAGS)!r})\n"
        "told = ''\n"
        "for _, dag in sorted(bag.dags.items()):\n"
        "    dag = s.from_dict(s.to_dict(dag))\n"
        "    days, run = [], dag.next_dagrun_info(last_automated_run_info=None)\n"
        "    while run and len(days) < 9:\n"
        "        days.append(str(run.logical_date)[:10])\n"
        "        run = dag.next_dagrun_info(last_automated_run_info=run)\n"
        "    limits = {str(task.end_date)[:10] for task in dag.tasks}\n"
        "    told += ' '.join([dag.dag_id, *days, *limits]) + ';'\n"
        "print(told)",
        AIRFLOW__CHANGELAKE__END_DATE="2020-06-24",
        AIRFLOW__CHANGELAKE__CATCHUP="True",
    )

    # then
    days = "2020-06-22 2020-06-23 2020-06-24"
    assert told == (
        f"daily_etl {days} 2020-06-24;"
        f"daily_incremental_load_companies {days} 2020-06-24;"
        "initial_data_db_load None;"
    )
