"""Schemas that say less than they could, or what nobody hears; it must not know contradictions or files."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from eventlint.schemas import patterns
from eventlint.schemas.change_text import shown
from eventlint.schemas.keywords import BY_TYPE, KNOWN, OLDER, Path, types_of
from eventlint.schemas.metaschema import own_keywords
from eventlint.schemas.problem import Told, View
from eventlint.schemas.regex_tree import Alt, Anchor, Chars, Look, Node, Repeat, Seq, Unreadable, parse
from eventlint.schemas.unreachable import events_of

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ELSEWHERE = re.compile(r"\\[pP]\{|\(\?<[A-Za-z]|\\c[A-Za-z]|\\u\{|\[\^?\]")


def keywords(view: View) -> Iterator[Told]:
    """Keywords that nobody knows."""
    own = own_keywords()
    for path, schema in _objects(view):
        for key in schema:
            if key in KNOWN or key in own:
                continue
            place = (*path, key)
            if key in OLDER:
                message = f"{shown(key)} is no keyword of 2020-12"
                yield Told("misspelt-keyword", place, message, f"write {OLDER[key]}", True)
                continue
            near = _near(key, (*KNOWN, *own))
            if near is not None:
                message = f"{shown(key)} is no keyword"
                yield Told("misspelt-keyword", place, message, f"did you mean {near!r}?", True)
            elif not key.startswith("x-"):
                message = f"{shown(key)} is no keyword, and does nothing"
                yield Told("unknown-keyword", place, message, f"call it {'x-' + key[:40]!r} if it is your own", True)


def _near(key: str, known: Iterable[str]) -> str | None:
    if len(key) > 40:
        return None
    lower = {one.lower(): one for one in known}
    if key.lower() in lower:
        return lower[key.lower()]
    # Keywords of one's own may resemble others by chance, so they must be closer.
    found = difflib.get_close_matches(key.lower(), lower, 1, 0.85 if key.startswith("x-") else 0.8)
    return lower[found[0]] if found else None


def draft(view: View) -> Iterator[Told]:
    """Documents of another draft."""
    said = view.value.get("$schema") if isinstance(view.value, dict) else None
    if isinstance(said, str) and said.rstrip("#") != _DRAFT and not _is_own(view, said):
        message = f"the document is of {shown(said, 60)}, and is read as 2020-12"
        yield Told("other-draft", ("$schema",), message, f"write {_DRAFT}")


def _is_own(view: View, said: str) -> bool:
    """Whether a metaschema is at hand; such a one may build on 2020-12."""
    return view.library.root(said) is not None and "draft" not in said


def expressions(view: View) -> Iterator[Told]:
    """Regular expressions that cannot be run, must not be run, or say less than they seem to."""
    for path, schema in _objects(view):
        listed = [((*path, "pattern"), schema["pattern"], False)] if "pattern" in schema else []
        listed += [((*path, "patternProperties", name), name, True) for name in schema.get("patternProperties", {})]
        for place, pattern, of_name in listed:
            yield from _expression(pattern, place, of_name=of_name)


def _expression(pattern: str, place: Path, *, of_name: bool) -> Iterator[Told]:
    broken = patterns.why_unusable(pattern)
    if broken is not None:
        if _ELSEWHERE.search(pattern):
            message = f"Python cannot run {shown(pattern, 40)}: {broken}"
            yield Told("unportable-pattern", place, message, "write it in what all languages know", of_name)
        else:
            message = f"{shown(pattern, 40)} is no regular expression: {broken}"
            yield Told("invalid-pattern", place, message, None, of_name)
        return
    reason = patterns.why_catastrophic(pattern)
    if reason is not None:
        message = f"{shown(pattern, 40)} may take forever: {reason}"
        yield Told("catastrophic-pattern", place, message, "let only one repeat take each character", of_name)
    try:
        tree = parse(pattern)
    except Unreadable:
        return
    if not isinstance(tree, Chars) and pattern and not _is_anchored(tree):
        message = f"{shown(pattern, 40)} is searched for anywhere in the text"
        yield Told("unanchored-pattern", place, message, "begin it with ^ and end it with $", of_name)


def _is_anchored(node: Node) -> bool:
    if isinstance(node, Anchor):
        return node.kind in "^$"
    if isinstance(node, Repeat | Look):
        return _is_anchored(node.body)
    below = node.parts if isinstance(node, Seq) else node.options if isinstance(node, Alt) else ()
    return any(map(_is_anchored, below))


def idle(view: View) -> Iterator[Told]:
    """Keywords for types that the schema does not allow."""
    for path, schema in _objects(view):
        for pair in (("minContains", "contains"), ("maxContains", "contains"), ("then", "if"), ("else", "if")):
            if pair[0] in schema and pair[1] not in schema:
                message = f"{pair[0]} says nothing without {pair[1]}"
                yield Told("idle-keyword", (*path, pair[0]), message, f"take it out, or add {pair[1]}", True)
        kinds = types_of(schema)
        if kinds is None:
            continue
        for kind, names in BY_TYPE.items():
            if kind in kinds or (kind == "number" and "integer" in kinds):
                continue
            for key in sorted(names & schema.keys()):
                message = f"{key} says nothing about the type {' or '.join(sorted(kinds))}"
                yield Told("idle-keyword", (*path, key), message, f"take it out, or allow the type {kind}", True)


def prose(view: View) -> Iterator[Told]:
    """Documents and properties without title, description or examples.

    A metaschema describes keywords, for people who write schemas, and a contract of one's own says more of what is
    described elsewhere: only their own title and description are asked for.
    """
    is_meta = isinstance(view.value, dict) and ("$vocabulary" in view.value or bool(events_of(view)))
    for path, schema in _objects(view):
        is_property = len(path) > 1 and path[-2] == "properties" and path[-3:-2] != ("properties",)
        if path and (is_meta or not is_property or _is_partial(view, path)):
            continue
        said = _said(view, schema)
        what = f"the property {shown(path[-1])}" if path else "the document"
        for key, rule in (("title", "missing-title"), ("description", "missing-description")):
            if key not in said:
                yield Told(rule, path, f"{what} has no {key}", f"add {key}", bool(path))
        if not {"examples", "enum", "const", "default"} & said and not is_meta:
            yield Told("missing-example", path, f"{what} has no examples", "add examples, a list of values", bool(path))


def _is_partial(view: View, path: Path) -> bool:
    """Whether a property stands in a condition or a choice, where it only says more of what is described elsewhere."""
    return any(
        part in ("if", "then", "else", "not", "anyOf", "oneOf", "allOf", "dependentSchemas") for part in path[:-2]
    )


def _said(view: View, schema: dict[str, Any]) -> set[str]:
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


def _objects(view: View) -> Iterator[tuple[Path, dict[str, Any]]]:
    return ((path, schema) for path, schema in view.schemas if isinstance(schema, dict))
