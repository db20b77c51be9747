"""What is configured: section [changelake] of Airflow's configuration; README.md has its keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from airflow.sdk import conf

SECTION = "changelake"
FIRST_DAY = "2020-06-22"


@dataclass(frozen=True)
class Cluster:
    """Where Spark runs the jobs, when it is not on the worker's own machine."""

    connection: str
    application: str
    jars: str
    aws_connection: str
    bucket: str
    spark_submit: str

    def __post_init__(self) -> None:
        """Refuse a cluster of which half is configured."""
        for key in ("application", "bucket"):
            if not getattr(self, key):
                raise ValueError(
                    f"[{SECTION}] {key} is not set. Why: [{SECTION}] spark_conn_id names a cluster,"
                    " and jobs are submitted to it. Next: set it, or remove spark_conn_id."
                )


@dataclass(frozen=True)
class Settings:
    """The section, read and checked."""

    launcher: str
    job_config: str
    start_date: datetime
    end_date: datetime | None
    catchup: bool
    retry_delay: timedelta
    cluster: Cluster | None


def read() -> Settings:
    """Read the section. No connection and no variable is looked up."""
    connection = _text("spark_conn_id")
    return Settings(
        launcher=_text("launcher", "changelake"),
        job_config=_text("job_config"),
        start_date=_day("start_date", FIRST_DAY),
        end_date=_day("end_date") if _text("end_date") else None,
        catchup=conf.getboolean(SECTION, "catchup", fallback=False),
        retry_delay=timedelta(seconds=conf.getint(SECTION, "retry_delay_seconds", fallback=60)),
        cluster=_cluster(connection) if connection else None,
    )


def _cluster(connection: str) -> Cluster:
    return Cluster(
        connection=connection,
        application=_text("application"),
        jars=_text("jars"),
        aws_connection=_text("aws_conn_id", "changelake_lake"),
        bucket=_text("bucket"),
        spark_submit=_text("spark_submit", "spark-submit"),
    )


def _text(key: str, default: str = "") -> str:
    return conf.get(SECTION, key, fallback=default).strip()


def _day(key: str, default: str = "") -> datetime:
    text = _text(key, default)
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=timezone.utc)
    except ValueError as e:
        raise ValueError(
            f"[{SECTION}] {key} is '{text}'. Why: it is a UTC day. Next: write it as {FIRST_DAY}."
        ) from e
