"""Bundled schemas, checked with independent validators."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import fastjsonschema
import jsonschema_rs
import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from eventlint.exports.json_schema import bundle
from eventlint.exports.schema_list import DIALECTS, documents_of, events_of, find, listed, schema_of, type_names
from eventlint.spec import catalog, event_types
from eventlint.strategies import drawn, events, invalid_events
from tests.exports.node import needs_node, script
from tests.spec.test_schemas import judged
from tests.strategies.support import DRAWS

Judge = Callable[[Any], bool]
ERA = catalog().eras[-1]
CASES = [(case, event, should) for case, event, should, exception in judged() if exception is None]


OUTSIDE = {"number-too-long", "invalid-json", "unserializable-value", "unencodable-string"}
"""Rules about what a schema cannot express, or JSON cannot represent."""


@functools.cache
def drawn_events() -> list[tuple[str, str, bool]]:
    """Drawn events of each type, valid and invalid: the type, the JSON, and whether it is valid."""
    found: list[tuple[str, str, bool]] = []
    for event_type in event_types():
        good = islice(drawn(events(event_type), 7), DRAWS)
        bad = (one for one in drawn(invalid_events(event_type), 7) if one.rule not in OUTSIDE)
        found.extend((event_type, json.dumps(event), True) for event in good)
        found.extend((event_type, json.dumps(one.event), False) for one in islice(bad, DRAWS))
    return found


def alone(event_type: str, dialect: str) -> Any:
    """The schema of one event, as ``schema show --bundle`` prints it."""
    return schema_of(find(event_type), bundled=True, dialect=dialect)


def of_all(event_type: str, dialect: str) -> Any:
    """The schema of one event in the bundle of all events, as ``schema export`` writes it."""
    made = DIALECTS[dialect](bundle(ERA))
    below = "$defs" if dialect == "2020-12" else "definitions"
    name = type_names(documents_of(ERA))[events_of(ERA)[event_type]]
    return {"$schema": made["$schema"], below: made[below], "allOf": [{"$ref": f"#/{below}/{name}"}]}


def fast(schema: Any) -> Judge:
    """A validator of fastjsonschema, which supports draft-07 only."""
    compiled = fastjsonschema.compile(schema)

    def judge(event: Any) -> bool:
        try:
            compiled(event)
        except fastjsonschema.JsonSchemaException:
            return False
        return True

    return judge


VALIDATORS: dict[str, tuple[str, Callable[[Any], Judge]]] = {
    "jsonschema": ("2020-12", lambda schema: Draft202012Validator(schema).is_valid),
    "jsonschema-07": ("draft-07", lambda schema: Draft7Validator(schema).is_valid),
    "jsonschema-rs": ("2020-12", lambda schema: jsonschema_rs.Draft202012Validator(schema).is_valid),
    "jsonschema-rs-07": ("draft-07", lambda schema: jsonschema_rs.Draft7Validator(schema).is_valid),
    "fastjsonschema": ("draft-07", fast),
}


@pytest.mark.parametrize("made", [alone, of_all])
@pytest.mark.parametrize("name", VALIDATORS)
def test_validators_agree_with_the_server(name: str, made: Callable[[str, str], Any]) -> None:
    """A validator rejects exactly what the server rejects or converts, in both kinds of bundle."""
    dialect, compiled = VALIDATORS[name]
    judges = {event_type: compiled(made(event_type, dialect)) for event_type in event_types()}
    assert [case.id for case, event, should in CASES if judges[case.event_type](event) != should] == []
    assert [text for kind, text, should in drawn_events() if judges[kind](json.loads(text)) != should] == []


_SCRIPT = """
const fs = require("fs");
const input = JSON.parse(fs.readFileSync(process.argv[2]));
const Ajv = require(input.dialect === "2020-12" ? "ajv/dist/2020" : "ajv");
const judges = Object.fromEntries(
  Object.entries(input.schemas).map(([name, schema]) => [name, new Ajv().compile(schema)]),
);
console.log(JSON.stringify(input.events.map(([name, text]) => judges[name](JSON.parse(text)))));
"""


@needs_node
@pytest.mark.parametrize("made", [alone, of_all])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_ajv_agrees_with_the_server(dialect: str, made: Callable[[str, str], Any], tmp_path: Path) -> None:
    """Ajv, with its default options, accepts the bundles and agrees with the server."""
    cases = [(case.id, case.event_type, case.body.decode(), should) for case, _, should in CASES]
    cases += [(text, kind, text, should) for kind, text, should in drawn_events()]
    sent = [(kind, text) for _, kind, text, _ in cases]
    schemas = {event_type: made(event_type, dialect) for event_type in event_types()}
    (tmp_path / "input.json").write_text(json.dumps({"dialect": dialect, "schemas": schemas, "events": sent}))
    (tmp_path / "judge.js").write_text(_SCRIPT)
    verdicts = json.loads(script(tmp_path / "judge.js", str(tmp_path / "input.json")))
    assert [name for (name, _, _, should), verdict in zip(cases, verdicts, strict=True) if verdict != should] == []


@pytest.mark.parametrize("row", listed(), ids=lambda row: row.id)
def test_bundle_of_each_document_accepts_its_examples(row: Any) -> None:
    """The bundle of an event or an object has no external references, and its examples are valid."""
    schema = schema_of(row, bundled=True)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert all(map(validator.is_valid, schema["examples"]))
    assert not any(key.startswith("x-") for key in schema)
