"""Each chart says what the reports' CSV files say, cell by cell."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timezone
from decimal import Decimal

import pytest

from lake import outputs

DATASETS = {
    "Monthly sales and profit": "monthly_sales",
    "Most used devices": "most_used_devices",
    "Most popular products by country": "product_ranges",
    "Popular products": "most_popular_products",
    "Top customers by leads": "customers_by_leads",
    "Freshness of the loads": "newest_loads",
}
TOP_CUSTOMERS = 12


@pytest.fixture(scope="module")
def lake(stack):
    return outputs(stack)


@pytest.fixture(scope="module")
def charts(superset):
    found = superset.get("/api/v1/dashboard/changelake/charts")["result"]
    assert Counter(chart["slice_name"] for chart in found) == Counter(list(DATASETS))
    return {chart["slice_name"]: chart["id"] for chart in found}


@pytest.fixture(scope="module")
def data(superset, charts):
    """Ask as the dashboard does, for one chart's rows, with every digit that is sent."""

    def ask(name: str) -> list[dict[str, object]]:
        answer = superset.download(f"/api/v1/chart/{charts[name]}/data/?force=true")
        (result,) = json.loads(answer, parse_float=Decimal)["result"]
        assert result["error"] is None
        assert result["status"] == "success"
        return result["data"]

    return ask


@pytest.mark.parametrize("name", DATASETS)
def test_a_chart_is_drawn_from_its_dataset(superset, charts, name):
    chart = superset.get(f"/api/v1/chart/{charts[name]}")["result"]
    context = json.loads(chart["query_context"])
    dataset = superset.get(f"/api/v1/dataset/{context['datasource']['id']}")["result"]

    assert dataset["table_name"] == DATASETS[name]
    assert dataset["schema"] == "b2b"
    assert dataset["database"]["database_name"] == "Changelake"
    assert json.loads(chart["params"])["datasource"] == f"{dataset['id']}__table"


def test_sales_and_profit_of_each_month_oldest_first(lake, data):
    drawn = [
        (_utc(row["month"]).strftime("%Y-%m-%d"), row["sales"], row["profit"])
        for row in data("Monthly sales and profit")
    ]

    assert drawn == [
        (
            f"{row['sale_year']}-{int(row['sale_month']):02}-01",
            Decimal(row["monthly_sales"]),
            Decimal(row["monthly_profit"]),
        )
        for row in reversed(lake["monthly_sales"].rows())
    ]
    assert len(drawn) > 12


def test_requests_of_each_device_the_most_on_top(lake, data):
    # A horizontal axis begins at its lower end.
    drawn = [(row["device"], row["requests"]) for row in reversed(data("Most used devices"))]

    assert sorted(drawn) == sorted(
        (row["device"], int(row["total_devices"])) for row in lake["most_used_devices"].rows()
    )
    assert [count for _, count in drawn] == sorted((count for _, count in drawn), reverse=True)


def test_products_of_each_range_and_country(lake, data):
    rows = [(int(row["prod_id"]), row["country"]) for row in lake["most_popular_products"].rows()]
    width = _width(min(rows)[0], max(rows)[0])
    wanted = Counter((product // width * width, country) for product, country in rows)

    drawn = data("Most popular products by country")

    assert {
        (row["range_from"], country): count
        for row in drawn
        for country, count in row.items()
        if country != "range_from" and count is not None
    } == dict(wanted)
    froms = [row["range_from"] for row in drawn]
    assert froms == sorted(froms)


def test_each_popular_product(lake, data):
    drawn = [(row["prod_id"], row["country"]) for row in data("Popular products")]

    assert drawn == [
        (int(row["prod_id"]), row["country"]) for row in lake["most_popular_products"].rows()
    ]
    assert drawn


def test_the_customers_with_most_leads_the_most_on_top(lake, data):
    report = [
        (int(row["customer_id"]), int(row["total_leads"])) for row in lake["total_leads"].rows()
    ]
    most = sorted(report, key=lambda row: (-row[1], row[0]))[:TOP_CUSTOMERS]

    drawn = [(row["customer_id"], row["leads"]) for row in reversed(data("Top customers by leads"))]

    assert sorted(drawn) == sorted(most)
    assert [leads for _, leads in drawn] == [leads for _, leads in most]


def test_which_batch_each_table_and_report_is_of(lake, data):
    rows = data("Freshness of the loads")

    assert {
        row["table_name"]: (
            row["batch"],
            _utc(row["business_date"]).strftime("%Y-%m-%d"),
            row["row_count"],
        )
        for row in rows
    } == {
        name: (output.batch, output.business_date, output.row_count)
        for name, output in lake.items()
    }
    loaded = [_utc(row["loaded_at"]) for row in rows]
    assert loaded == sorted(loaded, reverse=True)
    assert loaded[0] < datetime.now(timezone.utc)


def _utc(milliseconds: object) -> datetime:
    assert isinstance(milliseconds, (int, Decimal))
    return datetime.fromtimestamp(float(milliseconds) / 1000, timezone.utc)


def _width(least: int, greatest: int) -> int:
    """Return the least of 1, 2, 5, 10, 20, 50, … that needs at most 20 ranges."""
    widths = (digit * 10**power for power in range(19) for digit in (1, 2, 5))
    return next(width for width in widths if greatest // width - least // width < 20)
