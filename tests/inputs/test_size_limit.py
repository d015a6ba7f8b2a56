"""The limit on the size of one event."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from eventlint.cli import main
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.files import records
from eventlint.inputs.record import Record
from eventlint.inputs.size_limit import parse_size
from tests.cli.test_check import GOOD

LARGE = json.dumps({"a": "x" * 300_000})


def read(path: Path, most: int) -> list[Record]:
    """The records of a file."""
    return list(records(str(path), None, Envelope(), most=most))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_that_is_too_large_is_a_finding(tmp_path: Path, end: str, encoding: str) -> None:
    """The lines around it are read, with the right places."""
    path = tmp_path / "search.ndjson"
    text = end.join([GOOD, LARGE, GOOD, ""])
    path.write_bytes(text.encode(encoding))
    found = read(path, 100_000)
    assert [one.problem.rule if one.problem else None for one in found] == [None, "event-too-large", None]
    assert [one.number for one in found] == [1, 2, 3]
    marked = len("".encode(encoding))
    expected = [marked + len(text[:at].encode(encoding)) - marked for at in (0, text.index(LARGE), text.rindex(GOOD))]
    assert [one.place.of(None).offset for one in found] == expected or encoding == "utf-16"
    assert len(found[1].body) <= 200


@pytest.mark.parametrize("extra", [0, 1])
def test_the_limit_is_the_largest_size(tmp_path: Path, extra: int) -> None:
    """In NDJSON, the end of the line does not count."""
    for name, content in (("search.ndjson", f"{GOOD}\n{GOOD}\n"), ("search.json", GOOD)):
        (tmp_path / name).write_text(content)
        found = read(tmp_path / name, len(GOOD) - extra)
        assert [one.problem is not None for one in found] == [bool(extra)] * len(found)


@pytest.mark.parametrize("name", ["search.json.gz", "search.har.gz", "search.http.gz", "search.md.gz", "search.gz"])
@pytest.mark.parametrize("content", [LARGE, "[" * 300_000, f"[\n{LARGE}]", "x\n" * 150_000])
def test_a_file_that_is_too_large_is_not_clean(
    name: str, content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In every format that is read as a whole; a file of unknown kind is read line by line."""
    (tmp_path / name).write_bytes(gzip.compress(content.encode()))
    code = main(["check", "--isolated", "--max-event-size", "100K", str(tmp_path / name)])
    assert code in (1, 3)
    assert ("event-too-large" in capsys.readouterr().out) == (code == 1)
    assert code == 1 or (name == "search.gz" and content.startswith("x"))


def test_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The command line has precedence; a wrong value is an error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "search.json").write_text(GOOD)
    (tmp_path / "eventlint.toml").write_text('max-event-size = "10"\n')
    assert main(["check", "search.json"]) == 1
    assert main(["check", "--max-event-size", "1k", "search.json"]) == 0
    capsys.readouterr()
    (tmp_path / "eventlint.toml").write_text('max-event-size = "huge"\n')
    assert main(["check", "search.json"]) == 4
    assert "eventlint.toml: max-event-size: 'huge' is not a size" in capsys.readouterr().err
    assert main(["check", "--isolated", "--max-event-size", "0", "search.json"]) == 2


def test_sizes() -> None:
    """Units are powers of 1024."""
    assert [parse_size(text) for text in ("1", "2K", "3MiB", "1gb")] == [1, 2048, 3 << 20, 1 << 30]
