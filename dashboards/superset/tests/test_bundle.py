"""What is made of the bundle's files and a configuration, without a Superset."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import pytest
import yaml

from changelake_superset import bundle, configuration, properties, warehouse
from changelake_superset.errors import CommandError

POSTGRES = {
    "warehouse.url": "jdbc:postgresql://db.example:5433/sales",
    "warehouse.jdbc.user": "r&d",
    "warehouse.jdbc.password": "s3cret",
}


def test_no_file_names_a_machine_or_a_password():
    database = yaml.safe_load((bundle.FOLDER / bundle.DATABASE).read_text())

    assert database["sqlalchemy_uri"] == "postgresql+psycopg2://warehouse.invalid/b2b"
    assert "password" not in database


def test_each_chart_has_a_dataset_and_a_place_on_the_dashboard():
    texts = bundle.files(warehouse.of(POSTGRES))
    files = {path: yaml.safe_load(text) for path, text in texts.items()}
    of = {
        kind: [file for path, file in files.items() if path.startswith(kind)]
        for kind in ("databases/", "datasets/", "charts/", "dashboards/")
    }

    datasets = {dataset["uuid"] for dataset in of["datasets/"]}
    assert {chart["dataset_uuid"] for chart in of["charts/"]} == datasets
    assert {dataset["database_uuid"] for dataset in of["datasets/"]} == {
        of["databases/"][0]["uuid"]
    }
    (dashboard,) = of["dashboards/"]
    placed = [
        part["meta"]["uuid"]
        for part in dashboard["position"].values()
        if isinstance(part, dict) and part["type"] == "CHART"
    ]
    assert sorted(placed) == sorted(chart["uuid"] for chart in of["charts/"])


def test_the_zip_has_the_address_and_no_password():
    content = bundle.zipped(warehouse.of(POSTGRES))

    archive = zipfile.ZipFile(io.BytesIO(content))
    database = yaml.safe_load(archive.read("changelake/" + bundle.DATABASE))
    assert (
        database["sqlalchemy_uri"] == "postgresql+psycopg2://r%26d:XXXXXXXXXX@db.example:5433/sales"
    )
    assert all(b"s3cret" not in archive.read(name) for name in archive.namelist())
    assert content == bundle.zipped(warehouse.of(POSTGRES))


def test_another_schema_is_named_everywhere():
    texts = bundle.files(warehouse.of(POSTGRES | {"warehouse.schema": 'my "own'}))

    datasets = [yaml.safe_load(text) for path, text in texts.items() if path.startswith("datasets")]
    assert {dataset["schema"] for dataset in datasets} == {'my "own'}
    statements = [dataset["sql"] for dataset in datasets if dataset["sql"]]
    assert len(statements) == 3
    for sql in statements:
        assert "b2b." not in sql
        assert '"my ""own".' in sql


def test_redshift_has_its_own_driver():
    found = warehouse.of(
        {"warehouse.url": "jdbc:redshift://c.example/dev?ssl=true&tcpKeepAlive=true"}
    )

    assert found.sqlalchemy_uri() == "redshift+psycopg2://c.example:5439/dev?sslmode=verify-ca"
    assert found.left_out == ("tcpKeepAlive",)


@pytest.mark.parametrize(
    "url",
    [
        "jdbc:mysql://h/d",
        "jdbc:postgresql://a,b/d",
        "jdbc:postgresql://h",
        "jdbc:redshift:iam://h/d",
    ],
)
def test_an_address_of_another_form_is_refused(url):
    with pytest.raises(CommandError, match="no form that Superset can be given"):
        warehouse.of({"warehouse.url": url})


def test_no_warehouse_is_told():
    with pytest.raises(CommandError, match="names no warehouse"):
        warehouse.of({})


def test_a_warehouse_shows_no_password():
    assert "s3cret" not in repr(warehouse.of(POSTGRES))


def test_the_file_of_secrets_decides(tmp_path):
    (tmp_path / "s.properties").write_text("warehouse.jdbc.password = a\\u0021\\\n  b\n")
    file = tmp_path / "c.json"
    file.write_text(json.dumps(POSTGRES | {"secrets.file": "s.properties"}))

    assert configuration.read(file)["warehouse.jdbc.password"] == "a!b"


@pytest.mark.parametrize("text", ['{"a": s3cret}', '["s3cret"]', '{"a": "s3cret", "a": 1}'])
def test_a_broken_file_is_never_quoted(tmp_path, text):
    file = tmp_path / "c.json"
    file.write_text(text)

    with pytest.raises(CommandError) as told:
        configuration.read(file)

    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("# no\n! no\n\n a = b \r\nc:d\ne f", {"a": "b ", "c": "d", "e": "f"}),
        ("a\\=b=c\\\\\nd=", {"a=b": "c\\", "d": ""}),
        ("a=1\\\n   # 2\na2 = \\t", {"a": "1# 2", "a2": "\t"}),
    ],
)
def test_properties_are_read_as_java_does(text, entries):
    assert properties.parse(text) == entries


def test_the_command_writes_the_zip(tmp_path):
    config = tmp_path / "c.json"
    config.write_text(json.dumps(POSTGRES))
    command = [sys.executable, "-m", "changelake_superset.importing", "--config", str(config)]

    done = subprocess.run(
        [*command, "--into", str(tmp_path / "b.zip")], capture_output=True, text=True, check=False
    )
    nowhere = subprocess.run(
        [*command, "--into", str(tmp_path / "no" / "b.zip")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert zipfile.is_zipfile(tmp_path / "b.zip")
    assert nowhere.returncode == 2
    assert nowhere.stderr.startswith("error: ")
    assert "Traceback" not in nowhere.stderr
