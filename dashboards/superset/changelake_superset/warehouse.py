"""The warehouse, as Superset names it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from changelake_superset.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping

_JDBC = re.compile(
    r"jdbc:(?P<kind>postgresql|redshift)://(?P<host>\[[^]]+\]|[^/?,:\[\]]*)(:(?P<port>\d+))?"
    r"/(?P<database>[^/?]+)(\?(?P<query>.*))?"
)
_SETTINGS = "warehouse.jdbc."
_OURS = {"user", "password", "ssl", "sslmode"}


@dataclass(frozen=True)
class _Kind:
    driver: str
    port: str
    verified: str
    """What its JDBC driver makes of ssl=true."""


_KINDS = {
    "postgresql": _Kind("postgresql+psycopg2", "5432", "verify-full"),
    "redshift": _Kind("redshift+psycopg2", "5439", "verify-ca"),
}


@dataclass(frozen=True)
class Warehouse:
    """Where the tables are, and who may read them."""

    driver: str
    host: str
    port: str
    database: str
    schema: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ssl_mode: str | None = None
    left_out: tuple[str, ...] = ()
    """Settings of the JDBC driver that Superset's driver does not get."""

    def sqlalchemy_uri(self) -> str:
        """Return the address; in place of a password it has Superset's mark that there is one."""
        user = quote(self.user, safe="") if self.user else ""
        mark = ":XXXXXXXXXX" if self.password else ""
        at = f"{user}{mark}@" if user else ""
        query = "?" + urlencode({"sslmode": self.ssl_mode}) if self.ssl_mode else ""
        return f"{self.driver}://{at}{self.host}:{self.port}/{self.database}{query}"


def of(configuration: Mapping[str, str]) -> Warehouse:
    """Make the warehouse of a configuration."""
    url = configuration.get("warehouse.url")
    if not url:
        raise CommandError(
            "The configuration names no warehouse.",
            "The dashboard reads the tables that `publish` loads; warehouse.url says where.",
            "Name a configuration that has it, with --config or $CHANGELAKE_CONFIG.",
        )
    address = _JDBC.fullmatch(url)
    if address is None:
        raise CommandError(
            "The warehouse.url has no form that Superset can be given.",
            "It must be jdbc:postgresql://host:port/database or jdbc:redshift://host:port/database,"
            " with one host.",
            "Correct it in the configuration.",
        )
    kind = _KINDS[address["kind"]]
    settings = dict(parse_qsl(address["query"] or "", keep_blank_values=True)) | {
        key.removeprefix(_SETTINGS): value
        for key, value in configuration.items()
        if key.startswith(_SETTINGS)
    }
    password = settings.get("password")
    if password and not settings.get("user"):
        raise CommandError(
            "The configuration has a password for the warehouse and no user.",
            "Superset keeps a password only with a user's name.",
            "Set warehouse.jdbc.user.",
        )
    return Warehouse(
        driver=kind.driver,
        host=address["host"] or "localhost",
        port=address["port"] or kind.port,
        database=address["database"],
        schema=configuration.get("warehouse.schema") or "b2b",
        user=settings.get("user") or None,
        password=password or None,
        ssl_mode=settings.get("sslmode")
        or (kind.verified if settings.get("ssl") in {"", "true"} else None),
        left_out=tuple(sorted(settings.keys() - _OURS)),
    )
