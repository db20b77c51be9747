"""What all DAGs and tasks have in common."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import CronDataIntervalTimetable, Param

from changelake.business_date import PARAM
from changelake.causes import RETRY_BY_CAUSE
from changelake.job import SETTINGS

TASKS = {
    "owner": "data-platform",
    "retries": 5,
    "retry_delay": SETTINGS.retry_delay,
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=30),
    "retry_policy": RETRY_BY_CAUSE,
    "execution_timeout": timedelta(minutes=10),
}

RUNS = {
    "start_date": SETTINGS.start_date,
    "catchup": SETTINGS.catchup,
    "max_active_runs": 1,
    "dagrun_timeout": timedelta(hours=24),
    "default_args": TASKS,
    "render_template_as_native_obj": False,
}

DAILY_RUNS = {**RUNS, "end_date": SETTINGS.end_date}
"""As all runs; the schedule ends with the last day that is configured.

Airflow runs no task of a run whose logical date lies beyond it. A DAG without a schedule must have
none, therefore: its runs are of today.
"""

EVERY_UTC_DAY = CronDataIntervalTimetable("0 0 * * *", timezone="UTC")
"""An interval that is the UTC day, said explicitly: a bare cron string has none in Airflow 3."""


def feed_params(rows: int, most_rows: int, first_day: str | None = None) -> dict[str, Param]:
    """Make the form of a run: its day, and how the mock platform writes the feed."""
    return {
        PARAM: Param(
            first_day,
            type=["string"] if first_day else ["null", "string"],
            format="date",
            title="Business date",
            description="A UTC day such as 2020-06-22. Scheduled and backfilled runs take their"
            " interval's; any other run must be given one.",
        ),
        "rows": Param(
            rows,
            type="integer",
            minimum=8,
            maximum=most_rows,
            description="Rows of a feed's table.",
        ),
        "seed": Param(
            1,
            type="integer",
            minimum=0,
            description="What all of the platform's draws follow from; the same on each day.",
        ),
        "dry_run": Param(
            False, type="boolean", description="Only tell what the feed would write; stop then."
        ),
    }
