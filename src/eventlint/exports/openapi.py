"""The endpoint as an OpenAPI 3.1 document; it must not know fields, nor what the server answers: it asks.

The body depends on the event type, which stands in the path. So each event type has a path of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from eventlint.exports.example_answers import COLLECTION, Asking, Told, path_of
from eventlint.exports.json_schema import definitions
from eventlint.exports.schema_list import events_of, in_era, type_names
from eventlint.mirror.media_types import FORMATS
from eventlint.mirror.plain_answer import PRODUCT
from eventlint.mirror.request_checks import COMMON, METHOD, OWN
from eventlint.model import Answer
from eventlint.spec import Era, document
from eventlint.spec.bundles import Schema

_IN_PATH = ("collection_name", "event_type")
_QUERY = tuple(sorted({*COMMON, *OWN} - {*_IN_PATH}))
_PARAMETERS = {
    "debug": "Whether the answer holds the event as it is stored.",
    "error_trace": "Whether the answer to a refused event holds a stack trace.",
    "filter_path": "Which parts of the answer to an accepted event are wanted: paths, parted by commas.",
    "format": "The format of the answer; it beats the header Accept.",
    "human": "Whether numbers are written for people, too; it changes nothing here.",
    "pretty": "Whether the answer is written in lines.",
}
_DEPENDS = {
    401: "The sender is not known.",
    403: "The sender may not post events, or the cluster's licence does not allow it.",
    413: "The body is too large.",
    429: "The server has no room for more events; send it again later.",
}
"""Answers that depend on the server, and not on the request."""

_HEADERS = {
    "X-elastic-product": "What the server is; the official clients refuse to talk to one that does not send it.",
    "Warning": "That the API is deprecated. It names the server's release and build; here the build is unknown.",
}
_ABOUT = """\
Posts an event to a collection of Elastic Behavioral Analytics, as release {release} of the server takes it.
Made by eventlint from its schemas; all examples are answers of its model of the server.

Another method than {method} is answered with 405, and OPTIONS with 200.
An answer is given before the event is stored: what happens to it afterwards is not told.
"""
_PREFIX = "#/components/schemas/"


def text(era: Era, release: str, dialect: str) -> str:
    """The document as JSON; see :func:`eventlint.exports.export`."""
    return json.dumps(openapi(era, release), indent=2, ensure_ascii=False) + "\n"


def openapi(era: Era, release: str) -> dict[str, Any]:
    """The document.

    Args:
        era: The era whose schemas it tells.
        release: The release of that era whose answers it tells.
    """
    names = type_names(in_era(era))
    asking = {event_type: Asking(release, event_type, identifier) for event_type, identifier in events_of(era).items()}
    booleans, formats = _parameters(next(iter(asking.values())))
    answer = next(iter(asking.values())).accepted()
    paths = {}
    for event_type, identifier in events_of(era).items():
        operation = _operation(event_type, identifier, names[identifier], asking[event_type], booleans)
        if "deprecated-api" in era.traits:
            operation["deprecated"] = True
        paths[path_of(event_type, f"{{{_IN_PATH[0]}}}")] = {METHOD.lower(): operation}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Elastic Behavioral Analytics: events",
            "summary": "Posting events to a collection.",
            "description": _ABOUT.format(release=release, method=METHOD),
            "version": release,
        },
        "servers": [
            {
                "url": "{origin}",
                "description": "The cluster.",
                "variables": {"origin": {"default": "http://localhost:9200", "description": "Where it listens."}},
            }
        ],
        "security": [{"basic": []}, {"api_key": []}],
        "tags": [{"name": "events", "description": "Behavioral analytics events."}],
        "paths": paths,
        "components": {
            "schemas": {**definitions(era, _PREFIX), **_answers(asking)},
            "parameters": {_IN_PATH[0]: _collection(), **_query(booleans, formats)},
            "headers": _headers(answer),
            "responses": {_key(status): _depends(status, answer) for status in _DEPENDS},
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "api_key": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "The word ApiKey, a blank, and the encoded key.",
                },
            },
        },
    }


def _operation(
    event_type: str, identifier: str, name: str, asking: Asking, booleans: tuple[str, ...]
) -> dict[str, Any]:
    told = document(identifier)
    parameters = [_IN_PATH[0], *_QUERY]
    content: dict[str, Any] = {media: {"schema": {"$ref": _PREFIX + name}} for media in _request_types(asking)}
    next(iter(content.values()))["examples"] = {
        f"example-{number}": {"value": example} for number, example in enumerate(told["examples"], 1)
    }
    return {
        "operationId": f"post_{event_type}",
        "tags": ["events"],
        "summary": f"Post an event of the type {event_type}.",
        "description": told["description"],
        "parameters": [{"$ref": f"#/components/parameters/{one}"} for one in parameters],
        "requestBody": {"required": True, "description": told["description"], "content": content},
        "responses": _responses(asking, booleans),
    }


def _responses(asking: Asking, booleans: tuple[str, ...]) -> dict[str, Any]:
    """All answers to one event type, by their status."""
    accepted = [
        Told(name="accepted", summary="The event is accepted.", answer=asking.accepted()),
        Told(name="debug", summary="The event as it is stored is asked for.", answer=asking.accepted("debug=true")),
    ]
    by_status: dict[int, list[Told]] = {}
    for told in (*accepted, *asking.refused(booleans)):
        by_status.setdefault(told.answer.status, []).append(told)
    content_types = _answer_types(asking)
    responses: dict[str, Any] = {}
    for status in sorted({*by_status, *_DEPENDS}):
        if status not in by_status:
            responses[str(status)] = {"$ref": f"#/components/responses/{_key(status)}"}
            continue
        answers = by_status[status]
        schema = "AcceptedAnswer" if status < 400 else "ErrorAnswer"
        content: dict[str, Any] = {media: {"schema": {"$ref": _PREFIX + schema}} for media in content_types}
        next(iter(content.values()))["examples"] = {
            told.name: {"summary": told.summary, "value": json.loads(told.answer.body)} for told in answers
        }
        responses[str(status)] = {
            "description": _described(status),
            "headers": _header_references(answers[0].answer),
            "content": content,
        }
    return responses


def _described(status: int) -> str:
    if status in _DEPENDS:
        return _DEPENDS[status]
    return {202: "The event is accepted.", 404: "There is no such collection."}.get(
        status, f"The event is refused: {HTTPStatus(status).phrase.lower()}."
    )


def _key(status: int) -> str:
    return HTTPStatus(status).phrase.replace(" ", "")


def _depends(status: int, answer: Answer) -> dict[str, Any]:
    return {
        "description": f"{_DEPENDS[status]} This depends on the server, and not on the event.",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in PRODUCT if name in answer.headers},
        "content": {"application/json": {"schema": {"$ref": f"{_PREFIX}ErrorAnswer"}}},
    }


def _request_types(asking: Asking) -> list[str]:
    """The media types that a body may have.

    The server also takes those of many values in lines; but it reads one event only, so they are not told.
    """
    offered = [media for media in FORMATS if media.endswith(("/json", "+json"))]
    return [media for media in offered if asking.accepted(headers={"Content-Type": media}).status == 202]


def _answer_types(asking: Asking) -> list[str]:
    """The media types that an answer may have."""
    plain = asking.accepted().headers["Content-Type"]
    asked = [asking.accepted(headers={"Content-Type": plain, "Accept": media}) for media in FORMATS]
    return list(dict.fromkeys([plain, *(answer.headers["Content-Type"] for answer in asked if answer.status == 202)]))


def _parameters(asking: Asking) -> tuple[tuple[str, ...], list[str]]:
    """The query parameters that are booleans, since the server refuses another word; and the formats that it knows."""
    booleans = tuple(name for name in _QUERY if asking.accepted(f"{name}=no").status != 202)
    formats = [
        form
        for form in dict.fromkeys(FORMATS.values())
        if asking.accepted(f"format={form}").headers["Content-Type"].endswith(f"/{form}")
    ]
    return booleans, formats


def _query(booleans: Iterable[str], formats: list[str]) -> dict[str, Any]:
    schemas: dict[str, Schema] = {name: {"type": "string"} for name in _QUERY}
    schemas |= {name: {"type": "boolean", "default": False} for name in booleans}
    schemas["format"] = {"type": "string", "enum": formats}
    return {
        name: {"name": name, "in": "query", "description": _PARAMETERS[name], "schema": schemas[name]}
        for name in _QUERY
    }


def _collection() -> dict[str, Any]:
    return {
        "name": _IN_PATH[0],
        "in": "path",
        "required": True,
        "description": "The collection that the event is posted to.",
        "schema": {"type": "string", "minLength": 1},
        "example": COLLECTION,
    }


def _headers(answer: Answer) -> dict[str, Any]:
    """The headers that all answers have."""
    return {
        name: {
            "description": _HEADERS[name],
            "required": True,
            "schema": {"const": value} if name in PRODUCT else {"type": "string"},
            "example": value,
        }
        for name, value in answer.headers.items()
        if name in _HEADERS
    }


def _header_references(answer: Answer) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in answer.headers if name in _HEADERS}


def _answers(asking: Mapping[str, Asking]) -> dict[str, Schema]:
    """The schemas of answers; what the server adds to an event is asked for."""
    added: Schema = {}
    for one in asking.values():
        stored = json.loads(one.accepted("debug=true").body)["event"]
        _merge(added, _added(stored, one.examples[0]))
    return {
        "AcceptedAnswer": {
            "description": "The event is accepted. With filter_path, parts of the answer are left out.",
            "type": "object",
            "properties": {
                "accepted": {"description": "Whether the event is accepted.", "const": True},
                "event": {
                    "description": "With debug: the event as it is stored, and what the server adds to it.",
                    **_open(added),
                },
            },
            "additionalProperties": False,
        },
        "ErrorAnswer": {
            "description": "The event is refused.",
            "type": "object",
            "properties": {
                "error": {
                    "description": "Why it is refused.",
                    "anyOf": [{"type": "string"}, {"$ref": f"{_PREFIX}ErrorCause"}],
                },
                "status": {"description": "The answer's status.", "type": "integer"},
            },
            "required": ["error"],
            "additionalProperties": False,
        },
        "ErrorCause": {
            "description": "An exception of the server.",
            "type": "object",
            "properties": {
                "type": {"description": "Its name.", "type": "string"},
                "reason": {"description": "Its words.", "type": "string"},
                "root_cause": {
                    "description": "Of the outermost exception: the one that it goes back to.",
                    "type": "array",
                    "items": {"$ref": f"{_PREFIX}ErrorCause"},
                },
                "caused_by": {"description": "The exception below it.", "$ref": f"{_PREFIX}ErrorCause"},
            },
            "required": ["type", "reason"],
            "additionalProperties": True,
        },
    }


def _open(schema: Schema) -> Schema:
    """A schema of an object that says of itself, and of all below, that other names may stand there."""
    properties = {name: _open(below) for name, below in schema.get("properties", {}).items()}
    return {**schema, "properties": properties, "additionalProperties": True} if properties else schema


_KINDS = {str: "string", int: "integer", bool: "boolean"}


def _added(stored: Any, sent: Any) -> Schema:
    """The schema of what an object has, as it is stored, that was not sent."""
    if not isinstance(stored, dict):
        return {"type": _KINDS[type(stored)]}
    properties = {}
    for name, value in stored.items():
        below = sent.get(name)
        if name not in sent:
            properties[name] = _added(value, {})
        elif isinstance(value, dict) and isinstance(below, dict):
            schema = _added(value, below)
            if schema["properties"]:
                properties[name] = schema
    return {"type": "object", "properties": properties}


def _merge(into: Schema, schema: Schema) -> None:
    for key, value in schema.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value
