"""Runs a command of Changelake on a Spark cluster, by spark-submit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.providers.amazon.aws.hooks.s3 import S3Hook
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

from changelake.causes import InterruptedRunError, RefusedError
from changelake.run_result import RunResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from airflow.sdk import Context

    from changelake.settings import Cluster

MAIN_CLASS = "dev.changelake.compact.cli.JobMain"
RUN_KEY = "changelake_run"


class SubmittedOperator(SparkSubmitOperator):
    """Submits one command, and lets the result that it kept in the lake decide.

    A driver's exit code does not reach the submitter in cluster deploy modes. A worker that dies is
    followed by one that finds the driver again (``durable``), and the run that it was started for.
    """

    template_fields: Sequence[str] = (*SparkSubmitOperator.template_fields, "batch", "run")
    ui_color = "#f4e5db"

    def __init__(self, *, cluster: Cluster, batch: str, run: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(
            conn_id=cluster.connection,
            application=cluster.application,
            jars=cluster.jars or None,
            java_class=MAIN_CLASS,
            spark_binary=cluster.spark_submit,
            **kwargs,
        )
        self.cluster = cluster
        self.batch = batch
        self.run = run

    def execute(self, context: Context) -> dict[str, Any]:
        """Submit the command and follow it; return references and small counts."""
        store = context["task_state_store"]
        if not store.get(self.external_id_key):
            store.delete(RUN_KEY)
        failure: Exception | None = None
        try:
            super().execute(context)
        except Exception as e:  # noqa: BLE001 - the result says what it was
            failure = e
        run = store.get(RUN_KEY) or self.run
        # The driver has ended, or nobody knows it: the next try, or a task that is cleared later,
        # is a new run. Only a worker that dies before this line is followed to its driver.
        store.delete(self.external_id_key)
        store.delete(RUN_KEY)
        result = self._result(run)
        if result is None:
            raise self._without_result(run, failure) from failure
        return result.or_raise().summary()

    def submit_job(self, context: Context) -> str | None:
        """Remember for which run the driver is started."""
        context["task_state_store"].set(RUN_KEY, self.run)
        return super().submit_job(context)

    def _result(self, run: str) -> RunResult | None:
        key = f"data/_changelake/results/{self.batch}/{run}.json"
        lake = S3Hook(aws_conn_id=self.cluster.aws_connection)
        if not lake.check_for_key(key, self.cluster.bucket):
            return None
        return RunResult.parse(lake.read_key(key, self.cluster.bucket))

    def _without_result(self, run: str, failure: Exception | None) -> Exception:
        if isinstance(failure, (ValueError, OSError)):
            return RefusedError(
                f"The run {run} of batch {self.batch} could not be submitted: {failure}"
                f"\n  Why: the connection {self.cluster.connection} or spark-submit is not as the"
                " cluster needs them."
                "\n  Next: correct them, then clear the task."
            )
        return InterruptedRunError(
            f"The run {run} of batch {self.batch} left no result in the lake."
            "\n  Why: its driver could not start, was ended, or could not reach the lake;"
            " the lines above say what spark-submit knows."
            "\n  Next: nothing, if the retry succeeds: it goes on where this one was."
        )
