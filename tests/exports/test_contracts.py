"""Exports that a contract narrows, against independent validators and compilers."""

from __future__ import annotations

import functools
import importlib.util
import json
import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator, FormatChecker

import eventlint
from eventlint.errors import UsageError
from eventlint.exports import Exported, export
from eventlint.exports.json_schema import bundle
from eventlint.exports.schema_list import DIALECTS
from eventlint.schemas.string_formats import FORMATS
from eventlint.spec import event_types, release
from eventlint.strategies import drawn, events, violating_events
from tests.contract.conftest import SCHEMAS
from tests.exports.node import needs_node, run, script
from tests.strategies.support import DRAWS

HERE = Path(__file__).parent / "contracts"
FOLDERS = {"example": SCHEMAS, **{path.name: path for path in sorted(HERE.iterdir())}}
# An event is drawn for each of these collections, and expected to have the type with the suffix.
COLLECTIONS: dict[str, dict[str, str]] = {
    "example": {"": "", "shop-de": "InShop"},
    "collections": {"": "", "shop-de": "InShop", "intranet": "InSiteOrIntranet"},
    "references": {"": ""},
    "formats": {"": ""},
}
NAMES = {kind: "".join(map(str.capitalize, kind.split("_"))) + "Event" for kind in event_types()}


class Case(NamedTuple):
    """An event, the name of its definition, and whether eventlint accepts it."""

    event: Any
    name: str
    is_accepted: bool


@functools.cache
def contract(folder: str) -> eventlint.Contract:
    """A contract of the tests."""
    return eventlint.load_contract(FOLDERS[folder])


@functools.cache
def schema(folder: str) -> Any:
    """The bundle of all events with a contract."""
    return bundle(release().era, Exported(release(), contract(folder)))


@functools.cache
def cases(folder: str) -> tuple[Case, ...]:
    """Events that conform, that violate one rule, and that were drawn without regard to the contract."""
    found: list[Case] = []
    for collection, suffix in COLLECTIONS[folder].items():
        options: dict[str, Any] = {"contract": contract(folder), "collection": collection or None}
        for kind in event_types():
            name = NAMES[kind] + suffix
            if name not in schema(folder)["$defs"]:
                continue
            strategies: list[Any] = [events(kind, **options), events(kind)]
            if contract(folder).rule_pointers(kind, options["collection"]):
                strategies.append(violating_events(kind, **options))
            for strategy in strategies:
                for one in islice(drawn(strategy, 5), max(10, DRAWS // 10)):
                    event = getattr(one, "event", one)
                    is_accepted = accepts(event, kind, **options)
                    if _is_array(event):
                        found.append(Case(event, name, is_accepted))
    return tuple(found)


def accepts(event: Any, kind: str, **options: Any) -> bool:
    """Whether the server accepts an event that meets the contract."""
    return not {"error", "contract"} & {one.tier for one in eventlint.check(event, kind, **options).findings}


def _is_array(event: Any) -> bool:
    """Whether the results are an array, which exports with a contract require."""
    results = event.get("search", {}).get("results", {})
    return isinstance(results.get("items", []), list)


def part(folder: str, name: str, dialect: str = "2020-12") -> Any:
    """The schema of one definition."""
    made = DIALECTS[dialect](schema(folder))
    below = "$defs" if dialect == "2020-12" else "definitions"
    return {"$schema": made["$schema"], below: made[below], "allOf": [{"$ref": f"#/{below}/{name}"}]}


def checker() -> FormatChecker:
    """The formats of the page about contracts; the library itself needs several others to check them."""
    made = FormatChecker(formats=())
    for name, test in FORMATS.items():
        made.checks(name)(lambda value, test=test: not isinstance(value, str) or test(value))
    return made


@pytest.mark.parametrize("folder", FOLDERS)
def test_there_are_events_of_both_kinds(folder: str) -> None:
    """Both verdicts occur for each definition of an event that the contract narrows."""
    verdicts = {(case.name, case.is_accepted) for case in cases(folder)}
    assert {name for name, is_accepted in verdicts if is_accepted} == {name for name, _ in verdicts}
    assert any(not is_accepted for _, is_accepted in verdicts)
    assert contract(folder).warnings == ()


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("library", ["jsonschema", "jsonschema-rs"])
def test_validators_agree_with_check(library: str, folder: str) -> None:
    """The bundle accepts exactly what eventlint accepts."""
    names = {case.name for case in cases(folder)}
    judges: dict[str, Any] = {}
    for name in names:
        if library == "jsonschema":
            Draft202012Validator.check_schema(part(folder, name))
            judges[name] = Draft202012Validator(part(folder, name), format_checker=checker()).is_valid
        else:
            made = jsonschema_rs.Draft202012Validator(part(folder, name), validate_formats=True)
            judges[name] = made.is_valid
    wrong = [case for case in cases(folder) if judges[case.name](case.event) != case.is_accepted]
    assert wrong == []


_SCRIPT = """
const fs = require("fs");
const input = JSON.parse(fs.readFileSync(process.argv[2]));
const Ajv = require(input.dialect === "2020-12" ? "ajv/dist/2020" : "ajv");
const judges = Object.fromEntries(Object.entries(input.schemas).map(([name, schema]) => {
  const ajv = new Ajv({ strictTypes: false, strictRequired: false });
  require("ajv-formats")(ajv);
  return [name, ajv.compile(schema)];
}));
console.log(JSON.stringify(input.events.map(([name, event]) => judges[name](event))));
"""


@needs_node
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_ajv_agrees_with_check(folder: str, dialect: str, tmp_path: Path) -> None:
    """Ajv with ajv-formats accepts exactly what eventlint accepts, in both dialects."""
    schemas = {name: part(folder, name, dialect) for name in {case.name for case in cases(folder)}}
    sent = [(case.name, case.event) for case in cases(folder)]
    (tmp_path / "input.json").write_text(json.dumps({"dialect": dialect, "schemas": schemas, "events": sent}))
    (tmp_path / "judge.js").write_text(_SCRIPT)
    verdicts = json.loads(script(tmp_path / "judge.js", str(tmp_path / "input.json")))
    wrong = [case for case, verdict in zip(cases(folder), verdicts, strict=True) if verdict != case.is_accepted]
    assert wrong == []


@needs_node
@pytest.mark.parametrize("folder", FOLDERS)
def test_redocly_accepts_the_openapi_document(folder: str, tmp_path: Path) -> None:
    """The document is valid, its examples included."""
    (tmp_path / "openapi.json").write_text(export("openapi", release(), contract=contract(folder)))
    done = run("redocly", "lint", "openapi.json", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


# Members of a search in the example contract, and whether types can refuse them.
MEMBERS: list[tuple[str, bool]] = [
    ('"search_application": "website"', True),
    ('"search_application": "website", "sort": {"name": "price"}', True),
    ('"search_application": "website", "filters": {"brand": ["acme"], "size": "42"}', True),
    ('"search_application": "website", "page": {"current": 1, "size": 24}', True),
    ('"search_application": "intranet"', False),
    ('"sort": {"name": "price"}', False),
    ('"search_application": "website", "sort": {"name": "color"}', False),
    ('"search_application": "website", "filters": {"brnd": "acme"}', False),
    ('"search_application": "website", "page": {"current": 1, "size": 10}', False),
    ('"search_application": "website", "results": {"items": [{"document": {"id": "1", "index": "people"}}]}', False),
    ('"search_application": "website", "results": {"items": [{"document": {"id": "1"}}]}', False),
]
VISITOR = (
    '"session": {"id": "095de0b4-2c85-4d8a-b1a9-1f6a8f1d3c11"}, "user": {"id": "5f26f01a-bbee-4202-9298-81261067abbd"}'
)
BODIES = [(f'{{{VISITOR}, "search": {{"query": "q", {members}}}}}', is_good) for members, is_good in MEMBERS]


@pytest.mark.parametrize(("body", "is_good"), BODIES, ids=range(len(BODIES)))
def test_the_bodies_for_types_have_the_verdicts_of_check(body: str, is_good: bool) -> None:
    """What types refuse, eventlint refuses."""
    assert accepts(json.loads(body), "search", contract=contract("example")) is is_good


@needs_node
def test_typescript_refuses_what_types_can_express(tmp_path: Path) -> None:
    """The compiler reports exactly the wrong bodies; a collection chooses the types."""
    (tmp_path / "events.ts").write_text(export("typescript", release(), contract=contract("example")))
    lines = ["import type { EventBodies, EventBodiesIn, SearchEventInShop } from './events';"]
    for number, (body, is_good) in enumerate(BODIES):
        lines += [] if is_good else ["// @ts-expect-error"]
        lines.append(f"export const body{number}: EventBodies['search'] = {body};")
    kiosk = BODIES[0][0].replace("website", "kiosk")
    lines += [f"export const a: EventBodiesIn<'site'>['search'] = {kiosk};", "// @ts-expect-error"]
    lines += [f"export const b: EventBodiesIn<'shop-de'>['search'] = {kiosk};"]
    lines += [f"export const c: SearchEventInShop = {BODIES[0][0]};"]
    (tmp_path / "use.ts").write_text("\n".join(lines))
    done = run("tsc", "--strict", "--noEmit", "--target", "es2022", "--module", "es2022", "use.ts", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("folder", FOLDERS)
def test_accepted_events_have_their_typed_dictionaries(folder: str, tmp_path: Path) -> None:
    """No type rejects an event that eventlint accepts."""
    checker = pytest.importorskip("mypy.api")
    name = f"events_{folder}"
    (tmp_path / f"{name}.py").write_text(export("typed-dict", release(), contract=contract(folder)))
    good = {json.dumps(case.event): case.name for case in cases(folder) if case.is_accepted}
    lines = [f"from {name} import {', '.join(sorted(set(good.values())))}"]
    lines += [f"event_{number}: {kind} = {json.loads(text)!r}" for number, (text, kind) in enumerate(good.items())]
    (tmp_path / "use.py").write_text("\n".join(lines[:400]) + "\n")
    options = ["--strict", "--config-file", "", "--cache-dir", str(tmp_path), str(tmp_path / "use.py")]
    out, _, code = checker.run(options)
    assert (code, out) == (0, "Success: no issues found in 1 source file\n")


@pytest.mark.skipif(importlib.util.find_spec("pyright") is None, reason="tox run -e types installs it")
def test_pyright_refuses_what_types_can_express(tmp_path: Path) -> None:
    """Pyright reports exactly the wrong bodies."""
    (tmp_path / "events.py").write_text(export("typed-dict", release(), contract=contract("example")))
    lines = ["from events import SearchEvent", ""]
    lines += [f"body_{number}: SearchEvent = {body}" for number, (body, _) in enumerate(BODIES)]
    (tmp_path / "use.py").write_text("\n".join(lines) + "\n")
    (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    words = ["--outputjson", "--project", str(tmp_path), "--pythonpath", sys.executable]
    done = subprocess.run([sys.executable, "-m", "pyright", *words], capture_output=True, text=True, check=False)
    found = {
        (Path(one["file"]).name, one["range"]["start"]["line"] - 2)
        for one in json.loads(done.stdout)["generalDiagnostics"]
        if one["severity"] == "error"
    }
    assert found == {("use.py", number) for number, (_, is_good) in enumerate(BODIES) if not is_good}


def test_what_draft_07_cannot_express_is_an_error(tmp_path: Path) -> None:
    """A keyword that would be lost is an error, not a weaker schema."""
    document = {
        "$id": "urn:made:new:1-0-0",
        "x-applies-to": {"events": ["search"]},
        "properties": {"search": {"properties": {"filters": {"unevaluatedProperties": False}}}},
    }
    (tmp_path / "a.json").write_text(json.dumps(document))
    made = eventlint.load_contract(tmp_path, ignore=["missing-title", "missing-description"])
    with pytest.raises(UsageError, match="draft-07 cannot express unevaluatedProperties"):
        export("json-schema-bundle", release(), "draft-07", contract=made)
