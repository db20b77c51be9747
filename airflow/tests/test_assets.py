"""What is announced of a verified batch."""

import json
from pathlib import Path

from changelake import assets
from changelake.run_result import RunResult

RESULTS = Path(__file__).parent / "results"


def summary(name, change=lambda document: document):
    document = json.loads((RESULTS / f"{name}.json").read_text())
    change(document)
    return RunResult.parse(json.dumps(document)).or_raise().summary()


def test_tables_that_the_batch_changed_are_announced_with_their_versions():
    events = assets.table_events(summary("verify"))
    assert events == {
        table: {
            "batch": "2020-06-21",
            "plan": "00000001.000",
            "business_date": "2020-06-21",
            "version": 1,
        }
        for table in ("companies", "customers", "orders", "products")
    }


def test_reports_are_announced_with_the_versions_that_they_were_made_from():
    events = assets.report_events(summary("report"))
    assert set(events) == {
        "monthly_sales",
        "most_popular_products",
        "most_used_devices",
        "total_leads",
    }
    assert events["monthly_sales"]["versions"]["orders"] == 1
    assert events["monthly_sales"]["place"] == "data/final/report=monthly_sales/2020-06-21"


def test_a_report_that_a_later_batch_replaced_stays_silent():
    def supersede(document):
        document["outputs"][0]["outcome"] = "SUPERSEDED"

    assert "monthly_sales" not in assets.report_events(summary("report", supersede))
