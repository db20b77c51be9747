"""A run's result: the JSON that a command prints with --json, and keeps in the lake."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from changelake.causes import AwayError, RefusedError

FEED_SCHEMA_VERSION = 2
JOB_SCHEMA_VERSION = 1

APPLIED = ("inserted", "updated", "deleted", "withoutEffect")
ACCOUNTED = (
    "winners",
    "superseded",
    "replays",
    "tombstones",
    "truncates",
    "control",
    "filtered",
    "quarantined",
    "conflicts",
    "unresolved",
)


@dataclass(frozen=True)
class RunResult:
    """What a run did, or why it failed; nothing in it is read from a log."""

    document: dict[str, Any]

    @staticmethod
    def parse(text: str) -> RunResult | None:
        """Read a result; None if the text holds none, as when a process was killed."""
        if not text.strip():
            return None
        try:
            document = json.loads(text)
        except json.JSONDecodeError:
            return None
        if not isinstance(document, dict) or "command" not in document:
            return None
        result = RunResult(document)
        known = JOB_SCHEMA_VERSION if "batch" in document else FEED_SCHEMA_VERSION
        if document.get("schemaVersion") != known:
            raise RefusedError(
                f"The result of {result.command} has schemaVersion {document.get('schemaVersion')},"
                f" and this DAG folder knows {known}."
                "\n  Why: Changelake and its DAG folder are of different versions."
                "\n  Next: deploy both of one version."
            )
        return result

    @property
    def command(self) -> str:
        """Which command ran."""
        return self.document["command"]

    def or_raise(self) -> RunResult:
        """Return this result; raise what the run failed for, by its cause."""
        failure = self.document.get("failure")
        if failure is None:
            self._check_ledgers()
            return self
        message = (
            f"{failure['problem']}\n  Why: {failure['why']}\n  Next: {failure['remedy']}"
            f"{''.join(self._broken())}"
        )
        cause = AwayError if failure["retryable"] else RefusedError
        raise cause(message)

    def summary(self) -> dict[str, Any]:
        """References and small counts, for XCom."""
        if "topics" in self.document:
            return {
                "command": self.command,
                "status": self.document["status"],
                "records": {t["topic"]: t["records"] for t in self.document["topics"]},
                "files": [file["path"] for file in self.document["files"]],
            }
        manifest = self.document["manifest"]
        return {
            "command": self.command,
            "status": self.document["status"],
            "batch": self.document["batch"],
            "plan": manifest["plan"],
            "business_date": manifest["businessDate"],
            "tables": manifest["tables"],
            "changed": self._changed(manifest),
            "outputs": [
                {key: output.get(key) for key in ("kind", "name", "outcome", "place", "rows")}
                for output in self.document["outputs"]
            ],
        }

    @staticmethod
    def _changed(manifest: dict[str, Any]) -> list[str]:
        return sorted(
            ledger["table"]
            for ledger in manifest["tableLedgers"]
            if ledger["inserted"] + ledger["updated"] + ledger["deleted"]
        )

    def _broken(self) -> list[str]:
        return [
            f"\n  Broken: {finding['table']}: {finding['expectation']}:"
            f" {finding['violations']} rows, such as {', '.join(finding['examples'])}"
            for finding in self.document.get("findings", [])
            if finding["verdict"] == "BROKEN"
        ]

    def _check_ledgers(self) -> None:
        """Add the ledgers up once more, apart from the job that wrote them."""
        manifest = self.document.get("manifest") or {}
        for ledger in manifest.get("topicLedgers", []):
            rows = sum(partition["rows"] for partition in ledger["partitions"])
            statuses = sum(ledger["statuses"].values())
            self._require(ledger["topic"], "rows", rows, "statuses", statuses)
        for ledger in manifest.get("tableLedgers", []):
            table = ledger["table"]
            accounted = sum(ledger[column] for column in ACCOUNTED)
            self._require(table, "landed", ledger["landed"], "accounted for", accounted)
            applied = sum(ledger[column] for column in APPLIED)
            winners = (
                ledger["winners"] + ledger["moved"] + ledger["truncated"] - ledger["overtaken"]
            )
            self._require(table, "winners", winners, "applied", applied)

    def _require(self, name: str, left: str, a: int, right: str, b: int) -> None:
        if a != b:
            raise RefusedError(
                f"The ledger of {name} does not add up: {left} {a}, {right} {b}."
                f"\n  Why: the result of {self.command} contradicts itself, so nothing that follows"
                " from the batch can be trusted."
                "\n  Next: keep the lake as it is and report this as a bug in Changelake."
            )
