"""Why a task fails, and which causes a retry can mend."""

from airflow.sdk import ExceptionRetryPolicy, RetryAction, RetryRule


class RefusedError(Exception):
    """Configuration, data, or a batch in the way: only a person can mend it."""


class AwayError(Exception):
    """Kafka, the lake or the warehouse is away: the same command may succeed later."""


class InterruptedRunError(Exception):
    """The command was ended from outside and left no result; run again, it ends the same."""


RETRY_BY_CAUSE = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception=RefusedError,
            action=RetryAction.FAIL,
            reason="No retry mends it.",
        ),
        RetryRule(
            exception=[AwayError, InterruptedRunError],
            action=RetryAction.RETRY,
            reason="The same command may succeed later.",
        ),
    ],
)
"""Anything else, such as a worker that dies, is retried as the task's retries say."""
