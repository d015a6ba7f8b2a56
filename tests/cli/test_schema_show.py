"""``eventlint schema list``, ``show`` and ``export``."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from eventlint.cli import main
from eventlint.exports import FORMATS, export
from eventlint.spec import catalog, document, event_types

NEWEST = catalog().release("latest")


def test_list_shows_every_event_type(capsys: pytest.CaptureFixture[str]) -> None:
    """The table has a line for each document, below its heads."""
    assert main(["schema", "list"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["KIND", "NAME", "VERSION", "ID", "TITLE"]
    assert [row[1] for row in rows if row[0] == "event"] == sorted(event_types())


def test_list_for_programs_has_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON, each row's identifier is that of a document with its title."""
    assert main(["schema", "list", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert all(document(row["id"])["title"] == row["title"] for row in rows)


def test_show_prints_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    """A document is printed as it is."""
    assert main(["schema", "show", "sort", "--version", "1-0-0"]) == 0
    assert json.loads(capsys.readouterr().out) == document("urn:eventlint:object:sort:1-0-0")


def test_show_for_editors_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    """A bundle in draft-07 declares its dialect, and contains all definitions."""
    assert main(["schema", "show", "search_click", "--bundle", "--dialect", "draft-07"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "sort" in made["definitions"]


@pytest.mark.parametrize("words", [["show", "click"], ["show", "search", "--version", "7"], ["show"], ["export"]])
def test_what_cannot_be_understood_is_2(words: list[str]) -> None:
    """An unknown name or version, and a missing word, are mistakes of the command line."""
    assert main(["schema", *words]) == 2


def test_a_dialect_is_for_json_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """A format that has no dialect does not pass over one."""
    assert main(["schema", "export", "--format", "typescript", "--dialect", "draft-07"]) == 2
    assert "typescript has no dialect" in capsys.readouterr().err


@pytest.mark.parametrize("form", FORMATS)
def test_export_writes_a_file(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file holds what standard output would, and nothing is left beside it."""
    target = tmp_path / "made"
    assert main(["schema", "export", "--format", form, "-o", str(target)]) == 0
    assert main(["schema", "export", "--format", form]) == 0
    assert target.read_text(encoding="utf-8") == capsys.readouterr().out
    assert target.read_text(encoding="utf-8") == export(form, NEWEST)
    assert os.listdir(tmp_path) == ["made"]


def test_export_is_of_the_release_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """An older release has its own answers."""
    assert main(["schema", "export", "--format", "openapi", "--release", "8.8"]) == 0
    assert json.loads(capsys.readouterr().out)["info"]["version"] == catalog().release("8.8").name


def test_a_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    """A file that is there is replaced where it really is, and stays as readable as it was."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    assert main(["schema", "export", "--format", "typescript", "-o", str(link)]) == 0
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert real.read_text() != "old"


def test_a_place_that_cannot_be_written_is_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing folder is reported, with the name that was given."""
    assert main(["schema", "export", "--format", "openapi", "-o", str(tmp_path / "no/openapi.json")]) == 4
    assert "cannot be written" in capsys.readouterr().err


def test_a_failure_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the last step fails, the old file stays, without a temporary file next to it."""
    target = tmp_path / "openapi.json"
    target.write_text("old")

    def refuse(source: str, to: str) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr("eventlint.output.files.os.replace", refuse)
    assert main(["schema", "export", "--format", "openapi", "-o", str(target)]) == 4
    assert (target.read_text(), os.listdir(tmp_path)) == ("old", ["openapi.json"])
