"""The event as it is stored: what the final ingest pipeline makes of an indexed document.

Source: the pipeline ``behavioral_analytics-events-final_pipeline`` of the server. The user agent and the location of
the address are left out, because the server derives them from databases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventlint.ingest.uri_parts import uri_parts
from eventlint.spec import Entries, Node, Object, Objects, Text

_REMOVED = ("ip", "user_agent")
_NOT_STORED = ("by",)


def stored(document: Mapping[str, Any], event: Object) -> dict[str, Any]:
    """A document after the ingest pipeline.

    Args:
        document: The document that the server indexes, which the pipeline does not drop.
        event: The specification of its event type.
    """
    found = {**document, **_fields(document, event)}
    session = found.get("session")
    if isinstance(session, Mapping):
        found["session"] = {key: value for key, value in session.items() if key not in _REMOVED}
    return found


def _fields(value: Mapping[str, Any], node: Object) -> dict[str, Any]:
    known = node.fields
    return {key: _value(below, known[key]) if key in known else below for key, below in value.items()}


def _value(value: Any, node: Node) -> Any:
    if isinstance(node, Text) and node.ingest.is_taken_apart and isinstance(value, str):
        return _parts(value)
    if isinstance(node, Object) and isinstance(value, Mapping):
        return _fields(value, node)
    if isinstance(node, Objects) and isinstance(value, list):
        return [_fields(item, node.item) if isinstance(item, Mapping) else item for item in value]
    return dict(value) if isinstance(node, Entries) and isinstance(value, Mapping) else value


def _parts(url: str) -> dict[str, Any] | str:
    """The parts of a URL under the names that they are stored as."""
    parts = uri_parts(url)
    if parts is None:
        return url
    return {name: part for name, part in parts._asdict().items() if part is not None and name not in _NOT_STORED}
