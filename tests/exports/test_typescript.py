"""The TypeScript types, compiled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventlint.exports import export
from eventlint.exports.schema_list import events_of, in_era, type_names
from eventlint.spec import catalog
from tests.exports.node import needs_node, run
from tests.spec.test_schemas import judged

ERA = catalog().eras[-1]
NAMES = {kind: type_names(in_era(ERA))[identifier] for kind, identifier in events_of(ERA).items()}
_MISTAKES = Path(__file__).parent / "mistakes.ts"


def compiled(folder: Path, *files: str) -> tuple[int, str]:
    """The exit code and the output of the compiler, under ``--strict``."""
    (folder / "events.ts").write_text(export("typescript", ERA, ERA.name, "2020-12"))
    options = ("--strict", "--noEmit", "--target", "es2022", "--skipLibCheck", "false")
    done = run("tsc", *options, "--lib", "es2022", "--module", "es2022", *files, cwd=folder)
    return done.returncode, done.stdout


def test_the_text_is_the_same_each_time() -> None:
    """Nothing in the text depends on when it is made."""
    assert export("typescript", ERA, ERA.name, "2020-12") == export("typescript", ERA, ERA.name, "2020-12")


@needs_node
def test_accepted_events_of_the_corpus_have_the_types(tmp_path: Path) -> None:
    """An event that the server takes without converting a number is of its type."""
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
def test_mistakes_are_refused(tmp_path: Path) -> None:
    """Each mistake in the samples is an error: the compiler itself tells an expected error that is none."""
    (tmp_path / "mistakes.ts").write_text(_MISTAKES.read_text())
    assert compiled(tmp_path, "mistakes.ts") == (0, "")


@needs_node
@pytest.mark.parametrize("number", range(_MISTAKES.read_text().count("@ts-expect-error")))
def test_each_mistake_is_one_error(number: int, tmp_path: Path) -> None:
    """A sample does not stand on the mistake of another: without its mark, exactly one error is told."""
    parts = _MISTAKES.read_text().split("// @ts-expect-error")
    text = "// @ts-expect-error".join(parts[: number + 1]) + "//" + "// @ts-expect-error".join(parts[number + 1 :])
    (tmp_path / "mistakes.ts").write_text(text)
    code, out = compiled(tmp_path, "mistakes.ts")
    assert (code != 0, out.count(": error TS")) == (True, 1)
