"""The request that sends an event of a file."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from eventlint.inputs.record import Record
from eventlint.model import Request

DEFAULT_COLLECTION = "my_collection"
"""The collection of a payload without one."""


def request_of(record: Record, event_type: str, collection: str | None = None) -> Request:
    """The request that the file contains, or one that sends the event.

    Args:
        record: The event.
        event_type: Its type, for an event without a request.
        collection: Its collection; None for that of the record, or else :data:`DEFAULT_COLLECTION`.
    """
    if record.request is not None:
        return replace(record.request, body=record.body)
    name = quote(collection or record.collection or DEFAULT_COLLECTION, safe="")
    return Request(
        method="POST",
        uri=f"/_application/analytics/{name}/event/{quote(event_type, safe='')}",
        headers={"Content-Type": "application/json"},
        body=record.body,
    )
