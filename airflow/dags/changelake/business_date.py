"""Which UTC day a run is about, and when it may begin."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from airflow.sdk import PokeReturnValue, get_current_context, task

from changelake.causes import RefusedError

PARAM = "business_date"
TASK_ID = "business_date"
BATCH = "{{ ti.xcom_pull(task_ids='business_date') }}"
"""The task's answer, for templates."""

LOGGER = logging.getLogger(__name__)

INTERVAL_RUNS = ("scheduled", "backfill")
LOOK_BACK_DAYS = 366


def choose(param: str | None, run_type: str, interval_start: datetime | None) -> date:
    """Take the Param, else the day of a scheduled or backfilled interval, else refuse."""
    if param:
        return date.fromisoformat(param)
    if run_type in INTERVAL_RUNS and interval_start is not None:
        return interval_start.astimezone(timezone.utc).date()
    raise RefusedError(
        f"This {run_type} run has no business date."
        "\n  Why: only scheduled and backfilled runs have an interval that is a day; a guessed day"
        " would give a batch the wrong name."
        f"\n  Next: trigger it again with the Param {PARAM}, for example 2020-06-22."
    )


def earlier_days(day: date) -> list[datetime]:
    """Tell the logical dates of runs that are about the days before."""
    midnight = datetime.combine(day, time(), timezone.utc)
    return [midnight - timedelta(days=days) for days in range(1, LOOK_BACK_DAYS + 1)]


def business_date_after(*dag_ids: str) -> Any:  # noqa: ANN401 - an XComArg
    """Decide the day, then wait until these DAGs have no earlier day running.

    Business dates never go back along the chain of batches. Two DAGs that catch up at different
    speeds, or the days of a backfill that are started together, would refuse each other's days; so
    they go day by day. A day that failed is not waited for.
    """

    @task.sensor(
        task_id=TASK_ID,
        mode="reschedule",
        poke_interval=20,
        timeout=timedelta(hours=23).total_seconds(),
        doc_md=business_date_after.__doc__,
    )
    def business_date() -> PokeReturnValue:
        context = get_current_context()
        run = context["dag_run"]
        day = choose(context["params"].get(PARAM), run.run_type, run.data_interval_start)
        earlier = {
            # Not those that are queued: such a run may wait for this one to end.
            dag_id: context["ti"].get_dr_count(
                dag_id=dag_id, logical_dates=earlier_days(day), states=["running"]
            )
            for dag_id in dag_ids
        }
        LOGGER.info("%s; earlier days that are running: %s", day, earlier)
        return PokeReturnValue(is_done=not any(earlier.values()), xcom_value=day.isoformat())

    return business_date()
