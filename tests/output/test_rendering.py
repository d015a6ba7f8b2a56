"""What is shown of a finding does not depend on the findings before it, and nothing is computed or sent twice."""

from __future__ import annotations

import dataclasses
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.escaping import printable
from eventlint.file_check import check_record
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.record import Place, Record
from eventlint.job import Job, file_of
from eventlint.model import Edit, Finding, Fix, Position, moved
from eventlint.output import Rendered, Style, Summary, renderer
from eventlint.output.rendering import RedactedLines, render
from eventlint.output.text import Concise
from eventlint.redact import redact, redact_part, redact_pointer

POSITIONS = st.none() | st.builds(Position, line=st.just(1), column=st.integers(1, 60), offset=st.integers(0, 60))
"""Positions in the first line."""

SECRETS = "'hunter22xx' was sent with password=hunter22xx to https://u:pw1234@h.example/?sig=9f8e7d6c5b4a"
WORDS = st.sampled_from(["'id' cannot be a number", "token=9f8e7d6c5b4a", "a\u202eb", "", "x" * 700, SECRETS])
POINTERS = st.sampled_from(["", "/user/id", "/password", "/search/api_key/0", "/a" * 400, "/jane.doe@example.com"])
FIXES = st.none() | st.builds(
    Fix,
    safety=st.sampled_from(["safe", "unsafe"]),
    title=WORDS,
    edits=st.tuples(st.builds(Edit, start=st.integers(0, 9), end=st.integers(9, 12), content=st.binary(max_size=3))),
)
FINDINGS = st.builds(
    Finding,
    rule=st.sampled_from(["wrong-type", "blank-id"]),
    tier=st.sampled_from(["error", "lint"]),
    message=WORDS,
    pointer=POINTERS,
    position=POSITIONS,
    hint=st.none() | WORDS,
    path=st.sampled_from([None, "search.json"]),
    record=st.none() | st.integers(1, 3),
    releases=st.sampled_from([(), ("8.16.0",)]),
    fix=FIXES,
)


@given(FINDINGS)
def test_the_wording_is_redacted_and_escaped(finding: Finding) -> None:
    """The pointer, the message and the hint are shown without secrets, whether or not they were shown before."""
    shown = render(finding).finding
    assert shown.pointer == redact_pointer(finding.pointer)
    assert shown.message == printable(redact(finding.message))
    assert shown.hint == (printable(redact(finding.hint)) if finding.hint else finding.hint)
    assert dataclasses.replace(shown, pointer="", message="", hint=None) == dataclasses.replace(
        finding, pointer="", message="", hint=None
    )


@given(st.lists(FINDINGS, min_size=2), WORDS)
def test_findings_in_one_line_are_shown_as_single_ones(findings: list[Finding], line: str) -> None:
    """What findings share is not mixed up."""
    shared = RedactedLines(line)
    together = [render(one, shared, at=one.position) for one in findings]
    assert together == [render(one, RedactedLines(line), at=one.position) for one in findings]


@given(WORDS)
def test_a_whole_line_is_redacted_as_a_part_that_is_not_cut(line: str) -> None:
    """A line that is not long needs no search for secrets at its ends."""
    assert redact(line) == redact_part(line, 0, len(line))


@pytest.mark.parametrize("name", ["text", "concise", "github", "jsonl"])
@given(st.lists(st.builds(Rendered, finding=FINDINGS, line=WORDS, answer=st.none() | WORDS, refused=st.none() | WORDS)))
def test_findings_of_a_run_are_written_as_single_ones(name: str, findings: list[Rendered]) -> None:
    """A format writes the same for a finding after others, of its event or of earlier ones."""
    together: list[str] = []
    run = renderer(name, together.append, Style())
    run.findings(findings)
    run.findings(findings[::-1])
    single: list[str] = []
    for one in [*findings, *findings[::-1]]:
        renderer(name, single.append, Style()).findings([one])
    assert "".join(together) == "".join(single)


def test_the_descriptions_that_are_kept_are_bounded() -> None:
    """A run with many different findings keeps some of their descriptions, and no long one."""
    written: list[str] = []
    out = Concise(written.append, Style())
    for number in range(2_000):
        out.findings([Rendered(Finding(rule="blank-id", tier="lint", message=f"{number}{' a' * (number % 500)}"))])
    assert 0 < len(out._known) <= 512
    assert max(map(len, out._known.values())) <= 600


@given(FINDINGS, POSITIONS, FIXES)
def test_moved_findings_differ_only_in_their_place(
    finding: Finding, position: Position | None, fix: Fix | None
) -> None:
    """``moved`` gives what ``dataclasses.replace`` gives."""
    wanted = dataclasses.replace(finding, position=position, fix=fix, path="a", record=7)
    assert moved(finding, position, fix, "a", 7) == wanted


@given(FINDINGS, st.sampled_from([1, pickle.HIGHEST_PROTOCOL]))
def test_a_finding_can_be_pickled(finding: Finding, protocol: int) -> None:
    """Findings are sent between processes."""
    assert pickle.loads(pickle.dumps(finding, protocol)) == finding  # noqa: S301 - its own data


def test_a_fingerprint_is_that_of_the_line_without_secrets() -> None:
    """It can be computed in another process, and does not depend on a secret, nor on the value that is hidden."""
    finding = Finding(rule="blank-id", tier="lint", message="m", pointer="/password")
    prints = set()
    for secret in ("hunter2secret", "another8value"):
        line = f'{{"password": "{secret}"}}'
        at = Position(line=1, column=14, offset=13)
        one = render(finding, RedactedLines(line), at=at)
        sent = pickle.loads(pickle.dumps(one))  # noqa: S301 - its own data
        prints |= {one.fingerprint, sent.fingerprint}
    assert len(prints) == 1


def test_a_finding_about_the_run_has_no_fingerprint() -> None:
    """It is in no file."""
    assert Rendered(Finding(rule="blank-id", tier="lint", message="m")).fingerprint == ""


def test_similar_findings_share_what_is_sent() -> None:
    """A finding that differs from others only in its place is sent without its texts again."""
    options: dict[str, Any] = {"event_type": "search", "patterns": (), "patterns_folder": ".", "form": None}
    job = Job(
        releases=("latest",), collections=None, envelope=Envelope(), skip_unknown=False, stdin_name=None, **options
    )
    file, counts = file_of(job, "search.ndjson"), Summary()
    found = [
        check_record(
            job, file, Record(body=b'{"session":{},"user":{"id":%d}}' % number, place=Place(line=number)), counts
        )
        for number in range(1, 101)
    ]
    number = sum(map(len, found))
    assert number == 300
    assert len(pickle.dumps(found)) / number < 120
