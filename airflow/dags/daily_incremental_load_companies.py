"""### A day of companies: inserts, updates, deletes

The changes of companies of a UTC day, compacted as a batch of their own, verified, and published:
the snapshot of companies and their warehouse table.

It runs beside `daily_etl`. Its batches are named `2020-06-22.companies` and stand in the same
chain; producing and compacting of both DAGs share a pool of one slot, so that no plan freezes half
a feed.
"""

from airflow.sdk import dag

from changelake import assets, defaults, ids, job
from changelake.business_date import BATCH, business_date_after

COMPANIES_BATCH = f"{BATCH}.companies"


@dag(
    dag_id=ids.DagId.COMPANIES.value,
    **defaults.DAILY_RUNS,
    schedule=defaults.EVERY_UTC_DAY,
    params=defaults.feed_params(rows=200, most_rows=1_000_000),
    tags=["changelake", "daily"],
    doc_md=__doc__,
)
def daily_incremental_load_companies() -> None:
    """Wire the tasks."""
    verify = job.verify(COMPANIES_BATCH)
    (
        business_date_after(*ids.EVERY_DAY)
        >> job.produce("companies", BATCH)
        >> job.compact(COMPANIES_BATCH)
        >> verify
        >> [assets.announce_tables(verify), job.publish(COMPANIES_BATCH, only=("companies",))]
    )


daily_incremental_load_companies()
