"""The OpenAPI description of the JSON API."""

from __future__ import annotations

from typing import Any

from eventlint._version import __version__
from eventlint.serve.received import VERDICTS
from eventlint.spec import event_types
from eventlint.tiers import TIERS

_STRING = {"type": "string"}
_INTEGER = {"type": "integer", "minimum": 0}
_BOOLEAN = {"type": "boolean"}
_NULLABLE_STRING = {"type": ["string", "null"]}
_STRINGS = {"type": "array", "items": _STRING}
_VERDICT = {
    "type": "string",
    "enum": list(VERDICTS),
    "description": "accepted: stored; lost: answered with 202, but not stored; rejected; unchecked: in a format that "
    "an extra reads, and the extra is not installed.",
}
_ANSWER = {
    "type": "object",
    "description": "The server's answer.",
    "properties": {
        "status": {**_INTEGER, "description": "0 if the server closes the connection without an answer."},
        "headers": {"type": "object", "additionalProperties": _STRING},
        "body": {**_NULLABLE_STRING, "description": "null if it is not text."},
        "body_base64": _NULLABLE_STRING,
        "reason": {**_STRING, "description": "The status and the innermost reason, redacted."},
    },
    "required": ["status", "headers", "body", "body_base64", "reason"],
}
_FINDING = {
    "type": "object",
    "description": "A finding, as in the JSON report of eventlint check.",
    "properties": {
        "rule": _STRING,
        "tier": {"type": "string", "enum": list(TIERS)},
        "message": _STRING,
        "pointer": {**_STRING, "description": "A JSON Pointer into the payload."},
        "line": {"type": ["integer", "null"], "description": "The line in the body, from 1."},
        "column": {"type": ["integer", "null"], "description": "The column in characters, from 1."},
        "offset": {"type": ["integer", "null"], "description": "The offset in bytes of UTF-8, from 0."},
        "effect": {"enum": ["lost", "unsearchable", "changed", None]},
        "hint": _NULLABLE_STRING,
        "answer": _NULLABLE_STRING,
        "fix": {"type": ["object", "null"]},
        "url": {**_STRING, "description": "The page of the rule, relative to the root of eventlint's repository."},
    },
    "required": ["rule", "tier", "message", "pointer", "line", "column", "offset", "effect", "hint"],
}
_DIFFERENCE = {
    "type": "object",
    "properties": {
        "part": {"enum": ["status", "type", "reason", "connection"]},
        "expected": _STRING,
        "actual": _STRING,
    },
    "required": ["part", "expected", "actual"],
}
_FINDINGS = {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}}
_STORED = {"type": ["object", "null"], "description": "The event after the ingest pipeline; null if it is not stored."}
_EVENT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "integer", "minimum": 1, "description": "Grows with each event."},
        "time": {"type": "string", "format": "date-time", "description": "The time of arrival."},
        "release": _STRING,
        "method": _STRING,
        "uri": {**_STRING, "description": "The target of the request, redacted."},
        "headers": {
            "type": "array",
            "items": {"type": "array", "prefixItems": [_STRING, _STRING], "minItems": 2, "maxItems": 2},
            "description": "Names and values in their order; those with credentials are never kept.",
        },
        "event_type": _NULLABLE_STRING,
        "collection": _NULLABLE_STRING,
        "verdict": _VERDICT,
        "status": _INTEGER,
        "answer": {"$ref": "#/components/schemas/Answer"},
        "payload": {"description": "The payload as a value; null if it is not strict JSON."},
        "body": {**_NULLABLE_STRING, "description": "The payload as text; null if it is not UTF-8."},
        "body_base64": {**_NULLABLE_STRING, "description": "The payload if it is not UTF-8."},
        "size": {"type": ["integer", "null"], "description": "Bytes of the payload; null if it was too large to keep."},
        "findings": _FINDINGS,
        "rules": _STRINGS,
        "stored": _STORED,
        "unchecked": {**_NULLABLE_STRING, "description": "Why the event could not be checked."},
        "forwarded": {
            "type": ["array", "null"],
            "items": {"$ref": "#/components/schemas/Difference"},
            "description": "How the answer of the server of --forward differs; null if it was not forwarded.",
        },
    },
}
_EVENT["required"] = list(_EVENT["properties"])
_CHECK = {
    "type": "object",
    "properties": {
        "event_type": {"enum": list(event_types())},
        "release": {**_STRING, "description": "A release, a minor release, or latest."},
        "collection": {**_STRING, "default": "site"},
        "payload": {"description": "The event as a value, or as text."},
        "body": {**_STRING, "description": "The event as text, instead of payload."},
        "body_base64": {**_STRING, "description": "The event in bytes, instead of payload."},
    },
    "required": ["event_type"],
}
_OUTCOME = {
    "verdict": _VERDICT,
    "status": _INTEGER,
    "rules": _STRINGS,
    "answer": {"$ref": "#/components/schemas/Answer"},
}
_CHECKED = {
    "type": "object",
    "properties": {
        "release": _STRING,
        "event_type": _STRING,
        "collection": _STRING,
        **_OUTCOME,
        "findings": _FINDINGS,
        "stored": _STORED,
        "answers": {
            "type": "array",
            "description": "The answers of all eras, each with the eras that give it, oldest first.",
            "items": {"type": "object", "properties": {"eras": _STRINGS, **_OUTCOME}, "required": ["eras", *_OUTCOME]},
        },
    },
    "required": ["release", "event_type", "collection", *_OUTCOME, "findings", "stored", "answers"],
}
_NUMBERS = {"type": "object", "additionalProperties": _INTEGER}
_BY_VERDICT: dict[str, Any] = dict.fromkeys(VERDICTS, _INTEGER)
_COUNTS = {
    "type": "object",
    "properties": {
        "kept": _INTEGER,
        "dropped": {**_INTEGER, "description": "Events that are no longer kept; they are counted below."},
        "last_id": _INTEGER,
        "total": _INTEGER,
        "verdicts": _NUMBERS,
        "event_types": _NUMBERS,
        "collections": _NUMBERS,
        "rules": _NUMBERS,
        "minutes": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"time": {"type": "string", "format": "date-time"}, **_BY_VERDICT},
            },
        },
    },
    "required": ["kept", "dropped", "last_id", "total", "verdicts", "event_types", "collections", "rules", "minutes"],
}
_EVENTS = {
    "type": "object",
    "properties": {
        "events": {"type": "array", "items": {"$ref": "#/components/schemas/Event"}},
        "last_id": {**_INTEGER, "description": "The ID of the newest event, for the parameter after."},
    },
    "required": ["events", "last_id"],
}
_WAITED = {
    "allOf": [{"$ref": "#/components/schemas/Events"}],
    "properties": {"timed_out": {**_BOOLEAN, "description": "Whether fewer events arrived."}},
    "required": ["timed_out"],
}
_ERROR = {"type": "object", "properties": {"error": _STRING}, "required": ["error"]}
_OBJECT = {"type": "object"}


def document() -> dict[str, Any]:
    """The description."""
    filters = [
        _parameter("after", _INTEGER, "Only events with a greater ID."),
        _parameter("type", _STRING, "Only events of a type."),
        _parameter("verdict", _VERDICT, "Only events with a verdict."),
        _parameter("collection", _STRING, "Only events for a collection."),
        _parameter("rule", _STRING, "Only events with a finding of a rule."),
        _parameter("tier", {"enum": list(TIERS)}, "Only events with a finding of a tier."),
    ]
    redacted = _parameter("redacted", _BOOLEAN, "Whether to redact secrets in payloads, stored events and answers.")
    count = _parameter("count", {**_INTEGER, "default": 1}, "How many events to wait for, of those that are kept.")
    timeout = _parameter("timeout", {"type": "number", "default": 5, "maximum": 600}, "How long to wait, in seconds.")
    number = {**_parameter("id", {"type": "integer"}, "The ID of the event."), "in": "path", "required": True}
    limit = _parameter("limit", _INTEGER, "At most so many, the newest; 0 is all.")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "eventlint serve",
            "version": __version__,
            "description": "The events that arrived at the local endpoint.",
        },
        "paths": {
            "/_eventlint/events": {
                "get": _operation("The events that are kept, oldest first", "Events", [*filters, limit, redacted]),
                "delete": _operation("Delete all events", {**_OBJECT, "properties": {"deleted": _INTEGER}}),
            },
            "/_eventlint/events/{id}": {
                "get": _operation("One event", "Event", [number, redacted], {"404": "It is not kept"}),
            },
            "/_eventlint/wait": {
                "get": _operation(
                    "Wait until a number of events arrived; the answer has all that are kept",
                    "Waited",
                    [count, timeout, *filters, redacted],
                ),
            },
            "/_eventlint/stream": {"get": _stream(filters)},
            "/_eventlint/counts": {"get": _operation("Counts of all events", "Counts")},
            "/_eventlint/info": {"get": _operation("The settings of the endpoint", _OBJECT)},
            "/_eventlint/releases": {"get": _operation("The known releases, by era", _OBJECT)},
            "/_eventlint/check": {
                "post": {
                    **_operation("Check an event that is not sent", "Checked", [redacted]),
                    "requestBody": {"required": True, "content": _content("Check")},
                }
            },
        },
        "components": {
            "schemas": {
                "Answer": _ANSWER,
                "Check": _CHECK,
                "Checked": _CHECKED,
                "Counts": _COUNTS,
                "Difference": _DIFFERENCE,
                "Error": _ERROR,
                "Event": _EVENT,
                "Events": _EVENTS,
                "Finding": _FINDING,
                "Waited": _WAITED,
            }
        },
    }


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


def _content(schema: str | dict[str, Any]) -> dict[str, Any]:
    found = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
    return {"application/json": {"schema": found}}


def _operation(
    summary: str,
    schema: str | dict[str, Any],
    parameters: list[dict[str, Any]] | None = None,
    others: dict[str, str] | None = None,
) -> dict[str, Any]:
    errors = {"400": "The request is wrong", "403": "The name of the host or the origin is unknown", **(others or {})}
    return {
        "summary": summary,
        "parameters": parameters or [],
        "responses": {
            "200": {"description": summary, "content": _content(schema)},
            **{status: {"description": text, "content": _content("Error")} for status, text in errors.items()},
        },
    }


def _stream(filters: list[dict[str, Any]]) -> dict[str, Any]:
    last = {**_parameter("Last-Event-ID", _INTEGER, "Begin after this event."), "in": "header"}
    return {
        "summary": "The events as they arrive, as server-sent events",
        "description": "A message of the type event has an Event, redacted, as its data, and the ID of the event. A "
        "message of the type cleared says that all events were deleted. The stream begins with the next event, or with "
        "the one after the parameter after.",
        "parameters": [*filters, last],
        "responses": {"200": {"description": "The stream", "content": {"text/event-stream": {"schema": _STRING}}}},
    }
