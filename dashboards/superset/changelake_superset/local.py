"""`local`: a Superset for looking at the local stack's warehouse, on this machine alone."""

from __future__ import annotations

import argparse
import sys

from changelake_superset import configuration, warehouse
from changelake_superset.errors import SOURCE, run
from changelake_superset.importing import import_into, tell_left_out
from changelake_superset.server import Server


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog="dashboards/superset/local",
        description="A Superset on this machine with Changelake's dashboard, on the local stack.",
    )
    parser.add_argument(
        "command",
        choices=["up", "down", "status"],
        help="up: start it, or find that it is up, and import the dashboard; down: stop it, keep"
        " what it knows; status: exit code 0 when it is well, 10 when not",
    )
    parser.add_argument(
        "--dir",
        metavar="<folder>",
        help="the stack's folder; by default $CHANGELAKE_DIR, else .changelake",
    )
    arguments = parser.parse_args()
    folder = configuration.stack_folder(arguments.dir)
    server = Server(folder / "superset")
    if arguments.command == "up":
        return up(server, folder)
    if arguments.command == "down":
        stopped = server.down()
        _say(
            f"Superset in {server.home} is down; what it knows is kept."
            if stopped
            else f"No Superset runs in {server.home}."
        )
        return 0
    return _status(server)


def up(server: Server, folder: configuration.Path) -> int:
    """Start the server and import the dashboard."""
    target = warehouse.of(configuration.read(folder / configuration.STACK_FILE))
    tell_left_out(target)
    server.up()
    _say(import_into(server.session(), target))
    _say(f"  user {server.user}, its password in {server.password_file}\n  log {server.log}")
    return 0


def _status(server: Server) -> int:
    if not server.runs():
        _say(f"No Superset runs in {server.home}.")
        return SOURCE
    if not server.is_well():
        _say(f"Superset in {server.home} does not answer; its log is {server.log}.")
        return SOURCE
    _say(f"Superset is up: {server.url}")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    run(main)
