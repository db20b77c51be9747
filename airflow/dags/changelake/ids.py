"""Every name that Airflow knows, once."""

from enum import Enum


class DagId(str, Enum):
    """The DAGs, as the design document names them."""

    INITIAL = "initial_data_db_load"
    DAILY = "daily_etl"
    COMPANIES = "daily_incremental_load_companies"


class Pool(str, Enum):
    """The pools of config/pools.json."""

    CHAIN = "changelake_chain"
    LAKE = "changelake_lake"


EVERY_DAY = (DagId.DAILY.value, DagId.COMPANIES.value)
"""Those whose batches stand in one chain, day after day."""

BASE_TABLES = ("companies", "customers", "products", "orders")
"""What the initial load publishes: there are no web logs yet, and so no reports."""
