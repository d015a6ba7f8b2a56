"""Renders answers in the formats of the server; JSON here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from eventlint.named_tuples import NamedTuple


class Problem(NamedTuple):
    """One exception of an answer: its type, its reason, its cause, and those that it suppressed."""

    type: str
    reason: str
    caused_by: Problem | None = None
    suppressed: tuple[Problem, ...] = ()


def innermost(problem: Problem) -> Problem:
    """The exception at the end of a chain of causes."""
    while problem.caused_by is not None:
        problem = problem.caused_by
    return problem


class Refusal(NamedTuple):
    """A rejection: its status, its exception, and the exception that it calls the root cause."""

    status: int
    problem: Problem
    root: Problem

    def innermost(self) -> tuple[int, Problem]:
        """Its status, and the exception at the end of the chain of causes."""
        return self.status, innermost(self.problem)

    def document(self) -> dict[str, Any]:
        """The answer as a JSON object."""
        root = {"type": self.root.type, "reason": self.root.reason}
        return {"error": {"root_cause": [root], **_problem(self.problem)}, "status": self.status}


def _problem(problem: Problem) -> dict[str, Any]:
    document: dict[str, Any] = {"type": problem.type, "reason": problem.reason}
    if problem.caused_by is not None:
        document["caused_by"] = _problem(problem.caused_by)
    if problem.suppressed:
        document["suppressed"] = [_problem(one) for one in problem.suppressed]
    return document


def to_bytes(document: Mapping[str, Any], form: str = "json", *, pretty: bool = False) -> bytes:
    """A document as the server writes it, in JSON (indented if ``pretty``), YAML, CBOR or SMILE."""
    if form == "yaml":
        from eventlint.mirror.yaml_writer import to_yaml

        return to_yaml(document).encode("utf-8", "surrogatepass")
    if form == "cbor":
        from eventlint.mirror.formats.cbor_writer import to_cbor

        return to_cbor(document)
    if form == "smile":
        from eventlint.mirror.formats.smile_writer import to_smile

        return to_smile(document)
    text = _pretty(document, "") + "\n" if pretty else _compact(document)
    return text.encode("utf-8", "surrogatepass")


_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_ESCAPED = '["\\\\\x00-\x1f\ud800-\udfff\U00010000-\U0010ffff]'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 | code >> 10:04X}\\u{0xDC00 | code & 0x3FF:04X}"
    return f"\\u{code:04X}"


def quoted(text: str) -> str:
    """A JSON string in which only quotes, backslashes, control characters and surrogates are escaped."""
    if text.isascii() and text.isprintable():
        text = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    return f'"{re.sub(_ESCAPED, _escape, text)}"'


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if value is True or value is False:
        return str(value).lower()
    return "null" if value is None else str(value)


def _compact(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{quoted(key)}:{_compact(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    return _scalar(value)


def _pretty(value: object, indent: str) -> str:
    deeper = indent + "  "
    if isinstance(value, Mapping):
        if not value:
            return "{ }"
        members = ",\n".join(f"{deeper}{quoted(key)} : {_pretty(below, deeper)}" for key, below in value.items())
        return f"{{\n{members}\n{indent}}}"
    if isinstance(value, list):
        if not value:
            return "[ ]"
        elements = ",\n".join(deeper + _pretty(below, deeper) for below in value)
        return f"[\n{elements}\n{indent}]"
    return _scalar(value)
