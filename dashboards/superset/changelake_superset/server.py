"""The process of a local Superset, and its folder."""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import requests

from changelake_superset.client import Superset
from changelake_superset.errors import SOURCE, CommandError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).resolve().parent
_USUAL_PORT = 8088
_START_SECONDS = 180
_STOP_SECONDS = 30
_LAST_LINES = 15


class Server:
    """Superset behind gunicorn, on 127.0.0.1 alone, with SQLite for what it knows.

    A process id proves nothing: ids are used again. The server's processes hold a lock on
    `server.lock` for as long as one of them lives; the id counts only while it is held.
    """

    user = "admin"

    def __init__(self, home: Path) -> None:
        self.home = home
        self.password_file = home / "admin-password"
        self.log = home / "superset.log"
        self._prepared = home / "prepared"
        self._lock = home / "server.lock"
        self._pid = home / "server.pid"
        self._port = home / "port"

    @property
    def url(self) -> str:
        """Its address, as of its last start."""
        return f"http://127.0.0.1:{self._port.read_text(encoding='ascii')}"

    def session(self) -> Superset:
        """Log in."""
        return Superset(self.url, self.user, self.password_file.read_text(encoding="ascii"))

    def up(self) -> None:
        """Start it, or find that it is up."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._one_command():
            if self.runs():
                if self.is_well():
                    return
                self._stop()
            self._write_secrets()
            self._prepare()
            self._start()

    def down(self) -> bool:
        """Stop it; return whether there was anything to stop."""
        if not self.home.is_dir():
            return False
        with self._one_command():
            return self._stop()

    def runs(self) -> bool:
        """Whether one of its processes lives."""
        if not self._lock.exists():
            return False
        with self._lock.open("rb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def is_well(self) -> bool:
        """Whether it answers."""
        try:
            with requests.Session() as session:
                # No proxy leads to this machine.
                session.trust_env = False
                return session.get(f"{self.url}/health", timeout=5).ok
        except (requests.RequestException, OSError):
            return False

    @contextmanager
    def _one_command(self) -> Iterator[None]:
        with (self.home / "command.lock").open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError(
                    f"Superset in {self.home} is busy.",
                    "Another command starts or stops it.",
                    "Wait for its end, then try again.",
                    SOURCE,
                ) from None
            yield

    def _write_secrets(self) -> None:
        for file in (self.home / "secret-key", self.password_file):
            if not file.exists():
                _write_private(file, secrets.token_hex(24))

    def _prepare(self) -> None:
        """Migrate what it knows to the installed release, which takes most of a first start."""
        release = version("apache-superset")
        if self._prepared.exists() and self._prepared.read_text(encoding="ascii") == release:
            return
        sys.stderr.write(f"preparing Superset {release}'s own database\n")
        with self.log.open("ab") as log:
            done = subprocess.run(
                [sys.executable, "-m", "changelake_superset.prepare"],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                umask=0o077,
                check=False,
            )
        if done.returncode != 0:
            raise self._failed("Superset's own database could not be prepared.")
        self._prepared.write_text(release, encoding="ascii")

    def _start(self) -> None:
        self._port.write_text(str(self._free_port()), encoding="ascii")
        sys.stderr.write("starting Superset\n")
        with self._lock.open("wb") as lock, self.log.open("ab") as log:
            fcntl.flock(lock, fcntl.LOCK_EX)
            process = subprocess.Popen(  # noqa: S603 - gunicorn of our own environment
                [
                    *(sys.executable, "-m", "gunicorn", "superset.app:create_app()"),
                    *("--bind", self.url.removeprefix("http://")),
                    *("--worker-class", "gthread", "--threads", "8", "--timeout", "120"),
                ],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # The lock lives as long as the last of its processes that has the file open.
                pass_fds=[lock.fileno()],
                start_new_session=True,
                umask=0o077,
            )
            self._pid.write_text(str(process.pid), encoding="ascii")
        end = time.monotonic() + _START_SECONDS
        while not self.is_well():
            if process.poll() is not None:
                raise self._failed("Superset ended while it started.")
            if time.monotonic() > end:
                self._stop()
                raise self._failed(f"Superset did not answer within {_START_SECONDS} seconds.")
            time.sleep(0.3)

    def _stop(self) -> bool:
        if not self.runs():
            return False
        group = int(self._pid.read_text(encoding="ascii"))
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(group, number)
            end = time.monotonic() + _STOP_SECONDS
            while time.monotonic() < end:
                if not self.runs():
                    return True
                time.sleep(0.1)
        raise self._failed("Superset does not end.")

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "CHANGELAKE_SUPERSET_HOME": str(self.home),
            "SUPERSET_CONFIG_PATH": str(_PACKAGE / "superset_config.py"),
            "SUPERSET_HOME": str(self.home),
            "PYTHONPATH": str(_PACKAGE.parent),
        }

    def _free_port(self) -> int:
        """Return the port of the last start if it is free, so that a page's address stays."""
        last = int(self._port.read_text(encoding="ascii")) if self._port.exists() else _USUAL_PORT
        for port in (last, 0):
            with socket.socket() as attempt:
                attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    attempt.bind(("127.0.0.1", port))
                except OSError:
                    continue
                return attempt.getsockname()[1]
        raise self._failed("There is no free port.")

    def _failed(self, problem: str) -> CommandError:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        said = "\n    ".join(lines[-_LAST_LINES:])
        return CommandError(
            problem,
            f"The end of {self.log} says:\n    {said}",
            "Correct what it names, then run the command again. To begin anew, delete"
            f" {self.home} after `local down`.",
            SOURCE,
        )


def _write_private(file: Path, text: str) -> None:
    """Write a file that nobody else can read, wholly or not at all."""
    temporary = file.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(text)
    temporary.replace(file)
