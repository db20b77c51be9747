"""### A day of the platform: leads, company orders and web logs

The feed of a UTC day, compacted as the batch of that day, verified, reported, published. A run that
is cleared and run again gives the same reports, from the versions that the batch pinned.

Batches are named by their day, `2020-06-22`. The day is the Param `business_date`; without it, that
of the scheduled or backfilled interval; any other run is refused.
"""

from airflow.sdk import dag

from changelake import assets, defaults, ids, job
from changelake.business_date import BATCH, business_date_after


@dag(
    dag_id=ids.DagId.DAILY.value,
    **defaults.DAILY_RUNS,
    schedule=defaults.EVERY_UTC_DAY,
    params=defaults.feed_params(rows=2_000, most_rows=1_000_000),
    tags=["changelake", "daily"],
    doc_md=__doc__,
)
def daily_etl() -> None:
    """Wire the tasks."""
    verify = job.verify(BATCH)
    report = job.report(BATCH)
    publish = job.publish(BATCH)
    (
        business_date_after(*ids.EVERY_DAY)
        >> job.produce("daily", BATCH)
        >> job.compact(BATCH)
        >> verify
        >> [assets.announce_tables(verify), report]
    )
    report >> publish >> assets.announce_reports(report)


daily_etl()
