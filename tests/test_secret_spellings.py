"""Secrets in many spellings and places are shown in no channel, and ordinary strings are left alone."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest

import eventlint
from eventlint import InvalidEvent
from eventlint.cli import main
from eventlint.guard.incident_log import log_incident
from eventlint.guard.policy import Incident
from eventlint.output import RENDERERS
from eventlint.pytest_plugin import assert_event
from eventlint.redact import redact
from tests.secret_spellings import ORDINARY, Spelling, places, spellings

SPELLINGS = spellings()
MOST_MISSED = 0.03


def is_hidden(one: Spelling, shown: str) -> bool:
    """Whether a text does not show the secret of a spelling."""
    return one.secret not in shown


def test_there_are_enough_spellings() -> None:
    """The shares below are about at least 300 spellings and 100 ordinary strings."""
    assert len(SPELLINGS) >= 300
    assert len(set(ORDINARY)) >= 100


def test_redaction_hides_secrets_in_every_place() -> None:
    """At most 3 % of the secrets in the text of an event stay."""
    every = [(one, place, event) for one in SPELLINGS for place, _, event in places(one)]
    missed = [(place, one.text) for one, place, event in every if not is_hidden(one, redact(event))]
    assert len(missed) <= MOST_MISSED * len(every), missed[:40]


def test_ordinary_strings_are_neither_redacted_nor_reported() -> None:
    """At most 3 % of ordinary strings change, or are reported as a secret or as personal data in a URL or query."""
    flagged = []
    for text in ORDINARY:
        url = text if "://" in text else f"https://www.example.com/?{text if '=' in text else f'q={text}'}"
        page = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": url}}
        search = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": text}}
        found = {
            finding.rule
            for event, kind in ((page, "page_view"), (search, "search"))
            for finding in eventlint.check(event, kind).findings
        }
        if redact(text) != text or redact(url) != url or found & {"secret-in-url", "personal-data"}:
            flagged.append(text)
    assert len(flagged) <= MOST_MISSED * len(ORDINARY), flagged


def test_the_rule_reports_parameters_in_every_part_of_a_url() -> None:
    """``secret-in-url`` knows the same names as redaction, encoded ones too."""
    missed, number = [], 0
    for one in SPELLINGS:
        for place, kind, event in places(one) if one.is_parameter else ():
            if kind == "page_view":
                number += 1
                found = {finding.rule for finding in eventlint.check(event, kind).findings}
                missed += [(place, one.text)] if "secret-in-url" not in found else []
    assert len(missed) <= MOST_MISSED * number, missed[:40]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one event for each spelling, in a place in turn."""
    root = tmp_path_factory.mktemp("events")
    for number, one in enumerate(SPELLINGS):
        every = list(places(one))
        _, kind, event = every[number % len(every)]
        (root / f"{kind}.{number}.json").write_text(event)
    return root


def shown_secrets(text: str) -> list[str]:
    """The spellings whose secrets a text shows; a filling that several keys share counts once."""
    text = re.sub(r"[0-9a-f]{32}(?:-\d+)?", "", text)  # fingerprints can contain any digits
    return sorted({one.secret for one in SPELLINGS if not is_hidden(one, text)})


CHANNELS = {
    **{f"format {name}": ["--format", name, "--show-answer"] for name in RENDERERS},
    "diff": ["--diff", "--unsafe-fixes"],
    "baseline": ["--write-baseline", "--baseline", "known.json"],
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_channel_shows_a_secret(
    channel: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At most 3 % of the spellings are shown by a format, a diff, or a baseline."""
    monkeypatch.chdir(folder)
    main(["check", "--isolated", *CHANNELS[channel], "."])
    captured = capsys.readouterr()
    text = captured.out + captured.err
    if channel == "baseline":
        text += (folder / "known.json").read_text()
    assert text
    assert len(shown_secrets(text)) <= MOST_MISSED * len({one.secret for one in SPELLINGS}), shown_secrets(text)


def test_no_exception_log_or_answer_shows_a_secret(
    folder: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Strings and representations of findings and reports, exceptions, log records, and answers."""
    caplog.set_level(logging.INFO, "eventlint")
    parts = []
    for path in sorted(folder.glob("*.json"))[::3]:
        kind = path.name.partition(".")[0]
        if kind not in ("search", "page_view"):
            continue
        event = path.read_text()
        report = eventlint.check(event, kind)
        parts += [repr(report), repr(report.findings), *map(str, report.findings), json.dumps(report.to_dict())]
        parts += [str(report.answer), repr(report.answer)]
        log_incident(Incident(tier="error", findings=report.findings, report=report))
        for check in (eventlint.validate, assert_event):
            try:
                check(event, kind)
            except (InvalidEvent, AssertionError) as error:
                parts += [str(error), repr(error)]
        main(["answer", str(path), "--event-type", kind])
    for record in caplog.records:  # times and numbers of processes can contain any digits
        parts.append(str([value for value in record.__dict__.values() if not isinstance(value, int | float)]))
    text = "\n".join((*parts, caplog.text, capsys.readouterr().out))
    assert len(shown_secrets(text)) <= MOST_MISSED * len({one.secret for one in SPELLINGS}), shown_secrets(text)
