"""The bundle: YAML in Superset's own format, filled in for one warehouse, as one ZIP file."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from changelake_superset.warehouse import Warehouse

FOLDER = Path(__file__).resolve().parent.parent / "bundle"
DATABASE = "databases/Changelake.yaml"
_ROOT = "changelake"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_SCHEMA = "b2b"
"""The schema that the files name, as it is called when nobody calls it otherwise."""


def files(warehouse: Warehouse) -> dict[str, str]:
    """Return each file's text by its path in the bundle."""
    texts = {}
    for file in sorted(FOLDER.rglob("*.yaml")):
        path = file.relative_to(FOLDER).as_posix()
        text = file.read_text(encoding="utf-8")
        if path == DATABASE:
            text = _changed(text, sqlalchemy_uri=warehouse.sqlalchemy_uri())
        elif path.startswith("datasets/"):
            text = _in_schema(text, warehouse.schema)
        texts[path] = text
    return texts


def zipped(warehouse: Warehouse) -> bytes:
    """Return the ZIP file; the same bytes for the same warehouse, whenever it is made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path, text in files(warehouse).items():
            entry = zipfile.ZipInfo(f"{_ROOT}/{path}", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, text)
    return content.getvalue()


def _in_schema(text: str, schema: str) -> str:
    if schema == _SCHEMA:
        return text
    sql = yaml.safe_load(text)["sql"]
    quoted = '"{}".'.format(schema.replace('"', '""'))
    if sql is None:
        return _changed(text, schema=schema)
    return _changed(text, schema=schema, sql=re.sub(rf"\b{_SCHEMA}\.", lambda _: quoted, sql))


def _changed(text: str, **values: Any) -> str:  # noqa: ANN401 - what YAML holds
    return yaml.safe_dump(yaml.safe_load(text) | values, sort_keys=False, allow_unicode=True)
