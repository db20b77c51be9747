"""The DAG folder can be imported, cheaply, and is what it shall be."""

import json

import pytest

from changelake.ids import DagId, Pool
from conftest import AIRFLOW, DAGS, python, refused_lookups

HEAVY = (
    "airflow.providers.amazon.aws.hooks.s3",
    "airflow.providers.apache.spark.operators.spark_submit",
    "boto3",
    "pandas",
    "pyspark",
)


def test_every_file_is_imported_and_every_dag_is_there(bag):
    assert bag.import_errors == {}
    assert set(bag.dags) == {dag.value for dag in DagId}


def test_a_lookup_at_the_top_level_would_be_found(tmp_path):
    from airflow.dag_processing.dagbag import DagBag

    # given
    (tmp_path / "careless.py").write_text(
        "from airflow.sdk import DAG, Variable\n"
        "with DAG('careless', schedule=None):\n"
        "    Variable.get('anything')\n"
    )

    # when
    with refused_lookups():
        careless = DagBag(tmp_path)

    # then
    assert "a lookup at the top level" in str(careless.import_errors)


def test_parsing_imports_nothing_heavy():
    # when
    loaded = python(
        "import sys, daily_etl, initial_data_db_load, daily_incremental_load_companies\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    # then
    assert loaded == "[]"


def test_the_shared_package_holds_no_dag():
    assert "changelake/" in (DAGS / ".airflowignore").read_text()
    assert not [f for f in (DAGS / "changelake").glob("*.py") if "@dag" in f.read_text()]


def test_only_the_seam_knows_the_command_line():
    commands = ('"produce"', '"compact"', '"verify"', '"publish"', "--batch", "--only", "--rows")
    for file in DAGS.rglob("*.py"):
        if file.name != "job.py":
            assert not [word for word in commands if word in file.read_text()], file


def test_pools_are_those_of_the_file():
    pools = json.loads((AIRFLOW / "config/pools.json").read_text())
    assert set(pools) == {pool.value for pool in Pool}
    assert pools[Pool.CHAIN.value]["slots"] == 1


@pytest.mark.parametrize("dag_id", list(DagId))
def test_dags_survive_serialization(bag, dag_id):
    from airflow.serialization.serialized_objects import DagSerialization

    # when
    back = DagSerialization.from_dict(DagSerialization.to_dict(bag.dags[dag_id.value]))

    # then
    assert back.task_ids == bag.dags[dag_id.value].task_ids
