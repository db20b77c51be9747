"""The seam: the one module that knows Changelake's command line.

Each function makes one task, and each task is one idempotent command. Where a cluster is
configured, Spark's commands are submitted to it; otherwise they run where the task runs.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from changelake import settings
from changelake.ids import Pool
from changelake.launcher import LauncherOperator

if TYPE_CHECKING:
    from airflow.sdk import BaseOperator

RUN = "{{ ti.dag_id }}.{{ ti.task_id }}.{{ ti.id }}"
"""Names the run of a task's try: its result in the lake is found by it."""

SETTINGS = settings.read()


def produce(kind: str, date: str) -> BaseOperator:
    """Let the mock platform write a feed: ``init``, ``daily`` or ``companies``."""
    return LauncherOperator(
        task_id="feed",
        launcher=SETTINGS.launcher,
        arguments=[
            "produce",
            kind,
            f"--date={date}",
            "--rows={{ params.rows }}",
            "--seed={{ params.seed }}",
            "{{ '--dry-run' if params.dry_run else '' }}",
            "--json",
            *_config(),
        ],
        pool=Pool.CHAIN.value,
        execution_timeout=timedelta(hours=1),
        doc_md=f"`bin/changelake produce {kind}`: saying it again changes nothing.",
    )


def compact(batch: str) -> BaseOperator:
    """Freeze what came, land it, and merge it into the tables."""
    return _spark("compact", batch, pool=Pool.CHAIN, timeout=timedelta(hours=4))


def verify(batch: str) -> BaseOperator:
    """Hold the batch against what the contracts promise; a broken one stops what follows."""
    return _spark("verify", batch)


def report(batch: str) -> BaseOperator:
    """Make the reports of the batch."""
    return _spark("report", batch)


def publish(batch: str, only: tuple[str, ...] = ()) -> BaseOperator:
    """Publish snapshots and load the warehouse: all of it, or some tables."""
    return _spark("publish", batch, [f"--only={name}" for name in only])


def _spark(
    command: str,
    batch: str,
    further: list[str] | None = None,
    pool: Pool = Pool.LAKE,
    timeout: timedelta = timedelta(hours=2),
) -> BaseOperator:
    arguments = [command, f"--batch={batch}", *(further or []), f"--run={RUN}", *_config()]
    common = {
        "task_id": command,
        "pool": pool.value,
        "execution_timeout": timeout,
        "doc_md": f"`bin/changelake {command}`: running it again does nothing twice.",
    }
    if SETTINGS.cluster is None:
        return LauncherOperator(
            launcher=SETTINGS.launcher, arguments=[*arguments, "--json"], **common
        )
    # The providers that it needs are imported where they are needed: each parse would pay for them.
    from changelake.cluster import SubmittedOperator

    return SubmittedOperator(
        cluster=SETTINGS.cluster,
        batch=batch,
        run=RUN,
        name=f"{command} {batch}",
        application_args=arguments,
        **common,
    )


def _config() -> list[str]:
    return [f"--config={SETTINGS.job_config}"] if SETTINGS.job_config else []
