"""Brings the local Superset's own database to what this release needs, with its one user.

Runs in a process of its own, since Superset prints and configures much when it is imported.
"""

from __future__ import annotations

import os
from pathlib import Path

import superset
from superset.app import create_app

USER = "admin"


def main() -> None:
    """Do what `superset db upgrade` and `superset init` do, and let the user in."""
    home = Path(os.environ["CHANGELAKE_SUPERSET_HOME"])
    with create_app().app_context():
        from flask_migrate import upgrade
        from superset.extensions import appbuilder, security_manager

        upgrade(directory=str(Path(superset.__file__).parent / "migrations"))
        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        if security_manager.find_user(USER) is None:
            password = (home / "admin-password").read_text(encoding="ascii")
            added = security_manager.add_user(
                USER, "Changelake", "Admin", "", security_manager.find_role("Admin"), password
            )
            if not added:
                raise SystemExit("the user could not be added")


if __name__ == "__main__":
    main()
