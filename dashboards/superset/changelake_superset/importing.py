"""`import`: the bundle into a ZIP file, or into a Superset."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from changelake_superset import bundle, configuration, warehouse
from changelake_superset.client import Superset
from changelake_superset.errors import CommandError, run

USER = "CHANGELAKE_SUPERSET_USER"
PASSWORD = "CHANGELAKE_SUPERSET_PASSWORD"  # noqa: S105 - a variable's name
DASHBOARD = "changelake"


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog="dashboards/superset/import",
        description="Imports Changelake's dashboard into a Superset: its database, datasets, charts"
        " and the dashboard. What is there from before is overwritten, nothing is doubled.",
        epilog=f"Environment: {USER} and {PASSWORD}, of a user of Superset who may import.",
    )
    parser.add_argument("--url", metavar="<address>", help="Superset's first page")
    parser.add_argument("--into", metavar="<zip>", help="write a ZIP file instead")
    parser.add_argument(
        "--config",
        metavar="<file>",
        help="Changelake's configuration, which names the warehouse; by default as bin/changelake",
    )
    arguments = parser.parse_args()
    if (arguments.url is None) == (arguments.into is None):
        parser.error("one of --url and --into has to be there")
    target = warehouse.of(configuration.read(configuration.configuration_file(arguments.config)))
    tell_left_out(target)
    if arguments.into:
        return _write(target, Path(arguments.into))
    superset = Superset(arguments.url, _variable(USER), _variable(PASSWORD))
    print(import_into(superset, target))  # noqa: T201 - the command's result
    return 0


def import_into(superset: Superset, target: warehouse.Warehouse) -> str:
    """Import the bundle; return what there is now."""
    passwords = {bundle.DATABASE: target.password} if target.password else {}
    superset.import_assets(bundle.zipped(target), passwords)
    charts = superset.get(f"/api/v1/dashboard/{DASHBOARD}/charts")["result"]
    return (
        f"The dashboard is in {superset.url}/superset/dashboard/{DASHBOARD}/"
        f"\n  {len(charts)} charts on schema {target.schema} of {target.sqlalchemy_uri()}"
    )


def tell_left_out(target: warehouse.Warehouse) -> None:
    """Say which of the JDBC driver's settings Superset does not get."""
    if target.left_out:
        sys.stderr.write(
            "Superset's driver is not given these settings of the JDBC driver: "
            f"{', '.join(target.left_out)}\n"
        )


def _write(target: warehouse.Warehouse, file: Path) -> int:
    try:
        file.write_bytes(bundle.zipped(target))
    except OSError as e:
        raise CommandError(
            f"{file} cannot be written.",
            f"{e.strerror}.",
            "Name a file in a folder that is there and that you may write.",
        ) from e
    print(  # noqa: T201 - the command's result
        f"{file}: for schema {target.schema} of {target.sqlalchemy_uri()}"
        "\n  It holds no password: Superset asks for it when it imports."
    )
    return 0


def _variable(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise CommandError(
            f"{name} is not set.",
            "Superset lets only users import, and a password must not stand in an argument.",
            f"Set {USER} and {PASSWORD} in the environment.",
        )
    return value


if __name__ == "__main__":
    run(main)
