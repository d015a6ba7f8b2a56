"""The rules of schema lint: name, tier, and manual."""

from __future__ import annotations

from types import SimpleNamespace
from typing import NamedTuple

from eventlint.rules import RULES, Rule
from eventlint.tiers import Tier


class _Entry(NamedTuple):
    """A rule, why it matters, a schema that violates it, and what to write instead."""

    name: str
    tier: Tier
    summary: str
    reason: str
    bad: str
    good: str


_ENTRIES: tuple[_Entry, ...] = (
    _Entry(
        "invalid-schema-json",
        "error",
        "The file is not strict JSON in UTF-8, or is nested deeper than 100 brackets.",
        "A document that cannot be parsed cannot be used. Comments, trailing commas and NaN are not JSON.",
        '{"type": "string",}',
        '{"type": "string"}',
    ),
    _Entry(
        "duplicate-schema-key",
        "error",
        "An object has the same key twice.",
        "Parsers silently keep one of the two values, usually the last; the other constraint is lost.",
        '{"minLength": 1, "minLength": 2}',
        '{"minLength": 2}',
    ),
    _Entry(
        "invalid-schema",
        "error",
        "The document is not valid JSON Schema 2020-12.",
        "Validators reject such a schema, or ignore the invalid part.",
        '{"type": "text"}',
        '{"type": "string"}',
    ),
    _Entry(
        "invalid-extension",
        "error",
        "A keyword of eventlint's vocabulary has an invalid value.",
        "The keyword describes how the server reads a value, or which rule a constraint belongs to; a contract "
        "with an invalid one cannot be used.",
        '{"x-reads": {"as": "text"}}',
        '{"x-reads": {"as": "string"}}',
    ),
    _Entry(
        "unsupported-draft",
        "lint",
        "The document declares another draft than 2020-12.",
        "It is read as 2020-12, in which some keywords have another meaning or none. In a custom contract, this is an "
        "error.",
        '{"$schema": "http://json-schema.org/draft-07/schema#"}',
        '{"$schema": "https://json-schema.org/draft/2020-12/schema"}',
    ),
    _Entry(
        "misspelled-keyword",
        "error",
        "A keyword is almost the name of an existing one.",
        "Validators ignore unknown keywords, so the schema accepts more than it seems to.",
        '{"requierd": ["id"]}',
        '{"required": ["id"]}',
    ),
    _Entry(
        "unknown-keyword",
        "lint",
        "A keyword is not part of JSON Schema 2020-12.",
        "It has no effect. Start the names of custom keywords with x-.",
        '{"owner": "search team"}',
        '{"x-owner": "search team"}',
    ),
    _Entry(
        "invalid-example",
        "error",
        "A schema rejects its own example or default.",
        "People copy examples. Either the example is wrong, or the schema rejects what it should accept.",
        '{"type": "integer", "examples": ["1"]}',
        '{"type": "integer", "examples": [1]}',
    ),
    _Entry(
        "empty-enum",
        "error",
        "An enum is empty.",
        "The schema rejects every value.",
        '{"enum": []}',
        '{"enum": ["asc", "desc"]}',
    ),
    _Entry(
        "impossible-value",
        "error",
        "A value of enum or const is rejected by another keyword of the same schema.",
        "The value seems to be allowed and never is. If all values are rejected, the schema accepts nothing.",
        '{"type": "string", "enum": [1]}',
        '{"type": "integer", "enum": [1]}',
    ),
    _Entry(
        "inverted-bounds",
        "error",
        "A lower limit is greater than the upper limit.",
        "The schema rejects every value of the type. The rule compares the limits of numbers, lengths, items, "
        "properties and contains.",
        '{"minLength": 5, "maxLength": 2}',
        '{"minLength": 2, "maxLength": 5}',
    ),
    _Entry(
        "forbidden-required",
        "error",
        "A property is required that the same schema forbids.",
        "No object can be valid: it is rejected with the property and without it.",
        '{"required": ["id"], "properties": {}, "additionalProperties": false}',
        '{"required": ["id"], "properties": {"id": {"type": "string"}}, "additionalProperties": false}',
    ),
    _Entry(
        "disjoint-types",
        "error",
        "Schemas that must all match have no type in common.",
        "The schema rejects every value. Did you mean anyOf instead of allOf?",
        '{"allOf": [{"type": "string"}, {"type": "integer"}]}',
        '{"anyOf": [{"type": "string"}, {"type": "integer"}]}',
    ),
    _Entry(
        "unresolvable-ref",
        "error",
        "A reference cannot be resolved.",
        "Validators fail at the first value. References are looked up among the documents that are checked, and "
        "the packaged ones; nothing is fetched.",
        '{"$ref": "#/$defs/adress"}',
        '{"$ref": "#/$defs/address", "$defs": {"address": {}}}',
    ),
    _Entry(
        "duplicate-id",
        "error",
        "Two documents have the same $id.",
        "A reference leads to the document that is read first.",
        '{"$id": "urn:example:order:1-0-0"} in two files',
        "a different $id in each file",
    ),
    _Entry(
        "missing-id",
        "lint",
        "A document has no $id.",
        "Other documents cannot refer to it by a stable name. In a custom contract, which cannot use it, this is an "
        "error.",
        '{"type": "object"}',
        '{"$id": "urn:example:order:1-0-0", "type": "object"}',
    ),
    _Entry(
        "version-mismatch",
        "error",
        "The version in the file's name differs from the one in the $id.",
        "One of the two was probably not updated when the document was copied.",
        '{"$id": "urn:example:order:1-0-0"} in order/1-0-1.json',
        '{"$id": "urn:example:order:1-0-1"} in order/1-0-1.json',
    ),
    _Entry(
        "version-too-low",
        "error",
        "The document changed more than its version.",
        "Versions are MODEL-REVISION-ADDITION. Increase the model when valid values are rejected now, the revision "
        "when more values are "
        "accepted in existing fields, and the addition when there are only new optional fields. Needs --against.",
        '{"$id": "urn:example:order:1-0-1"} with a required field that was optional in 1-0-0',
        '{"$id": "urn:example:order:2-0-0"}',
    ),
    _Entry(
        "invalid-pattern",
        "error",
        "A regular expression is invalid or not supported.",
        "Custom contracts run patterns in linear time, so that no event can block a service. Lookaround, "
        "backreferences and "
        "atomic groups are therefore not supported, and a contract with such a pattern is rejected.",
        '{"pattern": "["}',
        '{"pattern": "^\\\\["}',
    ),
    _Entry(
        "unanchored-pattern",
        "lint",
        "A regular expression is not anchored with ^ or $.",
        "A pattern may match anywhere, so the schema accepts every string that contains a match. The rule ignores "
        "patterns that "
        "consist of one set of characters.",
        '{"pattern": "[0-9]+"}',
        '{"pattern": "^[0-9]+$"}',
    ),
    _Entry(
        "ineffective-keyword",
        "lint",
        "A keyword does not apply to any of the allowed types.",
        "The keyword has no effect, but looks as if it had.",
        '{"type": "integer", "minLength": 1}',
        '{"type": "integer", "minimum": 1}',
    ),
    _Entry(
        "undeclared-required",
        "lint",
        "A required property is not described.",
        "The property may have any value, and its name may be misspelled.",
        '{"properties": {"name": {}}, "required": ["nmae"]}',
        '{"properties": {"name": {}}, "required": ["name"]}',
    ),
    _Entry(
        "missing-title",
        "lint",
        "A document or a property has no title.",
        "Titles appear in generated documentation and forms. A property that only refers to a schema may use the "
        "title of that schema.",
        '{"properties": {"id": {"type": "string"}}}',
        '{"properties": {"id": {"title": "Identifier", "type": "string"}}}',
    ),
    _Entry(
        "missing-description",
        "lint",
        "A document or a property has no description.",
        "The key alone does not explain what to send. A property that only refers to a schema may use the "
        "description of that schema.",
        '{"properties": {"id": {"type": "string"}}}',
        '{"properties": {"id": {"description": "Who searched.", "type": "string"}}}',
    ),
    _Entry(
        "missing-example",
        "lint",
        "A document or a property has no examples.",
        "Examples help readers, and this lint checks them. The values of const and enum count as examples.",
        '{"properties": {"id": {"type": "string"}}}',
        '{"properties": {"id": {"type": "string", "examples": ["42"]}}}',
    ),
    _Entry(
        "schema-too-large",
        "lint",
        "A document is too large for its examples to be checked.",
        "With all references resolved it has more than 20,000 schemas, so that one value could take very long.",
        "thirty definitions of which each refers to the next one twice",
        "fewer and larger definitions",
    ),
    _Entry(
        "impossible-constraint",
        "error",
        "A constraint of a custom contract cannot apply to any event that the server accepts, or rejects all of them.",
        "The constraint has no effect, or no event is valid. Usually a key is misspelled, or is one level too high "
        "in the schema.",
        '{"x-applies-to": {"events": ["search"]}, "properties": {"user": {"properties": {"name": {}}}}}',
        '{"x-applies-to": {"events": ["search"]}, "properties": {"user": {"properties": {"id": {}}}}}',
    ),
    _Entry(
        "reserved-id",
        "error",
        "The $id of a custom document begins with urn:eventlint:.",
        "It would replace a built-in schema. A contract with such a document cannot be used.",
        '{"$id": "urn:eventlint:event:search:1-0-0", "x-applies-to": {}}',
        '{"$id": "urn:acme:search:1-0-0", "x-applies-to": {}}',
    ),
    _Entry(
        "missing-version",
        "error",
        "The $id of a document of a custom contract does not end in a version.",
        "The version chooses among documents, and shows which changes are compatible. A contract with such a document "
        "cannot be used.",
        '{"$id": "urn:acme:search", "x-applies-to": {"events": ["search"]}}',
        '{"$id": "urn:acme:search:1-0-0", "x-applies-to": {"events": ["search"]}}',
    ),
    _Entry(
        "unknown-format",
        "error",
        "A custom contract uses a format that is not supported.",
        "The constraint would check nothing. A contract with such a document cannot be used.",
        '{"x-applies-to": {}, "properties": {"user": {"properties": {"id": {"format": "uid"}}}}}',
        '{"x-applies-to": {}, "properties": {"user": {"properties": {"id": {"format": "uuid"}}}}}',
    ),
    _Entry(
        "unknown-event",
        "error",
        "x-applies-to names an event type that does not exist.",
        "The document would apply to no event. A contract with such a document cannot be used.",
        '{"x-applies-to": {"events": ["serch"]}}',
        '{"x-applies-to": {"events": ["search"]}}',
    ),
    _Entry(
        "misplaced-applies-to",
        "error",
        "x-applies-to is not at the root of a document.",
        "It chooses the events for the whole document. A contract with such a document cannot be used.",
        '{"x-applies-to": {}, "allOf": [{"x-applies-to": {"events": ["search"]}}]}',
        '{"x-applies-to": {"events": ["search"]}}',
    ),
    _Entry(
        "no-event",
        "error",
        "A document of a custom contract applies to no event, and no other document refers to it.",
        "It would check nothing. A contract with such a document cannot be used.",
        '{"properties": {"search": {"properties": {"query": {"maxLength": 200}}}}}',
        '{"x-applies-to": {}, "properties": {"search": {"properties": {"query": {"maxLength": 200}}}}}',
    ),
    _Entry(
        "ambiguous-events",
        "error",
        "A document refers to several built-in events, and does not choose among them.",
        "No event is of two types. A contract with such a document cannot be used.",
        '{"anyOf": [{"$ref": "urn:eventlint:event:search:1-0-0"}, {"$ref": "urn:eventlint:event:page_view:1-0-0"}]}',
        '{"x-applies-to": {"events": ["search", "page_view"]}}',
    ),
    _Entry(
        "reserved-rule-name",
        "error",
        "x-rule has the name of a built-in rule or of a tier.",
        "Settings and suppressions could mean either of the two. A contract with such a rule cannot be used.",
        '{"x-applies-to": {}, "x-rule": {"name": "unknown-field"}}',
        '{"x-applies-to": {}, "x-rule": {"name": "our-unknown-field"}}',
    ),
    _Entry(
        "circular-ref",
        "error",
        "A schema refers to itself without descending into the value, or more than 40 schemas lead to each other.",
        "Validation would never end, or take very long. A contract with such a schema cannot be used.",
        '{"x-applies-to": {}, "$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}',
        '{"x-applies-to": {}, "$ref": "#/$defs/a", "$defs": {"a": {}}}',
    ),
    _Entry(
        "schema-byte-order-mark",
        "lint",
        "The file begins with a byte order mark.",
        "Other JSON parsers reject the file. Some editors on Windows add the mark.",
        "the bytes EF BB BF before the first brace",
        "UTF-8 without a byte order mark",
    ),
)


class SchemaRule(Rule):
    """A rule for schema documents; in everything else, it is like a rule for events."""

    __slots__ = ()

    @property
    def entry(self) -> _Entry:
        """The parts of the manual."""
        return _BY_NAME[self.name]

    @property
    def module(self) -> SimpleNamespace:
        """What declares the rule, like the module of a rule for events: its docstring is the manual."""
        entry = self.entry
        manual = (
            f"{entry.summary}\n\n## What it does\n\n{entry.summary}\n\n## Why is this bad?\n\n{entry.reason}\n\n"
            f"## Example\n\n{_code(entry.bad)}\n\n## Use instead\n\n{_code(entry.good)}\n"
        )
        return SimpleNamespace(__doc__=manual, EXAMINES="schema")


def _code(example: str) -> str:
    return f"```json\n{example}\n```" if example.endswith("}") else example


_BY_NAME = {entry.name: entry for entry in _ENTRIES}

SCHEMA_RULES = tuple(SchemaRule(entry.name, entry.tier) for entry in _ENTRIES)
"""All rules of schema lint, in the order in which they are listed."""

ALWAYS_ON = frozenset(
    [
        "ambiguous-events",
        "circular-ref",
        "duplicate-id",
        "duplicate-schema-key",
        "invalid-extension",
        "invalid-pattern",
        "invalid-schema",
        "invalid-schema-json",
        "misplaced-applies-to",
        "missing-id",
        "missing-version",
        "no-event",
        "reserved-id",
        "reserved-rule-name",
        "schema-too-large",
        "unknown-event",
        "unknown-format",
        "unresolvable-ref",
        "unsupported-draft",
    ]
)
"""Rules that cannot be switched off when a contract is loaded: a document that violates one cannot be used."""

BY_NAME = {rule.name: rule for rule in SCHEMA_RULES}

ALL_RULES: tuple[Rule, ...] = (*RULES, *SCHEMA_RULES)
"""The rules for events and for schemas: all rules that have a page."""
