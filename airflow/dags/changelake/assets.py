"""Announces what a verified batch changed, for DAGs that are scheduled by tables and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, AssetAlias, get_current_context, task

if TYPE_CHECKING:
    from airflow.sdk import BaseOperator

TABLES = AssetAlias("changelake_tables")
REPORTS = AssetAlias("changelake_reports")


def table(name: str) -> Asset:
    """Name a table's asset."""
    return Asset(name=f"changelake.{name}", uri=f"x-changelake://tables/{name}")


def report(name: str) -> Asset:
    """Name a report's asset."""
    return Asset(name=f"changelake.report.{name}", uri=f"x-changelake://reports/{name}")


def table_events(verified: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Tell what to announce of each table that the batch changed."""
    return {
        name: {
            "batch": verified["batch"],
            "plan": verified["plan"],
            "business_date": verified["business_date"],
            "version": verified["tables"][name],
        }
        for name in verified["changed"]
    }


def report_events(reported: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Tell what to announce of each report; one that a later batch replaced stays silent."""
    return {
        output["name"]: {
            "batch": reported["batch"],
            "plan": reported["plan"],
            "business_date": reported["business_date"],
            "versions": reported["tables"],
            "place": output["place"],
        }
        for output in reported["outputs"]
        if output["kind"] == "REPORT" and output["outcome"] != "SUPERSEDED"
    }


def announce_tables(verified: BaseOperator) -> Any:  # noqa: ANN401 - an XComArg
    """Announce the tables of a batch; place it after verify."""

    @task(task_id="announce_tables", outlets=[TABLES], doc_md=announce_tables.__doc__)
    def announce(verified: dict[str, Any]) -> list[str]:
        events = get_current_context()["outlet_events"]
        announced = table_events(verified)
        for name, extra in announced.items():
            events[TABLES].add(table(name), extra=extra)
        return sorted(announced)

    return announce(verified.output)


def announce_reports(reported: BaseOperator) -> Any:  # noqa: ANN401 - an XComArg
    """Announce the reports of a batch; place it after they are published."""

    @task(task_id="announce_reports", outlets=[REPORTS], doc_md=announce_reports.__doc__)
    def announce(reported: dict[str, Any]) -> list[str]:
        events = get_current_context()["outlet_events"]
        announced = report_events(reported)
        for name, extra in announced.items():
            events[REPORTS].add(report(name), extra=extra)
        return sorted(announced)

    return announce(reported.output)
