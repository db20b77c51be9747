"""The import says everything, and twice is as good as once."""

from __future__ import annotations

import io
import os
import re
import stat
import subprocess
import sys
import zipfile

import yaml

from changelake_superset import bundle, importing


def test_importing_again_changes_nothing(superset, target):
    before = _exported(superset)
    importing.import_into(superset, target)

    assert _exported(superset) == before
    kinds = [path.split("/")[0] for path in before]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "databases": 1,
        "datasets": 6,
        "charts": 6,
        "dashboards": 1,
    }


def test_what_somebody_changed_is_as_the_bundle_says_again(superset, target):
    before = _exported(superset)
    (chart, *_) = superset.get("/api/v1/chart/")["result"]
    answer = superset._session.put(
        f"{superset.url}/api/v1/chart/{chart['id']}", json={"slice_name": "Mine"}, timeout=60
    )
    assert answer.ok
    assert _exported(superset) != before

    importing.import_into(superset, target)

    assert _exported(superset) == before


def test_the_command_imports_and_tells_no_password(server, stack, target):
    password = server.password_file.read_text()
    done = subprocess.run(
        _command(server, stack),
        env={**os.environ, importing.USER: "admin", importing.PASSWORD: password},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "6 charts on schema b2b" in done.stdout
    written = done.stdout + done.stderr + server.log.read_text()
    assert password not in written
    assert target.password not in written


def test_a_wrong_password_is_told(server, stack):
    done = subprocess.run(
        _command(server, stack),
        env={**os.environ, importing.USER: "admin", importing.PASSWORD: "wrong"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "does not let admin in" in done.stderr
    assert "Traceback" not in done.stderr


def test_superset_takes_the_zip_of_a_dashboard_too(superset, target):
    """As its page does, where a user imports a dashboard."""
    answer = superset._session.post(
        f"{superset.url}/api/v1/dashboard/import/",
        files={"formData": ("changelake.zip", bundle.zipped(target), "application/zip")},
        data={"overwrite": "true"},
        timeout=60,
    )

    assert answer.ok, answer.text


def test_only_its_user_reads_its_secrets(server):
    for name in ("secret-key", "admin-password", "superset.db"):
        assert stat.S_IMODE((server.home / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(server.home.stat().st_mode) == 0o700


def test_it_is_found_up(server):
    address = server.url
    server.up()

    assert server.url == address
    assert server.is_well()


def _exported(superset) -> dict[str, object]:
    """What Superset has, without the moment of the export."""
    archive = zipfile.ZipFile(io.BytesIO(superset.download("/api/v1/assets/export/")))
    return {
        re.sub(r"^[^/]+/", "", name): yaml.safe_load(archive.read(name))
        for name in archive.namelist()
        if not name.endswith("metadata.yaml")
    }


def _command(server, stack) -> list[str]:
    module = [sys.executable, "-m", "changelake_superset.importing"]
    return [*module, "--url", server.url, "--config", str(stack / "stack.json")]
