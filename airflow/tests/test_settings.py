"""Configuration is read once, and half of it is refused."""

import pytest

from changelake import settings
from conftest import CLUSTER


@pytest.fixture
def cluster(monkeypatch):
    for name, value in CLUSTER.items():
        monkeypatch.setenv(name, value)


def test_without_a_connection_there_is_no_cluster():
    assert settings.read().cluster is None


@pytest.mark.usefixtures("cluster")
def test_a_connection_makes_a_cluster():
    read = settings.read().cluster
    assert read.connection == "changelake_spark"
    assert read.aws_connection == "changelake_lake"
    assert read.bucket == "lake"


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize("key", ["application", "bucket"])
def test_half_a_cluster_is_refused(monkeypatch, key):
    monkeypatch.setenv(f"AIRFLOW__CHANGELAKE__{key.upper()}", "")
    with pytest.raises(ValueError, match=rf"\[changelake\] {key} is not set"):
        settings.read()


def test_a_day_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("AIRFLOW__CHANGELAKE__END_DATE", "24.6.2020")
    with pytest.raises(ValueError, match=r"end_date is '24\.6\.2020'"):
        settings.read()


def test_the_documented_days_are_chosen_by_configuration(monkeypatch):
    monkeypatch.setenv("AIRFLOW__CHANGELAKE__END_DATE", "2020-06-24")
    monkeypatch.setenv("AIRFLOW__CHANGELAKE__CATCHUP", "True")
    read = settings.read()
    assert read.end_date.isoformat() == "2020-06-24T00:00:00+00:00"
    assert read.catchup
