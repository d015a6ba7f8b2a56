"""The rules for schema documents: name, tier, summary and manual; it must not know how any of them is checked."""

from __future__ import annotations

from typing import NamedTuple

from eventlint.errors import UsageError
from eventlint.model import Tier


class Rule(NamedTuple):
    """A rule for schema documents.

    Attributes:
        name: Its name; it never changes.
        tier: ``error`` for what is broken, ``lint`` for what could be better.
        summary: One sentence.
        why: Why it matters, and what else is to know.
        bad: A schema that breaks it.
        good: What to write instead.
    """

    name: str
    tier: Tier
    summary: str
    why: str
    bad: str
    good: str

    def manual(self) -> str:
        """The rule's page."""
        return (
            f"{self.name} ({self.tier})\n\nWhat it does\n  {self.summary}\n\nWhy it matters\n  {self.why}\n\n"
            f"Example\n  {self.bad}\n\nUse instead\n  {self.good}\n"
        )


RULES: tuple[Rule, ...] = (
    Rule(
        "broken-json",
        "error",
        "The file is not strict JSON in UTF-8, or is nested deeper than 100 brackets.",
        "Nothing can be told of a document that cannot be read. Comments, trailing commas and NaN are not JSON.",
        '{"type": "string",}',
        '{"type": "string"}',
    ),
    Rule(
        "duplicate-name",
        "error",
        "An object has two members of one name.",
        "Readers keep one of the two, mostly the last, and say nothing; what the other asks for is lost.",
        '{"minLength": 1, "minLength": 2}',
        '{"minLength": 2}',
    ),
    Rule(
        "invalid-schema",
        "error",
        "The metaschema of JSON Schema 2020-12 refuses the document.",
        "Validators refuse such a schema, or do what nobody meant. Nothing is fetched to find this out.",
        '{"type": "text"}',
        '{"type": "string"}',
    ),
    Rule(
        "invalid-extension",
        "error",
        "A keyword of eventlint's vocabulary has a value that the vocabulary refuses.",
        "The keyword tells how the server reads a value; a wrong one makes the contract unusable.",
        '{"x-reads": {"as": "text"}}',
        '{"x-reads": {"as": "string"}}',
    ),
    Rule(
        "other-draft",
        "lint",
        "The document says that it is of another draft than 2020-12.",
        "It is read as 2020-12 all the same, where some keywords have another meaning or none.",
        '{"$schema": "http://json-schema.org/draft-07/schema#"}',
        '{"$schema": "https://json-schema.org/draft/2020-12/schema"}',
    ),
    Rule(
        "misspelt-keyword",
        "error",
        "A keyword is almost one that exists.",
        "Validators pass over keywords that they do not know, so the schema accepts more than it seems to.",
        '{"requierd": ["id"]}',
        '{"required": ["id"]}',
    ),
    Rule(
        "unknown-keyword",
        "lint",
        "A keyword is none of JSON Schema 2020-12.",
        "It does nothing. A keyword of your own begins with x-, so that everybody sees that it is one.",
        '{"owner": "search team"}',
        '{"x-owner": "search team"}',
    ),
    Rule(
        "refused-example",
        "error",
        "An example or a default is refused by its own schema.",
        "People copy examples. Either the example is wrong, or the schema refuses what it should accept.",
        '{"type": "integer", "examples": ["1"]}',
        '{"type": "integer", "examples": [1]}',
    ),
    Rule(
        "empty-enum",
        "error",
        "An enum has no members.",
        "The schema refuses every value.",
        '{"enum": []}',
        '{"enum": ["asc", "desc"]}',
    ),
    Rule(
        "impossible-value",
        "error",
        "A member of enum, or const, is refused by what stands beside it.",
        "The value seems to be allowed and never is; where all are refused, the schema refuses every value.",
        '{"type": "string", "enum": [1]}',
        '{"type": "integer", "enum": [1]}',
    ),
    Rule(
        "inverted-bounds",
        "error",
        "A lower limit is over the upper one, so nothing lies between.",
        "The schema refuses every value of the type. This holds for numbers, lengths, items, properties and contains.",
        '{"minLength": 5, "maxLength": 2}',
        '{"minLength": 2, "maxLength": 5}',
    ),
    Rule(
        "forbidden-required",
        "error",
        "A property is required that the same schema forbids.",
        "No object can be valid: it is refused with the property and without it.",
        '{"required": ["id"], "properties": {}, "additionalProperties": false}',
        '{"required": ["id"], "properties": {"id": {"type": "string"}}, "additionalProperties": false}',
    ),
    Rule(
        "disjoint-types",
        "error",
        "Schemas that must all hold allow no type in common.",
        "The schema refuses every value. Perhaps anyOf was meant instead of allOf.",
        '{"allOf": [{"type": "string"}, {"type": "integer"}]}',
        '{"anyOf": [{"type": "string"}, {"type": "integer"}]}',
    ),
    Rule(
        "unresolvable-ref",
        "error",
        "A reference leads nowhere.",
        "Validators stop with an error at the first value. References are looked up among the documents at hand and "
        "the packaged ones; nothing is fetched.",
        '{"$ref": "#/$defs/adress"}',
        '{"$ref": "#/$defs/address", "$defs": {"address": {}}}',
    ),
    Rule(
        "duplicate-id",
        "error",
        "Two documents have one $id.",
        "Which of them a reference leads to depends on the order in which they are read.",
        '{"$id": "urn:example:order:1-0-0"} in two files',
        "an $id of its own for each",
    ),
    Rule(
        "missing-id",
        "lint",
        "A document has no $id.",
        "Others cannot refer to it, and its version stands nowhere but in the file's name.",
        '{"type": "object"}',
        '{"$id": "urn:example:order:1-0-0", "type": "object"}',
    ),
    Rule(
        "version-mismatch",
        "error",
        "The version in the file's name differs from the one in the $id.",
        "One of the two was forgotten when the document was copied.",
        '{"$id": "urn:example:order:1-0-0"} in order/1-0-1.json',
        '{"$id": "urn:example:order:1-0-1"} in order/1-0-1.json',
    ),
    Rule(
        "version-too-low",
        "error",
        "The document changed more than its version says.",
        "The version is MODEL-REVISION-ADDITION: model when something valid is refused now, revision when something is "
        "accepted in fields that existed, addition when there are only new optional fields. Told by --against only.",
        '{"$id": "urn:example:order:1-0-1"} with a field required that was not in 1-0-0',
        '{"$id": "urn:example:order:2-0-0"}',
    ),
    Rule(
        "invalid-pattern",
        "error",
        "A regular expression cannot be compiled.",
        "Validators stop with an error at the first text. Python compiles it here; expressions that only other "
        "languages know, like \\p{L} and (?<name>…), are told as unportable-pattern.",
        '{"pattern": "["}',
        '{"pattern": "^\\\\["}',
    ),
    Rule(
        "unportable-pattern",
        "lint",
        "A regular expression is valid elsewhere, and not in Python.",
        "Validators disagree about it, and examples could not be tried.",
        '{"pattern": "^\\\\p{L}+$"}',
        '{"pattern": "^[A-Za-z]+$"}',
    ),
    Rule(
        "catastrophic-pattern",
        "error",
        "A regular expression can take time that doubles with each character.",
        "A text of a few dozen characters keeps a validator busy for years. It is told where a repeat can take the "
        "same text in two ways, and where that could not be ruled out. No value is tried on such a schema; on others "
        "a text is tried where a search takes at most 300,000 steps, which is counted beforehand.",
        '{"pattern": "^(a+)+$"}',
        '{"pattern": "^a+$"}',
    ),
    Rule(
        "unanchored-pattern",
        "lint",
        "A regular expression has neither ^ nor $.",
        "A pattern is searched for, so it accepts every text that holds a match somewhere. An expression that is one "
        "set of characters says that such a character must be there, and is not told.",
        '{"pattern": "[0-9]+"}',
        '{"pattern": "^[0-9]+$"}',
    ),
    Rule(
        "idle-keyword",
        "lint",
        "A keyword says nothing about the types that are allowed.",
        "It does nothing where it stands, and the reader thinks that it does.",
        '{"type": "integer", "minLength": 1}',
        '{"type": "integer", "minimum": 1}',
    ),
    Rule(
        "undeclared-required",
        "lint",
        "A property is required that no property describes.",
        "Any value does, and perhaps the name is misspelt.",
        '{"properties": {"name": {}}, "required": ["nmae"]}',
        '{"properties": {"name": {}}, "required": ["name"]}',
    ),
    Rule(
        "missing-title",
        "lint",
        "A document or a property has no title.",
        "Documentation and forms are made of it. Where a property only refers to a schema, that schema's will do.",
        '{"properties": {"id": {"type": "string"}}}',
        '{"properties": {"id": {"title": "Identifier", "type": "string"}}}',
    ),
    Rule(
        "missing-description",
        "lint",
        "A document or a property has no description.",
        "The name alone does not tell what to send. Where a property only refers to a schema, that schema's will do.",
        '{"properties": {"id": {"type": "string"}}}',
        '{"properties": {"id": {"description": "Who searched.", "type": "string"}}}',
    ),
    Rule(
        "missing-example",
        "lint",
        "A document or a property has no examples.",
        "Examples are tried by this lint and by tests. const and enum are examples of their own.",
        '{"properties": {"id": {"type": "string"}}}',
        '{"properties": {"id": {"type": "string", "examples": ["42"]}}}',
    ),
    Rule(
        "untried-schema",
        "lint",
        "A document is too large to be tried on its examples.",
        "With all references written out it has more than 20,000 schemas; a value could take very long.",
        "definitions that refer to the next one twice, thirty times",
        "fewer, larger definitions",
    ),
    Rule(
        "impossible-clause",
        "lint",
        "A clause of a contract of your own can never apply to an event that the server takes.",
        "The clause was meant to hold something back, and holds back nothing: mostly a name is misspelt, or stands one "
        "object too high.",
        '{"x-applies-to": {"events": ["search"]}, "properties": {"user": {"properties": {"name": {}}}}}',
        '{"x-applies-to": {"events": ["search"]}, "properties": {"user": {"properties": {"id": {}}}}}',
    ),
)
"""All rules, in the order in which they are documented."""

BY_NAME = {rule.name: rule for rule in RULES}


def explain(name: str) -> str:
    """The manual of a rule.

    Args:
        name: Its name.

    Raises:
        UsageError: There is no such rule.
    """
    if name not in BY_NAME:
        raise UsageError(f"not a rule for schemas: {name!r} (one of {', '.join(BY_NAME)})")
    return BY_NAME[name].manual()
