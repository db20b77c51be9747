"""### The platform's first day, once

The mock platform writes its four base tables: as a snapshot into the topics, and as
`data/init/*.csv`. The first batch compacts them, verifies them, and publishes their snapshots and
warehouse tables.

Run it by hand, once, before the daily DAGs. A second run finds each task's work done, and changes
nothing.
"""

from airflow.sdk import dag

from changelake import assets, defaults, ids, job
from changelake.business_date import BATCH, business_date_after


@dag(
    dag_id=ids.DagId.INITIAL.value,
    **defaults.RUNS,
    schedule=None,
    params=defaults.feed_params(rows=5_000, most_rows=1_000_000, first_day="2020-06-21"),
    tags=["changelake", "initial"],
    doc_md=__doc__,
)
def initial_data_db_load() -> None:
    """Wire the tasks."""
    verify = job.verify(BATCH)
    (
        business_date_after()
        >> job.produce("init", BATCH)
        >> job.compact(BATCH)
        >> verify
        >> [assets.announce_tables(verify), job.publish(BATCH, only=ids.BASE_TABLES)]
    )


initial_data_db_load()
