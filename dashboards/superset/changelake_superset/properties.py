"""Java's properties files, which secrets are kept in."""

from __future__ import annotations

import re

_BLANK_OR_COMMENT = re.compile(r"[ \t\f]*([#!].*)?$")
_ENTRY = re.compile(
    r"[ \t\f]*(?P<key>(?:\\.|[^\\=: \t\f])*)[ \t\f]*[=:]?[ \t\f]*(?P<value>.*)", re.DOTALL
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.?)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def parse(text: str) -> dict[str, str]:
    """Parse as java.util.Properties does; of two entries with one key the last one counts."""
    entries = {}
    for line in _logical_lines(text):
        entry = _ENTRY.match(line)
        assert entry is not None  # noqa: S101 - the pattern matches any line
        entries[_unescaped(entry["key"])] = _unescaped(entry["value"])
    return entries


def _logical_lines(text: str) -> list[str]:
    lines: list[str] = []
    continued = False
    for line in re.split(r"\r\n|\r|\n", text):
        if continued:
            lines[-1] += line.lstrip(" \t\f")
        elif _BLANK_OR_COMMENT.match(line):
            continue
        else:
            lines.append(line)
        # An even number of backslashes at the end stands for half as many of them.
        continued = (len(lines[-1]) - len(lines[-1].rstrip("\\"))) % 2 == 1
        if continued:
            lines[-1] = lines[-1][:-1]
    return lines


def _unescaped(text: str) -> str:
    def character(escape: re.Match[str]) -> str:
        code = escape[1]
        return chr(int(code[1:], 16)) if len(code) > 1 else _LETTERS.get(code, code)

    return _ESCAPE.sub(character, text)
