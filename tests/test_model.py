"""The values of findings, answers and pointers."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from eventlint import Answer, Edit, Finding, Fix, Position, Request, check
from eventlint.escaping import printable
from eventlint.model import changed, concise, new_position, pointer
from eventlint.output import RENDERERS, Rendered, Style, renderer
from eventlint.tiers import FAILING, TIERS

FINDING = Finding(rule="blank-id", tier="error", message="'id' is blank")
POSITION = Position(line=2, column=21, offset=22)


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (FINDING, "eventlint: error[blank-id]: 'id' is blank"),
        (
            Finding(
                rule="blank-id",
                tier="error",
                message="'id' is blank",
                pointer="/session/id",
                path="a/b.json",
                position=POSITION,
                releases=("8.19.0", "9.0.0"),
            ),
            "a/b.json:2:21: error[blank-id]: 'id' is blank (/session/id) [8.19.0, 9.0.0]",
        ),
        (
            Finding(rule="x", tier="lint", message="a\x1b[31mb", pointer="/\u202e", path="c\n:1.json"),
            "c\\u000a\\:1.json: lint[x]: a\\u001b[31mb (/\\u202e)",
        ),
        (
            Finding(rule="x", tier="loss", message="m", pointer="/token=hunter2hunter2"),
            "eventlint: loss[x]: m (/token=**************)",
        ),
    ],
)
def test_a_finding_as_a_string_is_its_concise_line(finding: Finding, line: str) -> None:
    """``str(finding)`` is what the format ``concise`` prints; it has no control characters and no secrets."""
    written: list[str] = []
    renderer("concise", written.append, Style()).findings([Rendered(finding)])
    assert str(finding) == line
    assert "".join(written) == line + "\n"
    assert "concise" in RENDERERS


def test_paint_is_called_for_the_place_and_the_rule() -> None:
    """Color does not change the text of the line."""
    calls: list[tuple[str, Any]] = []

    def paint(text: str, tier: Any) -> str:
        calls.append((text, tier))
        return text

    assert concise(FINDING, paint) == str(FINDING)
    assert sorted(calls) == [("error[blank-id]", "error"), ("eventlint:", None)]


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (Answer(status=202, body=b'{"accepted":true}'), "202"),
        (Answer(status=200), "200"),
        (Answer(status=405, body=b'{"error":"no\\nmore","status":405}'), "405 no"),
        (
            Answer(status=400, body=b'{"error":{"type":"a","reason":"b","caused_by":{"type":"c","reason":"d"}}}'),
            "400 c: d",
        ),
        (Answer(status=400, body=b'{"error":"' + b"x" * 200 + b'"}'), f"400 {'x' * 159}…"),
        (Answer(status=400, body=b'{"error":"password=hunter2"}'), "400 password=*******"),
        (Answer(status=400, body=b"---\nerror: yaml\n"), "400"),
        (Answer(status=400, body=b"[1]"), "400"),
    ],
)
def test_an_answer_as_a_string_is_its_status_and_reason(answer: Answer, line: str) -> None:
    """``str(answer)`` has the innermost reason on one line, with secrets redacted."""
    assert str(answer) == line


@pytest.mark.parametrize(
    ("parts", "expected"),
    [((), ""), (("a", 0, "b"), "/a/0/b"), (("a/b", "c~d", "~1"), "/a~1b/c~0d/~01"), (("",), "/")],
)
def test_pointers_escape_tildes_and_slashes(parts: tuple[str | int, ...], expected: str) -> None:
    """As in RFC 6901, section 3."""
    assert pointer(parts) == expected


def test_printable_escapes_what_controls_a_terminal() -> None:
    """Control characters, bidirectional controls, and spaces other than U+0020 are escaped, except those to keep."""
    assert printable("plain") == "plain"
    escaped = "a\\u0009b\\u000ac\\u001bd\\u202ee\u00e9\\u00a0\\U000e0001"
    assert printable("a\tb\nc\x1bd\u202ee\u00e9\u00a0\U000e0001") == escaped
    assert printable("a\tb\n\x07", keep="\t\n") == "a\tb\n\\u0007"


def test_the_page_of_a_rule() -> None:
    """Rules of custom contracts share one page."""
    assert FINDING.url == "docs/rules/blank-id.md"
    assert Finding(rule="shop-name", tier="contract", message="m").url == "docs/rules/contract-violation.md"


def test_the_values_are_immutable_and_can_be_pickled() -> None:
    """Equal values are equal after pickling, and have the same hash."""
    fix = Fix("safe", "remove it", (Edit(0, 1, b""),))
    values: list[Any] = [FINDING, POSITION, fix, Answer(status=202), Request(method="POST", uri="/")]
    for value in values:
        copy = pickle.loads(pickle.dumps(value))  # noqa: S301 - pickled on the same line
        assert copy == value
        assert type(copy) is type(value)
    assert hash(FINDING) == hash(pickle.loads(pickle.dumps(FINDING)))  # noqa: S301 - pickled on the same line
    for value, name in ((FINDING, "rule"), (POSITION, "line"), (Answer(status=1), "status")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, 1)


def test_the_failing_tiers_are_all_but_lint() -> None:
    """The order is from severe to harmless."""
    assert TIERS == ("error", "contract", "loss", "lint")
    assert TIERS[:3] == FAILING


def test_offsets_of_positions_and_edits_are_bytes() -> None:
    """A column counts characters, an offset bytes."""
    body = '{"session":{"id":"é"},"user":{"id":" "},"search":{"query":"q"}}'
    (finding,) = (finding for finding in check(body, "search").findings if finding.rule == "blank-id")
    assert finding.position is not None
    assert finding.position.column - 1 == body.index('" "')
    assert finding.position.offset == body.encode().index(b'" "')


def test_findings_that_are_created_fast_are_like_all_others() -> None:
    """Each attribute has its value, and none can be changed."""
    position, fix = Position(line=1, column=2, offset=3), Fix("safe", "rename", (Edit(0, 1, b"a"),))
    finding = Finding(
        rule="rule",
        tier="loss",
        message="message",
        pointer="/a",
        position=position,
        hint="hint",
        effect="lost",
        fatal=True,
        path="path",
        record=4,
        event_type="search",
        releases=("8.19",),
        fix=fix,
    )
    made = changed(finding, "/a", "message", "hint", new_position(1, 2, 3), fix, "path", 4)
    assert made == finding
    assert (type(made), type(made.position), hash(made)) == (Finding, Position, hash(finding))
    with pytest.raises(FrozenInstanceError):
        made.rule = "other"  # type: ignore[misc]
