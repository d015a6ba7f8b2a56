"""The diagnostics of a document are the findings of ``eventlint check``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from eventlint.cli import main
from eventlint.inputs.file_names import SUFFIXES
from eventlint.inputs.utf8_view import wide_encoding
from eventlint.lsp.diagnostics import Diagnostic
from eventlint.lsp.documents import Document
from eventlint.lsp.positions import PositionEncoding, Positions
from eventlint.lsp.settings import Workspace
from tests.lsp.support import BAD, GOOD, LOSSY, REQUEST, check, document_of

ROOT = Path(__file__).parent.parent.parent
_MOST = 3_000_000

ENCODINGS: tuple[PositionEncoding, ...] = ("utf-16", "utf-8")
Found = tuple[str | None, str | None, str, int, int, str | None]
"""A rule, a tier, a message with its hint, a line and a character from 0, and the server's answer."""


def fixtures() -> list[str]:
    """The files of the repository that can have events, but for the large corpus."""
    found = [path for folder in ("docs", "examples", "tests") for path in (ROOT / folder).rglob("*.*")]
    wanted = [path for path in found if path.suffix in SUFFIXES and path.stat().st_size < _MOST]
    return sorted(str(path.relative_to(ROOT)) for path in wanted if "corpus" not in path.parts)


def text_of(data: bytes) -> str:
    """What an editor shows of a file: no byte order mark, and U+FFFD in place of what is invalid."""
    wide = wide_encoding(data[:4])
    return data.decode("utf-8" if wide is None else wide.encoding, "replace").removeprefix("\ufeff")


def reported(paths: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, Any]]]:
    """What ``eventlint check`` reports about some files, by their path."""
    main(["check", "--format", "jsonl", "--quiet", *paths])
    found: dict[str, list[dict[str, Any]]] = {}
    for line in capsys.readouterr().out.splitlines():
        finding = json.loads(line)
        found.setdefault(finding["path"], []).append(finding)
    return found


def converted(finding: dict[str, Any], text: str, encoding: PositionEncoding) -> Found:
    """A finding as a diagnostic has it; lines and columns of code points are converted from the text alone."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line, column = (finding["line"] or 1) - 1, (finding["column"] or 1) - 1
    before = lines[line][:column]
    character = len(before.encode("utf-16-le", "surrogatepass")) // 2 if encoding == "utf-16" else len(before.encode())
    hint = f"\nhint: {finding['hint']}" if finding["hint"] else ""
    return finding["rule"], finding["tier"], finding["message"] + hint, line, character, finding["answer"]


def shown(document: Document, diagnostics: list[Diagnostic], encoding: PositionEncoding) -> list[Found]:
    """The diagnostics of a document that are findings; of one in another file, the place there."""
    found: list[Found] = []
    positions = Positions(document.text, encoding)
    for one in diagnostics:
        at = positions.position(one.start)
        line, character = (one.related[0].line, one.related[0].column) if one.related else at
        if one.rule is not None:
            found.append((one.rule, one.tier, one.message, line, character, one.data.get("answer")))
    return found


def test_all_fixtures(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of the tests, the examples and the documentation has the same findings at the same places."""
    monkeypatch.chdir(ROOT)
    paths = fixtures()
    workspace = Workspace([str(ROOT)])
    expected = reported(paths, capsys)
    assert sum(map(len, expected.values())) > 400
    for path in paths:
        text = text_of(Path(path).read_bytes())
        document = document_of(ROOT / path, text, workspace=workspace)
        diagnostics = check(document, most=100_000)
        for encoding in ENCODINGS:
            found = shown(document, diagnostics, encoding)
            wanted = [converted(one, text, encoding) for one in expected.get(path, [])]
            assert sorted(found, key=str) == sorted(wanted, key=str), path


CONFIG = """
release = ["8.19", "9.0"]
exclude = ["old/", "*.tmp.json"]
ignore = ["relative-url"]
baseline = "known.json"
collections = ["site"]
[events]
"clicks/**" = "search_click"
[per-path-ignores]
"legacy/**" = ["coerced-integer"]
[[suppress]]
rule = "unknown-field"
path = "/search/known.json"
pointer = "/search/qurey"
reason = "a test"
"""

FILES = {
    "search/known.json": BAD,
    "search/other.json": BAD,
    "search/old/a.json": BAD,
    "legacy/search/a.ndjson": f"{LOSSY}\n{BAD}\n{LOSSY}",
    "search/b.ndjson": f"{LOSSY}\r\n\r\n{BAD}\r\n{LOSSY}\r\n{LOSSY}",
    "clicks/a.json": GOOD,
    "nothing.json": "{}",
    "array.json": f"[{GOOD}, {BAD}]",
    "a.http": f"{REQUEST}{LOSSY}\n\n###\n# eventlint: ignore[unknown-field]\n{REQUEST}{BAD}\n\n{REQUEST}{BAD}",
    "a.md": f"# é\n\n> ```console\n> {REQUEST}> {BAD}\n> ```\n\n```json search\n{BAD}\n```\n",
    "old/search.json": BAD,
    "search/é.json": BAD.replace("s-1", "😀"),
    "search/x.tmp.json": BAD,
}


@pytest.mark.parametrize("skips", [False, True])
def test_a_configured_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, skips: bool
) -> None:
    """Selection, suppressions, patterns, the baseline and exclusions have the same effect."""
    (tmp_path / "eventlint.toml").write_text(f"skip-unknown = {str(skips).lower()}\n{CONFIG}")
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    main(["check", "--quiet", "--baseline", "known.json", "--write-baseline", "search/b.ndjson", "a.md"])
    (tmp_path / "search/b.ndjson").write_text(f"{LOSSY}\n" * 4 + BAD)
    expected = reported(["."], capsys)
    workspace = Workspace([str(tmp_path)])
    names = [os.path.relpath(path, tmp_path) for path in tmp_path.rglob("*") if path.suffix in SUFFIXES]
    for name in names:
        if name == "known.json":
            continue
        text = (tmp_path / name).read_bytes().decode()
        document = document_of(tmp_path / name, text, workspace=workspace)
        found = shown(document, check(document), "utf-16") if document.settings.is_checked else []
        wanted = [converted(one, text, "utf-16") for one in expected.get(name, [])]
        assert sorted(found, key=str) == sorted(wanted, key=str), name
    assert len(expected) == (7 if skips else 9)
