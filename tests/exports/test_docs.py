"""The documentation of exports is correct."""

from __future__ import annotations

import doctest
import json
import re
import shlex
from pathlib import Path

import pytest

import eventlint
from eventlint import types
from eventlint.cli import main
from eventlint.inputs.type_from_path import type_of
from eventlint.spec import event_types
from tests.exports.node import needs_node, script

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = {name: (DOCS / f"{name}.md").read_text() for name in ("editors", "types", "openapi")}


def blocks(page: str, kind: str) -> list[str]:
    """The fenced blocks of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGES[page], re.MULTILINE | re.DOTALL)


def test_python_examples_run() -> None:
    """The Python code in ``types.md`` prints what the page shows."""
    found = blocks("types", "python")
    assert len(found) == 3
    for code in found:
        if ">>>" in code:
            test = doctest.DocTestParser().get_doctest(code, {}, "types", "types.md", 0)
            assert doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(test).failed == 0
        else:
            exec(compile(code, "types.md", "exec", dont_inherit=True), {})  # noqa: S102


def test_documented_types_exist() -> None:
    """The table lists exactly the names of the module."""
    table = PAGES["types"].partition("|---|---|")[2].partition("\n\n")[0]
    named = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.rpartition(" | ")[0])}
    assert named == {name for name in types.__all__ if "With" not in name}


def test_console_examples_print_what_the_page_shows(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the output below it."""
    (block,) = blocks("openapi", "console")
    command, _, expected = block.partition("\n")
    assert main(shlex.split(command.removeprefix("$ eventlint "))) == 0
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize("command", re.findall(r"^\| `eventlint (schema [^`]*)`", PAGES["openapi"], re.MULTILINE))
def test_documented_commands_run(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command in the table succeeds and prints something."""
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out


def written(folder: Path) -> set[str]:
    """Run the command in ``editors.md`` that writes schemas; returns the names of the files."""
    (command,) = [block for block in blocks("editors", "shell") if "schema export" in block]
    assert main([*shlex.split(command)[1:-1], str(folder / "schemas")]) == 0
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_editor_settings_refer_to_each_schema(tmp_path: Path) -> None:
    """The settings refer to the files that the command writes, and match names that imply the event type."""
    (settings,) = [json.loads(block)["json.schemas"] for block in blocks("editors", "json") if "json.schemas" in block]
    names = [one["url"].removeprefix("./") for one in settings]
    assert {*names, "schemas/vscode.settings.json"} == written(tmp_path)
    assert not any(map(type_of, names))  # a schema is not mistaken for an event
    for event_type, one in zip(event_types(), settings, strict=True):
        assert all(type_of(match.replace("*", "x")) == event_type for match in one["fileMatch"])


def test_server_rejects_a_schema_key() -> None:
    """An event with the key ``$schema`` is rejected, as the page warns."""
    event = {"$schema": "x", "session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}
    assert [finding.rule for finding in eventlint.check(event, "search").findings] == ["unknown-field"]


_SCRIPT = """
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");
const fs = require("fs");
const schema = JSON.parse(fs.readFileSync(process.argv[2]));
const service = getLanguageService({});
service.configure({ validate: true, schemas: [{ uri: "file:///schema.json", fileMatch: ["*.json"], schema }] });
async function complete(text, place) {
  const document = TextDocument.create("file:///event.json", "json", 1, text);
  const parsed = service.parseJSONDocument(document);
  const found = await service.doValidation(document, parsed);
  const offered = await service.doComplete(document, document.positionAt(text.indexOf(place) + place.length), parsed);
  return { underlined: found.map((one) => document.getText(one.range)), offered: offered.items.map((i) => i.label) };
}
complete(process.argv[3], process.argv[4]).then((result) => console.log(JSON.stringify(result)));
"""


@needs_node
def test_editor_completes_and_underlines(tmp_path: Path) -> None:
    """The language server of Visual Studio Code offers the remaining fields, and underlines mistakes."""
    written(tmp_path)
    (tmp_path / "complete.js").write_text(_SCRIPT)
    text = '{"session":{"id":" "},"user":{"id":"u"},"page":{"url":"/"},"search":{"query":"q","sort":[],"x":1,}}'
    schema = str(tmp_path / "schemas/event.search_click.json")
    result = json.loads(script(tmp_path / "complete.js", schema, text, '"x":1,'))
    assert {'" "', "[]", '"x"'} <= set(result["underlined"])
    assert set(result["offered"]) == {"search_application", "filters", "page", "results"}
