"""HAR files: the requests that a browser or a proxy recorded.

Format: http://www.softwareishard.com/blog/har-12-spec/. Recorders deviate from it in many ways, so every form is read
from which the request is still clear. A request to the endpoint whose entry is not clear is a finding.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from eventlint.errors import InputError
from eventlint.inputs.endpoint import MAY_HAVE_PREFIX, Target, behind_prefix, may_have_prefix
from eventlint.inputs.har_body import Body, body_of, from_base64
from eventlint.inputs.har_entries import Damage, Entry, find_member, object_at, read_entries
from eventlint.inputs.json_string_map import JsonStringMap
from eventlint.inputs.record import Record, place_of
from eventlint.jsontext.decoding import Decoded, decode
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.model import Answer, Position, Request

_WORD = b"event"
"""A part of the endpoint's path that no recorder escapes; only entries with it are parsed."""
_NAMES_ENDPOINT = re.compile(rb"_application\\?/analytics\\?/[^/?#\s]*/event(?![a-z])").search
_PATH = ("_application", "analytics", None, "event")
_ORIGIN = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*").match
_NO_BODY = ("GET", "HEAD")
_MAX_ANSWER = 64 * 1024
"""The maximum number of characters of a recorded answer that is kept."""


class _Found(NamedTuple):
    """A record, with the first bytes of its body and of its URL; of the entry if they cannot be located."""

    record: Record
    body: int
    url: int


def read_har(data: bytes, prefixes: Sequence[str] = ()) -> Iterator[Record]:
    """Read the requests to the endpoint from a HAR file.

    Preflight requests are skipped. A file that is cut off gives the requests before, and a problem at its end.

    Raises:
        InputError: The file is not a HAR file.
    """
    from eventlint.jsontext.positions import Lines

    text = _decoded(data)
    found: list[_Found] = []
    damage = None
    for item in read_entries(text.data, text.start):
        if isinstance(item, Damage):
            damage = item
        elif text.data.find(_WORD, *item) >= 0:
            found += _read_entry(text.data, item, prefixes)
    offsets = {offset for one in found for offset in one[1:]} | ({damage.offset} if damage else set())
    places = Lines(text).positions(offsets)
    for number, (record, body, url) in enumerate(found, 1):
        if record.problem is not None:
            problem = dataclasses.replace(record.problem, position=places[url])
            yield record._replace(number=number, problem=problem)
            continue
        string_map = JsonStringMap(text.data, places[body], record.body)
        place = place_of(places[body], encoded=True)._replace(string_map=string_map)
        yield record._replace(number=number, place=place, head=place_of(places[url], encoded=True))
    if damage is not None:
        yield _damaged(damage, places[damage.offset])


def target_of(url: str, prefixes: Sequence[str] = ()) -> Target | None:
    """Where a request to the endpoint goes; None for another URL. The URL may be relative."""
    target = _path_of(url)
    behind = behind_prefix(target, prefixes)
    if behind is not None:
        return behind
    path, mark, query = target.partition("?")
    parts = path.split("/")
    names = [unquote(part) for part in parts]
    for index in range(len(names) - len(_PATH) + 1):
        if all(want in (None, name) for want, name in zip(_PATH, names[index:], strict=False)):
            prefix = "".join(f"/{part}" for part in parts[:index] if part)
            return Target(prefix or None, f"/{'/'.join(parts[index:])}{mark}{query}")
    return None


def _path_of(url: str) -> str:
    """The path and the query string of a URL."""
    url = url.partition("#")[0].strip()
    origin = _ORIGIN(url)
    return url[origin.end() if origin else 0 :]


def _decoded(data: bytes) -> Decoded:
    try:
        return decode(data)
    except JsonSyntaxError as error:
        raise InputError("not a HAR file: it is in an unknown encoding") from error


def _read_entry(data: bytes, entry: Entry, prefixes: Sequence[str]) -> Iterator[_Found]:
    """The record of an entry, if it is a request to the endpoint."""
    at = functools.partial(find_member, data, entry.begin, "request")
    raw = data[entry.begin : entry.end]
    target: Target | None = None
    record: Record | None
    try:
        value = json.loads(raw.decode("utf-8", "replace"), strict=False)
        request = value["request"]
        target = target_of(_string(request["url"]), prefixes)
        if target is None:
            if _string(request["method"]).upper() != "POST" or not may_have_prefix(_path_of(request["url"])):
                return
            record = Record(body=b"", unchecked=MAY_HAVE_PREFIX)
        else:
            record = _record(value, target, lambda *keys: object_at(data, at(*keys) or entry.begin))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        if target is None and not _NAMES_ENDPOINT(raw):
            return
        from eventlint.rules.error import unreadable_recording

        record = Record(body=b"", problem=unreadable_recording.finding())
    if record is not None:
        url = at("url") or entry.begin
        yield _Found(record, at("postData", "text") or at("postData") or url, url)


def _record(entry: Mapping[str, Any], target: Target, raw: Callable[..., bytes]) -> Record | None:
    """The record of a request to the endpoint; None for a preflight request."""
    request = entry["request"]
    method = _string(request["method"]).upper()
    if method == "OPTIONS":
        return None
    headers = _headers(request.get("headers"))
    by_name = {name.lower(): value for name, value in headers}
    recorded, failure = _outcome(entry)
    body = body_of(request, by_name, raw, was_sent=failure is None)
    if method in _NO_BODY and body.unchecked:
        body = Body()
    data = request.get("postData")
    media_type = data.get("mimeType") if isinstance(data, Mapping) else None
    if "content-type" not in by_name and (media_type or not headers):
        headers.append(("Content-Type", str(media_type or "application/json")))
    if body.is_decompressed or body.unchecked:  # the encoding is not that of the recorded body
        headers = [(name, value) for name, value in headers if name.lower() != "content-encoding"]
    return Record(
        body=body.content,
        request=Request(method=method, uri=target.uri, headers=headers, body=body.content),
        prefix=target.prefix,
        unchecked=body.unchecked,
        recorded=recorded,
        failure=failure,
    )


def _headers(value: object) -> list[tuple[str, str]]:
    """The headers of a request, from a list or an object; without the pseudo-headers of HTTP/2."""
    pairs: list[tuple[object, object]] = []
    if isinstance(value, Mapping):
        for name, one in value.items():
            pairs += [(name, item) for item in (one if isinstance(one, list) else [one])]
    for one in value if isinstance(value, list) else ():
        if isinstance(one, Mapping):
            keys = {str(key).lower(): item for key, item in one.items()}
            pairs.append((keys.get("name"), keys.get("value")))
        elif isinstance(one, list) and len(one) == 2:
            pairs.append((one[0], one[1]))
    return [
        (name, "" if one is None else str(one))
        for name, one in pairs
        if isinstance(name, str) and name and not name.startswith(":")
    ]


def _outcome(entry: Mapping[str, Any]) -> tuple[Answer | None, str | None]:
    """The recorded answer, and why the request failed: empty if the file does not say, None if it did not fail."""
    response = entry.get("response")
    if not isinstance(response, Mapping):
        return None, None
    try:
        status = int(response["status"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None, None
    if status <= 0:
        reasons = (response.get("_error"), response.get("_failureText"), entry.get("_error"))
        return None, next((reason for reason in reasons if isinstance(reason, str)), "")
    return Answer(status=status, body=_answer_body(response.get("content"))), None


def _answer_body(content: object) -> bytes:
    text = content.get("text") if isinstance(content, Mapping) else None
    if not isinstance(text, str) or len(text) > _MAX_ANSWER:
        return b""
    if isinstance(content, Mapping) and content.get("encoding") == "base64":
        return from_base64(text) or b""
    return text.encode("utf-8", "replace")


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _damaged(damage: Damage, position: Position) -> Record:
    """The record for the place where a file cannot be read any further."""
    from eventlint.rules.error import truncated_json, unreadable_recording

    if damage.is_cut:
        problem = truncated_json.recording(position, misses_requests=damage.misses_entries)
    else:
        problem = unreadable_recording.finding(position, is_rest=True)
    return Record(body=b"", problem=problem)
