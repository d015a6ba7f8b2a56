"""Checks for keywords without effect, missing documentation, and patterns."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from eventlint.schemas import patterns
from eventlint.schemas.change_text import shown
from eventlint.schemas.keywords import BY_TYPE, KNOWN, OLDER, SYNONYMS, Path, types_of
from eventlint.schemas.metaschema import extension_keywords
from eventlint.schemas.problem import Problem, View
from eventlint.schemas.regex_tree import Alt, Anchor, Chars, Node, Repeat, Seq, Unreadable, parse

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def keywords(view: View) -> Iterator[Problem]:
    """Unknown keywords."""
    extensions = extension_keywords()
    for path, schema in view.objects():
        for key in schema:
            if key in KNOWN or key in extensions:
                continue
            place = (*path, key)
            if key in OLDER or key in SYNONYMS:
                message = f"{shown(key)} is not a keyword of 2020-12"
                yield Problem("misspelled-keyword", place, message, f"use {OLDER.get(key) or SYNONYMS[key]}", True)
                continue
            near = _near(key, (*KNOWN, *extensions)) or _near_extension(key, schema[key])
            if near is not None:
                message = f"unknown keyword {shown(key)}"
                yield Problem("misspelled-keyword", place, message, f"did you mean {near!r}?", True)
            elif not key.startswith("x-"):
                message = f"unknown keyword {shown(key)}, which has no effect"
                yield Problem(
                    "unknown-keyword",
                    place,
                    message,
                    f"rename it to {'x-' + key[:40]!r} if it is a custom keyword",
                    True,
                )


def _near(key: str, known: Iterable[str]) -> str | None:
    if len(key) > 40:
        return None
    lower = {one.lower(): one for one in known}
    if key.lower() in lower:
        return lower[key.lower()]
    # Custom keywords may be similar by chance, so they must be closer.
    found = difflib.get_close_matches(key.lower(), lower, 1, 0.85 if key.startswith("x-") else 0.8)
    return lower[found[0]] if found else None


def _near_extension(key: str, value: Any) -> str | None:
    """The keyword of contracts that a custom keyword seems to be, judged by its value, too."""
    for name, keys in (("x-rule", {"name", "message", "hint"}), ("x-applies-to", {"events", "collections"})):
        is_like = isinstance(value, dict) and value and value.keys() <= keys
        if is_like and difflib.SequenceMatcher(None, key.lower(), name).ratio() > 0.5:
            return name
    return None


def draft(view: View) -> Iterator[Problem]:
    """Documents that declare another draft."""
    declared = view.value.get("$schema") if isinstance(view.value, dict) else None
    if not isinstance(declared, str) or declared.rstrip("#") == _DRAFT:
        return
    is_custom = view.library.root(declared) is not None and "draft" not in declared
    if not is_custom:  # a custom metaschema may build on 2020-12
        message = f"$schema names {shown(declared, 60)}, not the draft 2020-12"
        yield Problem("unsupported-draft", ("$schema",), message, f"use {_DRAFT}")


def expressions(view: View) -> Iterator[Problem]:
    """Regular expressions that are not supported, or not anchored."""
    for path, schema in view.objects():
        listed = [((*path, "pattern"), schema["pattern"], False)] if "pattern" in schema else []
        listed += [((*path, "patternProperties", name), name, True) for name in schema.get("patternProperties", {})]
        for place, pattern, of_key in listed:
            yield from _expression(pattern, place, of_key=of_key)


def _expression(pattern: str, place: Path, *, of_key: bool) -> Iterator[Problem]:
    reason = patterns.why_unsupported(pattern)
    if reason is not None:
        message = f"unsupported pattern {shown(pattern, 40)}: {reason}"
        yield Problem("invalid-pattern", place, message, None, of_key)
        return
    try:
        tree = parse(pattern)
    except Unreadable:
        return
    if not isinstance(tree, Chars) and pattern and not _is_anchored(tree):
        message = f"{shown(pattern, 40)} may match anywhere in the string"
        yield Problem("unanchored-pattern", place, message, "start it with ^ and end it with $", of_key)


def _is_anchored(node: Node) -> bool:
    if isinstance(node, Anchor):
        return node.kind in "^$"
    if isinstance(node, Repeat):
        return _is_anchored(node.body)
    below = node.parts if isinstance(node, Seq) else node.options if isinstance(node, Alt) else ()
    return any(map(_is_anchored, below))


def ineffective(view: View) -> Iterator[Problem]:
    """Keywords that do not apply to the allowed types, or need another keyword."""
    for path, schema in view.objects():
        for pair in (("minContains", "contains"), ("maxContains", "contains"), ("then", "if"), ("else", "if")):
            if pair[0] in schema and pair[1] not in schema:
                message = f"{pair[0]} has no effect without {pair[1]}"
                yield Problem("ineffective-keyword", (*path, pair[0]), message, f"remove it, or add {pair[1]}", True)
        kinds = types_of(schema)
        if kinds is None:
            continue
        for kind, names in BY_TYPE.items():
            if kind in kinds or (kind == "number" and "integer" in kinds):
                continue
            for key in sorted(names & schema.keys()):
                message = f"{key} has no effect on the type {' or '.join(sorted(kinds))}"
                yield Problem(
                    "ineffective-keyword", (*path, key), message, f"remove it, or allow the type {kind}", True
                )


def prose(view: View) -> Iterator[Problem]:
    """Documents and properties without title, description or examples.

    Metaschemas and custom contracts constrain what is described elsewhere, so only their root needs a title and a
    description.
    """
    is_addition = isinstance(view.value, dict) and ("$vocabulary" in view.value or view.is_contract)
    for path, schema in view.objects():
        is_property = len(path) > 1 and path[-2] == "properties" and path[-3:-2] != ("properties",)
        if path and (is_addition or not is_property or _is_partial(view, path)):
            continue
        present = _present(view, schema)
        what = f"the property {shown(path[-1])}" if path else "the document"
        for key, rule in (("title", "missing-title"), ("description", "missing-description")):
            if key not in present:
                yield Problem(rule, path, f"{what} has no {key}", f"add {key}", bool(path))
        if not {"examples", "enum", "const", "default"} & present and not is_addition:
            yield Problem(
                "missing-example", path, f"{what} has no examples", "add examples, an array of values", bool(path)
            )


def _is_partial(view: View, path: Path) -> bool:
    """Whether a property is in a condition or a choice, which constrains what is described elsewhere."""
    return any(
        part in ("if", "then", "else", "not", "anyOf", "oneOf", "allOf", "dependentSchemas") for part in path[:-2]
    )


def _present(view: View, schema: dict[str, Any]) -> set[str]:
    """The keywords of a schema and of what it refers to."""
    found = set(schema)
    start = view.library.root(view.uri)
    for _ in range(20):
        target = view.library.resolve(start[1], schema["$ref"]) if start and "$ref" in schema else None
        if target is None or not isinstance(target[0], dict):
            break
        schema, start = target[0], target
        found |= set(schema)
    return found
