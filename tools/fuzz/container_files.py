"""Writes files with events and with other content, and remembers where the events are."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tools.fuzz.grammar import EVENT_TYPES, Drawn, event

_ENDPOINT = "/_application/analytics/site/event/"


class Part(NamedTuple):
    """An event in a file.

    Attributes:
        span: Its first byte and the byte after it in the file; None if the file has it in another encoding.
        is_as_sent: Whether its body is what the file has, byte for byte.
    """

    drawn: Drawn
    span: tuple[int, int] | None
    is_as_sent: bool = True


class Container(NamedTuple):
    """A file.

    Attributes:
        kind: What it is.
        name: Its name.
        parts: The events, in their order.
        editable: Other parts that a fix may change: event types in request lines.
    """

    kind: str
    name: str
    data: bytes
    parts: list[Part]
    editable: list[tuple[int, int]]


class _Writer:
    """Collects the bytes of a file, and its parts."""

    def __init__(self, rand: Random) -> None:
        self.rand = rand
        self.data = bytearray()
        self.parts: list[Part] = []
        self.editable: list[tuple[int, int]] = []

    def add(self, content: str | bytes) -> None:
        """Add content that is no event."""
        self.data += content.encode() if isinstance(content, str) else content

    def add_event(self, drawn: Drawn, *, is_as_sent: bool = True) -> None:
        """Add an event as it is sent."""
        start = len(self.data)
        self.data += drawn.body
        self.parts.append(Part(drawn, (start, len(self.data)), is_as_sent))

    def add_encoded(self, drawn: Drawn, content: str | bytes) -> None:
        """Add an event in another encoding."""
        self.add(content)
        self.parts.append(Part(drawn, None))

    def is_one_of(self, number: int) -> bool:
        """Whether something happens that happens once in a number of times."""
        return self.rand.randrange(number) == 0

    def done(self, kind: str, name: str) -> Container:
        """The file."""
        return Container(kind, name, bytes(self.data), self.parts, self.editable)


def draw_container(rand: Random) -> Container:
    """Draw a file."""
    return rand.choice(_KINDS)(rand)


def _ndjson(rand: Random) -> Container:
    out, event_type, has_envelopes = _Writer(rand), rand.choice(EVENT_TYPES), rand.random() < 0.5
    end = rand.choice(("\n", "\n", "\r\n"))
    for number in range(rand.randint(2, 6)):
        if out.is_one_of(8):
            out.add(rand.choice(("", " ", "\t")) + end)
        if has_envelopes and number != 1:
            _envelope(out, event(rand, number, in_line=True, is_json=True))
        else:
            out.add_event(event(rand, number, event_type=event_type, in_line=True, is_json=number == 0))
        out.add(end if number < 5 or out.is_one_of(2) else "")
    return out.done("ndjson", f"{event_type}{rand.choice(('.ndjson', '.jsonl', '.json'))}")


def _envelope(out: _Writer, drawn: Drawn) -> None:
    """An event with its type, in any order and with other members."""
    members: list[str | None] = [f'"event_type": "{drawn.event_type}"', None]
    if out.is_one_of(2):
        members.append('"collection":"site"')
    if out.is_one_of(3):
        members.append('"x": {"payload": [1, "}"]}')
    out.rand.shuffle(members)
    out.add("{")
    for number, member in enumerate(members):
        out.add("," if number else "")
        if member is None:
            out.add('"payload":')
            out.add_event(drawn)
        else:
            out.add(member)
    out.add("}")


def _array(rand: Random) -> Container:
    out, event_type, has_envelopes = _Writer(rand), rand.choice(EVENT_TYPES), rand.random() < 0.3
    out.add("[" + rand.choice(("", "\n", "\n  ")))
    for number in range(rand.randint(1, 5)):
        out.add(rand.choice((",", ",\n", ", ")) if number else "")
        drawn = event(rand, number, event_type=event_type, is_json=True)
        if has_envelopes:
            _envelope(out, drawn)
        else:
            out.add_event(drawn)
    out.add(rand.choice(("]", "\n]\n", " ] ")))
    return out.done("array", f"{event_type}.json")


def _sequence(rand: Random) -> Container:
    """Indented values, one after another."""
    out, event_type = _Writer(rand), rand.choice(EVENT_TYPES)
    for number in range(rand.randint(2, 4)):
        drawn = event(rand, number, event_type=event_type, is_json=True, fault_rate=0.2)
        body = b"{\n" + drawn.body[1:]
        out.add_event(drawn._replace(body=body))
        out.add("\n")
    return out.done("sequence", f"{event_type}.json")


def _har(rand: Random) -> Container:
    out = _Writer(rand)
    out.add('{"log": {"version": "1.2", "creator": {"name": "fuzz \\" ]}", "version": "1"}, "entries": [')
    for number in range(rand.randint(1, 4)):
        out.add(", " if number else "")
        if out.is_one_of(3):
            out.add('{"request": {"method": "GET", "url": "https://example.com/{[", "headers": []}, "response": {}},')
        _har_entry(out, event(rand, number))
    out.add("]}}")
    return out.done("har", "recording.har")


def _har_entry(out: _Writer, drawn: Drawn) -> None:
    url = f"https://example.com{_ENDPOINT}{drawn.event_type}"
    out.add('{"startedDateTime": "2024-01-01T00:00:00Z", "request": {"method": "POST", "url": ' + json.dumps(url))
    out.add(', "headers": [{"name": "Content-Type", "value": "application/json"}], "postData": ')
    try:
        text = drawn.body.decode()
    except UnicodeDecodeError:
        text = None
    if text is None or out.is_one_of(4):
        content = base64.b64encode(drawn.body).decode()
        out.add_encoded(drawn, json.dumps({"mimeType": "application/json", "text": content, "encoding": "base64"}))
    elif out.is_one_of(4):
        out.add_encoded(drawn, json.dumps(text))
    else:
        data = {"mimeType": "application/json", "text": text}
        out.add_encoded(drawn, json.dumps(data, ensure_ascii=out.is_one_of(2)))
    status = 202 if drawn.fate == "accepted" else 400
    out.add(', "bodySize": -1}, "response": {"status": ' + str(status) + ', "content": {"text": "{}"}}}')


def _console(rand: Random) -> Container:
    out = _Writer(rand)
    for number in range(rand.randint(1, 4)):
        out.add(rand.choice(("", "\n", "# a comment\n", "// POST\n", "/* a\n comment */\n")))
        if out.is_one_of(4):
            out.add('GET _search\n{"query": {"match_all": {}}}\n\n')
        drawn = event(rand, number)
        _request_line(out, drawn)
        body = drawn.body.strip()
        out.add_event(drawn._replace(body=body), is_as_sent=b"/" not in body and b"#" not in body)
        out.add(rand.choice(("\n", "\n\n", " \n")))
    return out.done("console", rand.choice(("events.console", "events.es", "events.http")))


def _request_line(out: _Writer, drawn: Drawn, start: str = "", rest: str = "") -> None:
    out.add(f"{out.rand.choice(('POST', 'POST', 'post'))} {start}{_ENDPOINT}"[: None if start else 1000])
    begin = len(out.data)
    out.add(drawn.event_type)
    out.editable.append((begin, len(out.data)))
    out.add(out.rand.choice(("", "?debug=true", "?pretty")) + rest + "\n")


def _http(rand: Random) -> Container:
    out = _Writer(rand)
    if out.is_one_of(3):
        out.add("@host = https://example.com\n\n")
    for number in range(rand.randint(1, 4)):
        out.add("" if number == 0 else rand.choice(("\n###\n", "\n### next\n# a comment\n", "\n\n###\n\n")))
        drawn = event(rand, number)
        _request_line(out, drawn, rand.choice(("https://example.com", "{{host}}", "http://localhost:9200")))
        out.add("Content-Type: application/json\n" + rand.choice(("", "# comment\n", "X-A: {{b}}\n")) + "\n")
        body = drawn.body.strip()
        out.add_event(drawn._replace(body=body), is_as_sent=b"\n//" not in body and b"\n #" not in body)
        out.add(rand.choice(("\n", "", "\n\n> {%\n client.test();\n%}\n")))
    return out.done("http", rand.choice(("events.http", "events.rest")))


def _markdown(rand: Random) -> Container:
    out = _Writer(rand)
    out.add("# Events\n\nPOST /_application/analytics/site/event/search is not read here.\n\n")
    for number in range(rand.randint(1, 3)):
        if out.is_one_of(3):
            out.add('```json\n{"not": "an event"}\n```\n\n')
        drawn = event(rand, number)
        body = drawn.body.strip()
        if out.is_one_of(2):
            out.add(f"```json {drawn.event_type}\n")
            out.add_event(drawn._replace(body=body))
        else:
            out.add("```" + rand.choice(("es", "console")) + "\n")
            _request_line(out, drawn)
            out.add_event(drawn._replace(body=body), is_as_sent=b"/" not in body and b"#" not in body)
        out.add("\n```\n\nText.\n")
    return out.done("markdown", "events.md")


_KINDS: tuple[Callable[[Random], Container], ...] = (_ndjson, _array, _sequence, _har, _console, _http, _markdown)
