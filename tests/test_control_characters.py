"""Characters that control a terminal or change the direction of writing are shown escaped in every channel."""

from __future__ import annotations

import json
import logging
import unicodedata
from pathlib import Path

import pytest

import eventlint
from eventlint import InvalidEvent
from eventlint.cli import main
from eventlint.guard.incident_log import log_incident
from eventlint.guard.policy import Incident
from eventlint.output import RENDERERS
from eventlint.pytest_plugin import assert_event

HOSTILE = "\x1b]0;x\x07\x9b31m\u202eabc\u2066\u200f\u2028\x85"
NAME = "\x1b[31m\u202e.json"
EVENT = {
    "session": {"id": "s-1"},
    "user": {"id": " u-1" + HOSTILE},
    "search": {"query": "shoes", HOSTILE: 1, "sort": HOSTILE, "filters": {HOSTILE: 1, "x": [HOSTILE, 1]}},
}


def controls(text: str) -> set[str]:
    """The names or codes of characters of a text that a terminal must not get."""
    return {
        f"U+{ord(one):04X}"
        for one in text
        if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") and one != "\n"
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file whose name and event contain control characters."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"search.{NAME}").write_bytes(json.dumps(EVENT, ensure_ascii=False).encode())
    contract = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://example.com/search",
        "x-event-type": "search",
        "type": "object",
        "properties": {
            "user": {"properties": {"id": {"maxLength": 2, "x-rule": {"name": "short-id", "message": f"m{HOSTILE}"}}}}
        },
    }
    (tmp_path / "contract.json").write_text(json.dumps(contract))
    good = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
    (tmp_path / "good.json").write_text(json.dumps(good))
    return tmp_path


CHANNELS = {
    **{f"format {name}": ["check", "--format", name, "--show-answer"] for name in RENDERERS},
    "diff": ["check", "--diff", "--unsafe-fixes"],
    "show-files": ["check", "--show-files"],
    "verbose": ["check", "-v"],
    "answer": ["answer", f"search.{NAME}", "--event-type", "search"],
    "answers": ["answer", f"search.{NAME}", "--event-type", "search", "--all-releases"],
    "rules": ["rules", "--contract", "contract.json"],
    "explain": ["explain", "short-id", "--contract", "contract.json"],
    "docs": ["docs", "--contract", "contract.json"],
    "html docs": ["docs", "--contract", "contract.json", "--format", "html"],
    "contract": ["check", "--contract", "contract.json"],
    "docs in a folder": ["docs", "-o", f"out{HOSTILE}", "--title", HOSTILE],
    "docs with a title": ["docs", "--title", HOSTILE],
    "draft": ["schema", "draft", "--type", "search", "good.json", "-o", f"out{HOSTILE}"],
    "editor": ["schema", "export", "--format", "editor", "-o", f"out{HOSTILE}"],
    "generate": ["generate", "search", "-n", "1", "-o", f"out{HOSTILE}"],
    "write baseline": ["check", "--write-baseline", "--baseline", f"known{HOSTILE}"],
    "shared output": ["check", "--output", f"json:a{HOSTILE}", "--output", f"sarif:a{HOSTILE}"],
    "missing file": ["check", f"no{NAME}"],
    "unknown rule": ["check", "--select", f"x{HOSTILE}"],
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_channel_shows_a_control_character(channel: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing that an event, a file name, a contract or an argument contains reaches the terminal unescaped."""
    main([*CHANNELS[channel], "--isolated"] if CHANNELS[channel][0] == "check" else CHANNELS[channel])
    captured = capsys.readouterr()
    assert captured.out + captured.err
    allowed = {"U+2028"} if channel == "diff" else set()  # a separator in a file stays, so that the diff can be applied
    assert controls(captured.out + captured.err) <= allowed


def test_an_error_in_the_configuration_shows_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key of the configuration is escaped."""
    (folder / "eventlint.toml").write_text('"a\\u001b[31m\\u202e" = 1\n')
    assert main(["check"]) == 4
    text = capsys.readouterr().err
    assert "x1b" in text
    assert controls(text) == set()


def test_an_entry_of_a_baseline_shows_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The path and the pointer of an entry that is no longer found are escaped."""
    entry = {
        "path": f"search.{NAME}",
        "rule": f"x{HOSTILE}",
        "pointer": f"/{HOSTILE}",
        "fingerprint": "0" * 32,
        "count": 1,
    }
    (folder / "known.json").write_text(json.dumps({"version": 1, "findings": [entry]}))
    main(["check", "--isolated", "--baseline", "known.json", "."])
    text = capsys.readouterr().err
    assert "no longer found" in text
    assert controls(text) == set()


def test_exceptions_and_logs_show_none(caplog: pytest.LogCaptureFixture) -> None:
    """Strings and representations of findings, exceptions, assertions, and log records."""
    report = eventlint.check(EVENT, "search")
    log_incident(Incident(tier="error", findings=report.findings, report=report))
    parts = [repr(report), repr(report.findings), *map(str, report.findings), str(report.answer), caplog.text]
    for check in (eventlint.validate, assert_event):
        with pytest.raises((InvalidEvent, AssertionError)) as caught:
            check(EVENT, "search")
        parts += [str(caught.value), repr(caught.value)]
    assert len(caplog.records) == 1
    assert caplog.records[0].levelno == logging.ERROR
    assert controls("\n".join(parts)) == set()


def test_a_column_of_findings_shows_none() -> None:
    """Data frames are printed, too."""
    pyarrow = pytest.importorskip("pyarrow")
    from eventlint import arrow

    column = arrow.check(pyarrow.array([json.dumps(EVENT, ensure_ascii=False)]), "search")
    (result,) = column.to_pylist()
    assert len(result["findings"]) > 1
    assert controls(" ".join(str(value) for one in result["findings"] for value in one.values())) == set()


@pytest.mark.parametrize(
    ("content", "is_exact"),
    [
        ('"shoes"', True),
        ('"a\\u001b"', True),
        ('"call ann.lee@example.com"', False),
        ('"\u202eshoes"', False),
    ],
)
def test_a_diff_that_differs_from_the_file_says_so(
    content: str, is_exact: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If something was redacted or escaped, the last line says that the diff cannot be applied."""
    monkeypatch.chdir(tmp_path)
    user = '{"id": " u-1 "}'
    text = f'{{"session": {{"id": "s-1"}}, "user": {user}, "search": {{"query": {content}}}}}\n'
    (tmp_path / "search.json").write_text(text, encoding="utf-8")
    main(["check", "--isolated", "--diff", "--unsafe-fixes", "-q", "."])
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.startswith("--- ")
    assert rest[-1].startswith("# This diff cannot be applied") is not is_exact


def test_markdown_and_sarif_link_to_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Links, mentions and references in an event are neither in a Markdown table nor in a SARIF message."""
    monkeypatch.chdir(tmp_path)
    key = "[x](https://evil.example) @admin #12 www.evil.example <img>"
    (tmp_path / "search.json").write_text(json.dumps({"session": {"id": "s"}, "search": {"query": "q", key: 1}}))
    main(["check", "--isolated", "--format", "markdown", "."])
    text = capsys.readouterr().out
    assert not [one for one in ("https://", "@admin", "#12", "www.evil", "<img", "](") if one in text]
    main(["check", "--isolated", "--format", "sarif", "."])
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    messages = [result["message"]["text"] for result in run["results"]]
    assert any("evil" in message for message in messages)
    assert not [message for message in messages if "@admin" in message or " [x]" in message.replace("'", " ")]
