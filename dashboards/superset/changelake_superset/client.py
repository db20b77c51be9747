"""A Superset, by its REST API."""

from __future__ import annotations

import json
from typing import Any

import requests

from changelake_superset.errors import SOURCE, CommandError

_TIMEOUT_SECONDS = 120


class Superset:
    """A session of one user."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url.rstrip("/")
        self._session = requests.Session()
        answer = self._send(
            "POST",
            "/api/v1/security/login",
            json={"username": user, "password": password, "provider": "db", "refresh": False},
        )
        if answer.status_code == requests.codes.unauthorized:
            raise CommandError(
                f"Superset at {self.url} does not let {user} in.",
                "It does not know this user with this password.",
                "Set CHANGELAKE_SUPERSET_USER and CHANGELAKE_SUPERSET_PASSWORD to those of a user"
                " of its own database who may import.",
            )
        token = self._json(answer)["access_token"]
        self._session.headers["Authorization"] = f"Bearer {token}"
        # Over HTTPS Superset wants to know the page that a request comes from.
        self._session.headers["Referer"] = self.url
        self._session.headers["X-CSRFToken"] = self.get("/api/v1/security/csrf_token/")["result"]

    def get(self, path: str) -> dict[str, Any]:
        """Get what the API has under a path."""
        return self._json(self._send("GET", path))

    def post(self, path: str, body: object) -> dict[str, Any]:
        """Post a JSON value."""
        return self._json(self._send("POST", path, json=body))

    def download(self, path: str) -> bytes:
        """Get a file."""
        return self._checked(self._send("GET", path)).content

    def import_assets(self, bundle: bytes, passwords: dict[str, str]) -> None:
        """Import a bundle, in one transaction; what has its uuid already is overwritten."""
        self._json(
            self._send(
                "POST",
                "/api/v1/assets/import/",
                files={"bundle": ("changelake.zip", bundle, "application/zip")},
                data={"passwords": json.dumps(passwords)},
            )
        )

    def _send(self, method: str, path: str, **arguments: Any) -> requests.Response:  # noqa: ANN401
        try:
            return self._session.request(
                method, self.url + path, timeout=_TIMEOUT_SECONDS, **arguments
            )
        except requests.RequestException as e:
            raise CommandError(
                f"Superset at {self.url} is not reached.",
                # Not the exception's text, which may quote what was sent.
                f"{method} {path} ended with {type(e).__name__}.",
                "Check that it runs and that the address is right, with http:// or https://.",
                SOURCE,
            ) from None

    def _checked(self, answer: requests.Response) -> requests.Response:
        if answer.ok:
            return answer
        path = requests.utils.urlparse(answer.url).path
        raise CommandError(
            f"Superset at {self.url} refuses {path}.",
            f"It answers {answer.status_code}: {_reason(answer)}",
            "Correct what it names; a user with the role Admin may import.",
            SOURCE,
        )

    def _json(self, answer: requests.Response) -> dict[str, Any]:
        try:
            return self._checked(answer).json()
        except requests.JSONDecodeError as e:
            raise CommandError(
                f"What answers at {self.url} is not Superset.",
                "Its answer is not JSON.",
                "Give the address of Superset's first page, without a path behind it.",
                SOURCE,
            ) from e


def _reason(answer: requests.Response) -> str:
    """Return what an answer says in words: messages of its errors, and no page of HTML."""
    try:
        body = answer.json()
    except requests.JSONDecodeError:
        return answer.reason
    errors = body.get("errors") or [] if isinstance(body, dict) else []
    messages = [str(error.get("message")) for error in errors]
    details = [
        f"{file}: {said}"
        for error in errors
        for file, said in (error.get("extra") or {}).items()
        if file != "issue_codes"
    ]
    return "; ".join(messages + details) or str(body.get("message") or body.get("msg"))
