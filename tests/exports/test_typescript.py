"""The TypeScript types, checked with the compiler."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventlint.exports import export
from eventlint.exports.schema_list import documents_of, events_of, type_names
from eventlint.spec import release
from tests.exports.node import needs_node, run
from tests.spec.test_schemas import judged

RELEASE = release()
NAMES = {kind: type_names(documents_of(RELEASE.era))[identifier] for kind, identifier in events_of(RELEASE.era).items()}
_MISTAKES = Path(__file__).parent / "mistakes.ts"


def compiled(folder: Path, *files: str) -> tuple[int, str]:
    """The exit code and the output of the compiler with ``--strict``."""
    (folder / "events.ts").write_text(export("typescript", RELEASE))
    options = ("--strict", "--noEmit", "--target", "es2022", "--skipLibCheck", "false")
    done = run("tsc", *options, "--lib", "es2022", "--module", "es2022", *files, cwd=folder)
    return done.returncode, done.stdout


def test_output_is_reproducible() -> None:
    """Two exports are equal."""
    assert export("typescript", RELEASE) == export("typescript", RELEASE)


@needs_node
def test_accepted_events_of_the_corpus_have_the_types(tmp_path: Path) -> None:
    """An event that the server accepts without converting a number has its type."""
    lines = [f"import type {{ {', '.join(NAMES.values())} }} from './events';"]
    seen: set[tuple[str, str]] = set()
    for case, event, valid, exception in judged():
        text = json.dumps(event)
        if valid and exception is None and len(text) < 100_000 and (case.event_type, text) not in seen:
            seen.add((case.event_type, text))
            lines.append(f"export const event_{len(lines)}: {NAMES[case.event_type]} = {text};")
    assert len(lines) > 100
    (tmp_path / "corpus.ts").write_text("\n".join(lines))
    assert compiled(tmp_path, "corpus.ts") == (0, "")


@needs_node
def test_mistakes_are_errors(tmp_path: Path) -> None:
    """Each mistake in the samples is an error; the compiler reports a marker without an error."""
    (tmp_path / "mistakes.ts").write_text(_MISTAKES.read_text())
    assert compiled(tmp_path, "mistakes.ts") == (0, "")


@needs_node
@pytest.mark.parametrize("number", range(_MISTAKES.read_text().count("@ts-expect-error")))
def test_each_mistake_is_one_error(number: int, tmp_path: Path) -> None:
    """Without its marker, each sample causes exactly one error."""
    parts = _MISTAKES.read_text().split("// @ts-expect-error")
    text = "// @ts-expect-error".join(parts[: number + 1]) + "//" + "// @ts-expect-error".join(parts[number + 1 :])
    (tmp_path / "mistakes.ts").write_text(text)
    code, out = compiled(tmp_path, "mistakes.ts")
    assert (code != 0, out.count(": error TS")) == (True, 1)
