"""The parts of the versions of a document: what is read again, and what is not."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from eventlint.inputs.record import Place, Record
from eventlint.lsp.documents import Document
from eventlint.lsp.parts import Parts
from eventlint.lsp.settings import Workspace
from tests.lsp.support import BAD, GOOD, REQUEST, document_of

LINES = [
    *("", "", "###", "# a comment", "// eventlint: ignore[unknown-field]", "/* a", "b */", "/* c */", "a < b"),
    *("> {%", "%}", "< {% x %}", "> ./answer.json", "< ./body.json", "<@ ./body.json", "HTTP/1.1 200 OK"),
    *(GOOD, BAD, GOOD, '{"search": {"query": "{{q}}"}}', '{"search": {"query": """a', 'b"""}}', "{", "}", "[1]", '"""'),
    *("POST /_application/analytics/site/event/search", "GET /_search", "POST _application/analytics/s/event/search"),
    *("POST https://h/_application/analytics/s/event/search HTTP/1.1", "Content-Type: application/json", "X-Y: {{q}}"),
    *("https://h/_application/analytics/s/event/search", "POST /p/_application/analytics/s/event/search", "{{h}}/x"),
    *("  ?debug=true", "  /more", "POST {{h}}/_application/analytics/s/event/search", "@q = shoes", "@h = https://h"),
    *("text _application/analytics/s/event/search", "GET /a # b", "${body}", "\ufeff", "@q = a\\b", "é😀", "{{q}}"),
]
FENCES = ["```", "```http", "```console", "~~~ es", "~~~", "````rest", "````", "```json search", "<!--", "-->", "> "]
PIECES = ["", "x", "\n", "\r", "\r\n", " ", "#", "/*", "*/", '"""', "`", "```", "> ", "@", "{", "}", "###\n", "%}"]


def line(name: str, drawn: random.Random) -> str:
    """A line of a document."""
    if name.endswith(".md") and drawn.random() < 0.35:
        return drawn.choice(FENCES)
    return ("> " if name.endswith(".md") and drawn.random() < 0.2 else "") + drawn.choice(LINES)


def text_of(name: str, drawn: random.Random) -> str:
    """A document: whole requests, and lines in any order."""
    found: list[str] = []
    for _ in range(drawn.randint(0, 14)):
        before, after = ("```console\n", "\n```\n") if name.endswith(".md") else ("", "\n")
        whole = before + REQUEST + drawn.choice([GOOD, BAD]) + after
        found.append(whole if drawn.random() < 0.4 else line(name, drawn))
    return drawn.choice(["\n", "\r\n", "\n", "\r"]).join(found)


def edited(name: str, text: str, drawn: random.Random) -> str:
    """A text after some edits: lines, or a few characters."""
    for _ in range(drawn.choice([1, 1, 1, 2])):
        start = drawn.choice([0, len(text), *(drawn.randint(0, len(text)) for _ in range(6))])
        end = min(len(text), start + drawn.choice([0, 0, 1, 3, 40, 300]))
        new = drawn.choice([drawn.choice(PIECES), line(name, drawn) + "\n", "\n" + line(name, drawn) + "\n"])
        text = text[:start] + new + text[end:]
    return text


def comparable(record: Record) -> Any:
    """A record with the segments of its source map, which are equal if they are the same parts of the text."""

    def place(one: Place | None) -> Any:
        return one if one is None or one.source_map is None else (one[:4], one.source_map.segments)

    return (*record._replace(place=Place(), head=None), place(record.place), place(record.head))


def found(document: Document, parts: Parts) -> list[Any]:
    """What is known of each part of a version, and its event."""
    return [
        (one.key, one.start, one.record and comparable(one.record())) for one in parts.of(document) if one is not None
    ]


@pytest.mark.parametrize("name", ["a.http", "a.console", "a.md"])
@pytest.mark.parametrize("seed", range(8))
def test_a_version_has_the_events_that_a_reader_finds(tmp_path: Path, name: str, seed: int) -> None:
    """What is not read again is what reading everything would find, whatever was edited."""
    drawn = random.Random(f"{name}{seed}")
    (tmp_path / "body.json").write_text(BAD)
    workspace = Workspace([str(tmp_path)])
    for _ in range(12):
        parts, text = Parts(), text_of(name, drawn)
        for _ in range(8):
            document = document_of(tmp_path / name, text, workspace=workspace)
            parts_now = found(document, parts)
            assert parts_now == found(document, Parts())
            if document.form != "ndjson":  # else the parts are lines
                assert [one[2] for one in parts_now] == [comparable(record) for record in document.records()]
            text = edited(name, text, drawn)


def test_many_variables_do_not_hide_that_one_is_removed(tmp_path: Path) -> None:
    """What depends on more variables than are compared is not taken for what depends on fewer."""
    workspace, parts = Workspace([str(tmp_path)]), Parts()
    many = "".join(f"@v{number} = {number}\n" for number in range(100))
    event = GOOD.replace("shoes", "{{q}}")
    blocks = [f"```http\n{one}\n```\n\n" for one in (many, "@q = shoes", f"{REQUEST}\n{event}")]
    for text in ("".join(blocks), blocks[0] + blocks[2]):
        document = document_of(tmp_path / "a.md", text, workspace=workspace)
        assert found(document, parts) == found(document, Parts())
