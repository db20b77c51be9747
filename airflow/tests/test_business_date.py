"""The day of a run is given or is its interval's; nobody guesses it."""

from datetime import date, datetime, timedelta, timezone

import pytest

from changelake.business_date import choose, earlier_days
from changelake.causes import RefusedError

INTERVAL = datetime(2020, 6, 22, tzinfo=timezone.utc)


@pytest.mark.parametrize("run_type", ["scheduled", "backfill", "manual"])
def test_the_param_decides(run_type):
    assert choose("2020-06-23", run_type, INTERVAL) == date(2020, 6, 23)


@pytest.mark.parametrize("run_type", ["scheduled", "backfill"])
def test_else_the_interval(run_type):
    assert choose(None, run_type, INTERVAL) == date(2020, 6, 22)


def test_an_interval_is_told_in_utc():
    tokyo = INTERVAL.astimezone(timezone(timedelta(hours=9)))
    assert choose(None, "scheduled", tokyo) == date(2020, 6, 22)


@pytest.mark.parametrize("run_type", ["manual", "asset_triggered", "operator_triggered"])
def test_any_other_run_is_refused(run_type):
    with pytest.raises(RefusedError, match=f"This {run_type} run has no business date"):
        choose(None, run_type, INTERVAL)


def test_a_scheduled_run_without_an_interval_is_refused():
    with pytest.raises(RefusedError):
        choose(None, "scheduled", None)


def test_earlier_days_are_midnights_before():
    days = earlier_days(date(2020, 6, 22))
    assert days[0] == datetime(2020, 6, 21, tzinfo=timezone.utc)
    assert len(set(days)) == len(days) == 366
    assert max(days) == days[0]
