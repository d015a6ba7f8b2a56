"""A release whose schema has one more field is data only: old releases reject the field, the new one accepts it."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from eventlint.spec import catalog
from tests.made_up_release import FIELD, RELEASE, MadeUp, made_up

OLD = [era.name for era in catalog().eras]
PROGRAM = f"""
import json
import eventlint

event = {{"session": {{"id": "s-1"}}, "user": {{"id": "u-1"}}, "search": {{"query": "shoes", "{FIELD}": "spring"}}}}
long = {{**event, "search": {{"query": "shoes", "{FIELD}": "x" * 2000}}}}
misspelled = {{**event, "search": {{"query": "shoes", "{FIELD}x": "spring"}}}}
path = "/_application/analytics/site/event/search"
found = {{}}
for release in {[*OLD, RELEASE, "latest"]!r}:
    checker = eventlint.Checker(release)
    body = json.dumps(event).encode()
    answers = eventlint.Server(release).respond("POST", path, {{"Content-Type": "application/json"}}, body)
    found[release] = {{
        "check": [finding.rule + finding.pointer for finding in checker.check(event, "search").findings],
        "check bytes": [finding.rule + finding.pointer for finding in checker.check(body, "search").findings],
        "long": [finding.rule + finding.pointer for finding in checker.check(long, "search").findings],
        "is_valid": [checker.is_valid(event, "search"), eventlint.is_valid(event, "search", release=release)],
        "is_valid again": eventlint.is_valid(event, "search", release=release),
        "answer": [answers.status, checker.check(event, "search").answer.status],
        "did you mean": checker.check(misspelled, "search").findings[0].hint,
    }}
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    """A copy of the package with the made-up release."""
    return made_up(tmp_path_factory.mktemp("made-up"))


@pytest.fixture(scope="module")
def found(package: MadeUp) -> Any:
    """What each release reports about an event with the new field."""
    return json.loads(package.python(PROGRAM))


@pytest.mark.parametrize("release", OLD)
def test_an_old_release_rejects_the_field(found: Any, release: str) -> None:
    """The field is unknown in ``check``, ``is_valid`` and the server's answer."""
    reported = found[release]
    unknown = [f"unknown-field/search/{FIELD}"]
    assert (reported["check"], reported["check bytes"], reported["long"]) == (unknown, unknown, unknown)
    assert (reported["is_valid"], reported["is_valid again"]) == ([False, False], False)
    assert reported["answer"] == [400, 400]


@pytest.mark.parametrize("release", [RELEASE, "latest"])
def test_the_new_release_accepts_the_field(found: Any, release: str) -> None:
    """The field is clean, and the rules about its values apply to it."""
    reported = found[release]
    assert (reported["check"], reported["check bytes"]) == ([], [])
    assert reported["long"] == [f"keyword-too-long/search/{FIELD}"]
    assert (reported["is_valid"], reported["is_valid again"]) == ([True, True], True)
    assert reported["answer"] == [202, 202]
    assert FIELD in reported["did you mean"]


def eventlint(package: MadeUp, *words: str, code: int = 0) -> str:
    """Run a command of the copy; returns its standard output."""
    return package.run(sys.executable, "-m", "eventlint", *words, code=code).stdout


def test_the_command_line_follows_the_release(package: MadeUp) -> None:
    """``check`` and ``answer`` take the schema of ``--release``."""
    event = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", FIELD: "spring"}}
    (package.cwd / "search.json").write_text(json.dumps(event))
    eventlint(package, "check", "--isolated", "--release", RELEASE, "search.json")
    eventlint(package, "check", "--isolated", "--release", OLD[-1], "search.json", code=1)
    assert "202" in eventlint(package, "answer", "--release", RELEASE, "--event-type", "search", "search.json")
    assert "unknown field" in eventlint(
        package, "answer", "--release", OLD[-1], "--event-type", "search", "search.json"
    )


def test_editors_offer_and_explain_the_field_in_the_release_only(package: MadeUp) -> None:
    """Completion and hover know the releases of the configuration; a field is offered if all of them have it."""
    program = f"""
from pathlib import Path
from eventlint.lsp.completion import completions
from eventlint.lsp.documents import Document
from eventlint.lsp.hover import hover
from eventlint.lsp.settings import Workspace

text = b'{{"search": {{"{FIELD}": 1}}}}'
half = b'{{"search": {{""}}}}'
for releases in ("{RELEASE}", "9.1.2", '{RELEASE}", "9.1.2'):
    Path("eventlint.toml").write_text(f'release = ["{{releases}}"]')
    document = Document("search.json", half, Workspace(["."]).settings("search.json"))
    offered = "{FIELD}" in [one.label for one in completions(document, half.index(b'""'))]
    document = Document("search.json", text, Workspace(["."]).settings("search.json"))
    shown = hover(document, text.index(b"{FIELD}"))
    print(offered, shown is not None and "Campaign" in shown.markdown)
Path("eventlint.toml").unlink()
"""
    assert package.python(program).split("\n") == ["True True", "False False", "False True", ""]
