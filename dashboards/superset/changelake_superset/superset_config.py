"""The settings of the Superset that `local` starts; Superset imports them."""

import os
from pathlib import Path

_HOME = Path(os.environ["CHANGELAKE_SUPERSET_HOME"])

SECRET_KEY = (_HOME / "secret-key").read_text(encoding="ascii")
SQLALCHEMY_DATABASE_URI = f"sqlite:///{_HOME / 'superset.db'}"
# Nothing is cached: what a chart shows is what the warehouse has.
LOG_LEVEL = "WARNING"
# Its pages ask no host of others for anything.
CONTENT_SECURITY_POLICY_WARNING = False
