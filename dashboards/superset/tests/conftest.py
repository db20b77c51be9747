"""A Superset of the tests' own, on the warehouse of a local stack that `verify` names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from changelake_superset import configuration, importing, warehouse
from changelake_superset.server import Server


@pytest.fixture(scope="session")
def stack() -> Path:
    folder = os.environ.get("CHANGELAKE_TEST_STACK")
    if not folder:
        pytest.skip("no stack is named: ./verify --dir <folder of a demo that is up>")
    return Path(folder)


@pytest.fixture(scope="session")
def target(stack):
    return warehouse.of(configuration.read(stack / configuration.STACK_FILE))


@pytest.fixture(scope="session")
def server(tmp_path_factory, target):
    """Start one that knows nothing; stop it at the end."""
    assert target.driver == "postgresql+psycopg2"
    server = Server(tmp_path_factory.mktemp("home") / "superset")
    server.up()
    yield server
    server.down()


@pytest.fixture(scope="session")
def superset(server, target):
    """A session, after two imports."""
    session = server.session()
    importing.import_into(session, target)
    importing.import_into(session, target)
    return session
