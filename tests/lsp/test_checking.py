"""Checks of the versions of one document."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from eventlint.file_check import check_record
from eventlint.inputs.record import Record
from eventlint.job import File, Job
from eventlint.lsp import checking
from eventlint.lsp.checking import Checks, Published
from eventlint.lsp.positions import utf8
from eventlint.lsp.settings import Workspace
from eventlint.output import Rendered, Summary
from tests.lsp.support import BAD, GOOD, LOSSY, REQUEST, check, diagnostics_of, document_of

ENVELOPE = f'{{"event_type": "search", "collection": "site", "payload": {LOSSY}}}'
EVENTS = [GOOD, BAD, LOSSY, ENVELOPE, "{", "not json", '[{"a": 1}, 2]', "", "  ", "{} {}", "\ufeff{}", "é😀"]
REQUESTS = [
    f"{REQUEST}{GOOD}",
    f"{REQUEST}{BAD}",
    f"# eventlint: ignore[coerced-integer]\n{REQUEST}{LOSSY}",
    f"{REQUEST}{{\n  # eventlint: ignore[unknown-field]\n  'x': 1\n}}",
    "POST /_application/analytics/site/event/serach\n{}",
    "POST https://host/_application/analytics/{{site}}/event/search\nContent-Type: application/json\n\n{{body}}",
    "###",
    "GET /_search",
    "text about _application/analytics/x/event/y",
    "@site = shop",
]


def har(bodies: list[str]) -> str:
    """A recording of requests."""
    url = "https://host/_application/analytics/site/event/search"
    requests = [{"method": "POST", "url": url, "postData": {"text": body}} for body in bodies]
    return json.dumps({"log": {"entries": [{"request": one} for one in requests]}})


def parts_of(name: str, drawn: random.Random) -> str:
    """A document of a kind."""
    some = drawn.choices(REQUESTS if name.endswith((".http", ".md")) else EVENTS, k=drawn.randint(0, 7))
    if name.endswith(".md"):
        return "\n".join(f"{drawn.choice(['', '> '])}```console\n{one}\n```" for one in some)
    if name.endswith(".har"):
        return har(some)
    if name.endswith(".json"):
        return "[" + ",\n ".join(some) + "]" if drawn.random() < 0.8 else (some or [""])[0]
    return drawn.choice(["\n", "\r\n"]).join(some) if name.endswith(".ndjson") else "\n\n".join(some)


def edited(text: str, drawn: random.Random) -> str:
    """A text after an edit."""
    start = drawn.randint(0, len(text))
    end = min(len(text), start + drawn.choice([0, 0, 1, 1, 5, 200]))
    new = drawn.choice(["", "x", '"', "\n", "{", "}", " ", "é", "\r\n", BAD, f"\n\n{REQUEST}{LOSSY}\n\n", ENVELOPE])
    return text[:start] + new + text[end:]


@pytest.mark.parametrize("name", ["search.ndjson", "search.json", "a.http", "a.md", "a.har", "a.ndjson", "search.txt"])
@pytest.mark.parametrize("seed", range(6))
def test_a_version_has_the_diagnostics_of_a_new_document(tmp_path: Path, name: str, seed: int) -> None:
    """What is kept from earlier versions changes nothing, whatever was edited."""
    drawn = random.Random(f"{name}{seed}")
    workspace = Workspace([str(tmp_path)])
    checks, text = Checks(), parts_of(name, drawn)
    for _ in range(12):
        document = document_of(tmp_path / name, text, workspace=workspace)
        assert check(document, checks) == check(document)
        text = edited(text, drawn)


def test_only_what_changed_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of one line checks one line, also when lines before it were removed."""
    bodies: list[bytes] = []

    def counted(job: Job, file: File, record: Record, counts: Summary) -> list[Rendered]:
        bodies.append(record.body)
        return check_record(job, file, record, counts)

    monkeypatch.setattr("eventlint.lsp.checking.check_record", counted)
    workspace, checks = Workspace([str(tmp_path)]), Checks()
    lines = [BAD.replace("s-1", f"s-{number}") for number in range(20)]
    check(document_of(tmp_path / "search.ndjson", "\n".join(lines), workspace=workspace), checks)
    assert len(bodies) == 20
    bodies.clear()
    lines = [*lines[3:7], lines[7].replace("shoes", "boots"), *lines[8:]]
    found = check(document_of(tmp_path / "search.ndjson", "\n".join(lines), workspace=workspace), checks)
    assert bodies == [utf8(lines[4])]
    assert len(found) == 17


def test_results_of_versions_that_are_gone_are_not_kept(tmp_path: Path) -> None:
    """Memory does not grow with the number of edits."""
    workspace, checks = Workspace([str(tmp_path)]), Checks()
    for number in range(50):
        lines = [BAD.replace("s-1", f"s-{number}-{line}") for line in range(5)]
        check(document_of(tmp_path / "search.ndjson", "\n".join(lines), workspace=workspace), checks)
    assert len(checks._known) == 5


def test_the_start_and_the_place_of_the_change_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first list of diagnostics of a large document has what the user can see."""
    monkeypatch.setattr(checking, "_FIRST", 200)
    for seconds in ("_PATIENCE", "_EVERY", "_SLICE"):
        monkeypatch.setattr(checking, seconds, 0)
    lines = [BAD.replace("s-1", f"s-{number}") for number in range(100)]
    document = document_of(tmp_path / "search.ndjson", "\n".join(lines))
    focus = document.positions.line_start(70)
    seen = []
    for step in Checks().check(document, 1000, focus):
        if isinstance(step, Published):
            seen.append({document.positions.line_of(one.start) for one in step.diagnostics})
    order = [line for before, after in zip([set(), *seen], seen, strict=False) for line in sorted(after - before)]
    assert order[:8] == [0, 1, 2, 68, 69, 70, 71, 72]
    assert seen[-1] == set(range(100))


def test_what_exceeds_the_limit_is_counted(tmp_path: Path) -> None:
    """Diagnostics that are not shown are never left out silently."""
    text = "\n".join(BAD.replace("s-1", f"s-{number}") for number in range(50))
    found = check(document_of(tmp_path / "search.ndjson", text), most=10)
    assert len(found) == 11
    assert found[-1].message == "40 more diagnostics not shown; 'eventlint check' lists all findings"


def test_what_was_only_counted_is_shown_when_there_is_room(tmp_path: Path) -> None:
    """After the first problems are fixed, those that follow appear."""
    workspace, checks = Workspace([str(tmp_path)]), Checks()
    lines = [BAD.replace("s-1", f"s-{number}") for number in range(50)]
    check(document_of(tmp_path / "search.ndjson", "\n".join(lines), workspace=workspace), checks, most=5)
    lines[:47] = [GOOD] * 47
    found = check(document_of(tmp_path / "search.ndjson", "\n".join(lines), workspace=workspace), checks, most=5)
    assert [one.rule for one in found] == ["unknown-field"] * 3


def test_an_event_that_was_not_checked_is_a_hint(tmp_path: Path) -> None:
    """What cannot be checked does not look clean."""
    (found,) = diagnostics_of(
        tmp_path / "a.http", f"{REQUEST.strip()} HTTP/1.1\nContent-Type: application/json\n\n{{{{body}}}}"
    )
    assert (found.severity, found.message) == ("hint", "not checked: the event is a variable")


@pytest.mark.parametrize(("config", "severity"), [("", "error"), (None, "hint")])
def test_json_without_a_type_is_a_hint_where_nothing_is_configured(
    tmp_path: Path, config: str | None, severity: str
) -> None:
    """A package.json is no event; in a repository with a configuration, it should be excluded."""
    if config is not None:
        (tmp_path / "eventlint.toml").write_text(config)
    found = diagnostics_of(tmp_path / "package.json", "{}")
    assert [(one.rule, one.severity) for one in found] == [("undetermined-event-type", severity)]


def test_a_wrong_configuration_is_shown_in_the_document(tmp_path: Path) -> None:
    """A document that cannot be checked does not look clean."""
    (tmp_path / "eventlint.toml").write_text("relase = []")
    (found,) = diagnostics_of(tmp_path / "search.json", GOOD)
    assert found.severity == "error"
    assert "unknown setting 'relase'" in found.message


def test_secrets_and_control_characters_are_not_shown(tmp_path: Path) -> None:
    """Messages are those of all outputs."""
    text = GOOD.replace("s-1", "s-1").replace('"query"', '"password=hunter2secret\\u001b[31m": 1, "query"')
    shown = repr([(one.message, one.data) for one in diagnostics_of(tmp_path / "search.json", text)])
    assert "hunter2secret" not in shown
    assert "\x1b" not in shown


def test_a_body_in_another_file_is_shown_where_it_is_named(tmp_path: Path) -> None:
    """The finding is in the other file, to which the diagnostic leads."""
    (tmp_path / "body.json").write_text(BAD)
    document = document_of(tmp_path / "a.http", f"{REQUEST}Content-Type: application/json\n\n< ./body.json\n")
    (found,) = check(document)
    assert found.rule == "unknown-field"
    assert document.positions.line_of(found.start) == 0
    assert [(Path(one.path).name, one.line, one.column) for one in found.related] == [("body.json", 0, 61)]
