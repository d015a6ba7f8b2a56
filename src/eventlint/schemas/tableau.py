"""What must hold of a value of one type so that a schema accepts it, or rejects it.

A :class:`Way` is one of the ways to meet a schema, or to violate it: other schemas that must accept or reject the same
value, and facts about the value. To violate a schema, one of its keywords must reject the value, so there is one way
per keyword, and per property.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

from eventlint.schemas.schema_graph import Graph, Node

Literal = tuple[int, bool]
"""A class of schemas, and whether it accepts the value."""

Fact = tuple[Any, ...]
"""A fact about a value: its name, then its arguments."""

_MAX_ASSIGNMENTS = 128
_MAX_WAYS = 300
_NUMERIC = ("integer", "fraction")


class Group(NamedTuple):
    """Schemas of the members of an object: by key, by pattern, and of all others.

    Attributes:
        named: By key; -1 for a key that another group describes.
        patterns: By pattern, likewise.
        rest: The schema of all others; None if they may be anything.
        hints: Keys that other cases of the same schema describe.
    """

    named: dict[str, int]
    patterns: dict[str, int]
    rest: int | None
    hints: tuple[str, ...] = ()


class Row(NamedTuple):
    """Schemas of the elements of an array: the first ones, and all others."""

    prefix: tuple[int, ...]
    rest: int | None


class Way(NamedTuple):
    """One way to meet or to violate a schema.

    Attributes:
        path: The keywords of the schema that it is about.
        literals: Schemas that must accept or reject the same value.
        facts: What must hold of the value.
        part: If only a member or an element must violate a schema: where it may be, and the schema.
    """

    path: tuple[str, ...] = ()
    literals: tuple[Literal, ...] = ()
    facts: tuple[Fact, ...] = ()
    part: tuple[Fact, int] | None = None

    def also(self, literals: tuple[Literal, ...], facts: tuple[Fact, ...] = ()) -> Way:
        """This way with more that must hold."""
        return self._replace(literals=(*self.literals, *literals), facts=(*self.facts, *facts))


class Demands(NamedTuple):
    """What a schema demands of values of one type: all literals and facts, and one way of each choice."""

    literals: tuple[Literal, ...]
    facts: tuple[Fact, ...]
    choices: tuple[tuple[Way, ...], ...]


class Tableau:
    """The ways to meet and to violate the schemas of a graph."""

    def __init__(self, graph: Graph) -> None:
        """Prepare.

        Args:
            graph: The schemas.
        """
        self.graph = graph
        self._met: dict[tuple[int, str], Demands | None] = {}
        self._violated: dict[tuple[int, str], tuple[Way, ...]] = {}

    def demands(self, number: int, kind: str) -> Demands | None:
        """What a schema demands of values of a type; None if it rejects all of them."""
        key = (number, kind)
        if key not in self._met:
            self._met[key] = _demands(self, self.graph.nodes[number], kind)
        return self._met[key]

    def violations(self, number: int, kind: str) -> tuple[Way, ...]:
        """The ways in which values of a type can violate a schema."""
        key = (number, kind)
        if key not in self._violated:
            self._violated[key] = ()  # a schema that refers to itself for the same value
            self._violated[key] = tuple(_violations(self, self.graph.nodes[number], kind))
        return self._violated[key]

    def is_complex(self, number: int) -> bool:
        """Whether a schema has so many keywords that there are several ways to violate it."""
        node = self.graph.nodes[number]
        return bool(node.named or node.lists or node.one) or len(node.plain) > 1

    def evaluations(self, number: int, kind: str, above: frozenset[int] = frozenset()) -> list[tuple[Way, list[Any]]]:
        """What a schema that accepts a value evaluates, depending on which of its choices accept it.

        Returns:
            For each case what must hold, and the groups or rows that evaluate.
        """
        if number in above:
            return [(Way(), [])]
        node = self.graph.nodes[number]
        own = _group(node, closing=True) if kind == "object" else _row(node, closing=True)
        found: list[tuple[Way, list[Any]]] = [(Way(), [own] if own else [])]
        below = above | {number}
        for one in node.lists.get("allOf", ()):
            found = _both(found, self.evaluations(one, kind, below))
        for key in ("anyOf", "oneOf"):
            for one in node.lists.get(key, ()):
                yes = [(way.also(((one, True),)), some) for way, some in self.evaluations(one, kind, below)]
                found = _both(found, [*yes, (Way(literals=((one, False),)), [])])
        if "if" in node.one:
            test = node.one["if"]
            yes = [(way.also(((test, True),)), some) for way, some in self.evaluations(test, kind, below)]
            if "then" in node.one:
                yes = _both(yes, self.evaluations(node.one["then"], kind, below))
            no: list[tuple[Way, list[Any]]] = [(Way(literals=((test, False),)), [])]
            if "else" in node.one:
                no = _both(no, self.evaluations(node.one["else"], kind, below))
            found = _both(found, [*yes, *no])
        for name, one in node.named.get("dependentSchemas", {}).items() if kind == "object" else ():
            yes = [(way.also((), (("required", name),)), some) for way, some in self.evaluations(one, kind, below)]
            found = _both(found, [*yes, (Way(facts=(("absent", name),)), [])])
        if kind == "array" and "contains" in node.one:
            found = [(way.also((), (("opaque", "contains"),)), some) for way, some in found]
        return found


def _both(one: list[tuple[Way, list[Any]]], other: list[tuple[Way, list[Any]]]) -> list[tuple[Way, list[Any]]]:
    if len(one) * len(other) > _MAX_ASSIGNMENTS:
        return [(Way(facts=(("opaque", "unevaluated"),)), [])]
    return [
        (left.also(right.literals, right.facts), [*some, *more])
        for (left, some), (right, more) in itertools.product(one, other)
    ]


def _group(node: Node, *, closing: bool = False) -> Group | None:
    rest = node.one.get("additionalProperties")
    if rest is None and closing:
        rest = node.one.get("unevaluatedProperties")
    named, patterns = node.named.get("properties", {}), node.named.get("patternProperties", {})
    return Group(named, patterns, rest) if named or patterns or rest is not None else None


def _row(node: Node, *, closing: bool = False) -> Row | None:
    rest = node.one.get("items")
    if rest is None and closing:
        rest = node.one.get("unevaluatedItems")
    prefix = node.lists.get("prefixItems", ())
    return Row(prefix, rest) if prefix or rest is not None else None


def _demands(tableau: Tableau, node: Node, kind: str) -> Demands | None:
    if kind not in node.kinds:
        return None
    facts: list[Fact] = [("enum", values) for values in node.enums]
    literals: list[Literal] = [(one, True) for one in node.lists.get("allOf", ())]
    choices: list[tuple[Way, ...]] = []
    if node.opaque:
        facts.append(("opaque", node.opaque))
    if "anyOf" in node.lists:
        choices.append(tuple(Way(literals=((one, True),)) for one in node.lists["anyOf"]))
    if "oneOf" in node.lists:
        options = node.lists["oneOf"]
        choices.append(
            tuple(
                Way(literals=tuple((other, other_at == at) for other_at, other in enumerate(options)))
                for at in range(len(options))
            )
        )
    if "not" in node.one:
        literals.append((node.one["not"], False))
    if "if" in node.one and {"then", "else"} & node.one.keys():
        test = node.one["if"]
        yes: tuple[Literal, ...] = ((test, True), *(((node.one["then"], True),) if "then" in node.one else ()))
        no: tuple[Literal, ...] = ((test, False), *(((node.one["else"], True),) if "else" in node.one else ()))
        choices.append((Way(literals=yes), Way(literals=no)))
    plain = node.plain
    if kind == "string":
        facts += [(key, plain[key]) for key in ("minLength", "maxLength", "pattern", "format") if key in plain]
    elif kind in _NUMERIC:
        keys = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
        facts += [(key, plain[key]) for key in keys if key in plain]
    elif kind == "array":
        _array_demands(tableau, node, facts, choices)
    elif kind == "object":
        _object_demands(tableau, node, facts, choices)
    return Demands(tuple(literals), tuple(facts), tuple(choices))


def _array_demands(tableau: Tableau, node: Node, facts: list[Fact], choices: list[tuple[Way, ...]]) -> None:
    facts += [(key, node.plain[key]) for key in ("minItems", "maxItems") if key in node.plain]
    if node.plain.get("uniqueItems"):
        facts.append(("unique",))
    row = _row(node)
    if row is not None:
        facts.append(("row", row))
    if "contains" in node.one:
        facts.append(("contains", node.one["contains"], *_counts(node)))
    if "unevaluatedItems" in node.one:
        choices.append(
            tuple(way.also((), (("row", one),)) if one else way for way, one in _unevaluated_rows(tableau, node))
        )


def _counts(node: Node) -> tuple[int, int | None]:
    return node.plain.get("minContains", 1), node.plain.get("maxContains")


def _unevaluated_rows(tableau: Tableau, node: Node) -> Iterator[tuple[Way, Row | None]]:
    """For each case what must hold, and the row of which the rest is unevaluated."""
    bare = node._replace(one={key: one for key, one in node.one.items() if key != "unevaluatedItems"})
    for way, rows in _inner_evaluations(tableau, bare, "array"):
        if any(row.rest is not None for row in rows):
            yield way, None
            continue
        length = max((len(row.prefix) for row in rows), default=0)
        yield way, Row((-1,) * length, node.one["unevaluatedItems"])


def _inner_evaluations(tableau: Tableau, node: Node, kind: str) -> list[tuple[Way, list[Any]]]:
    tableau.graph.nodes.append(node)
    try:
        return tableau.evaluations(len(tableau.graph.nodes) - 1, kind)
    finally:
        tableau.graph.nodes.pop()


def _unevaluated_groups(tableau: Tableau, node: Node) -> Iterator[tuple[Way, Group | None]]:
    """For each case what must hold, and the group of which the rest is unevaluated."""
    bare = node._replace(one={key: one for key, one in node.one.items() if key != "unevaluatedProperties"})
    cases = _inner_evaluations(tableau, bare, "object")
    hints = tuple(dict.fromkeys(name for _, groups in cases for group in groups for name in group.named))
    for way, groups in cases:
        if any(group.rest is not None for group in groups):
            yield way, None
            continue
        named = dict.fromkeys((name for group in groups for name in group.named), -1)
        patterns = dict.fromkeys((name for group in groups for name in group.patterns), -1)
        yield way, Group(named, patterns, node.one["unevaluatedProperties"], hints)


def _object_demands(tableau: Tableau, node: Node, facts: list[Fact], choices: list[tuple[Way, ...]]) -> None:
    facts += [("required", name) for name in node.plain.get("required", ())]
    facts += [(key, node.plain[key]) for key in ("minProperties", "maxProperties") if key in node.plain]
    group = _group(node)
    if group is not None:
        facts.append(("group", group))
    if "propertyNames" in node.one:
        facts.append(("names", node.one["propertyNames"]))
    for name, names in node.plain.get("dependentRequired", {}).items():
        choices.append((Way(facts=(("absent", name),)), Way(facts=tuple(("required", one) for one in names))))
    for name, one in node.named.get("dependentSchemas", {}).items():
        choices.append((Way(facts=(("absent", name),)), Way(literals=((one, True),))))
    if "unevaluatedProperties" in node.one:
        choices.append(
            tuple(way.also((), (("group", one),)) if one else way for way, one in _unevaluated_groups(tableau, node))
        )


def _violations(tableau: Tableau, node: Node, kind: str) -> Iterator[Way]:
    if kind not in node.kinds:
        yield Way(("type",))
        return
    if node.opaque:
        yield Way(("$ref",), facts=(("opaque", node.opaque),))
    for values in node.enums:
        yield Way(("enum",), facts=(("excluded", values),))
    if kind == "string":
        yield from _string_violations(node)
    elif kind in _NUMERIC:
        yield from _number_violations(node)
    elif kind == "array":
        yield from _array_violations(tableau, node)
    elif kind == "object":
        yield from _object_violations(tableau, node)
    for at, one in enumerate(node.lists.get("allOf", ())):
        ways = tableau.violations(one, kind)
        for way in ways if 0 < len(ways) <= _MAX_WAYS else (Way(literals=((one, False),)),):
            yield way._replace(path=("allOf", str(at), *way.path))
    for key in ("anyOf", "oneOf"):
        if key in node.lists:
            yield from _no_choice(tableau, node.lists[key], key, kind)
    for left, right in itertools.combinations(node.lists.get("oneOf", ()), 2):
        yield Way(("oneOf",), literals=((left, True), (right, True)))
    if "not" in node.one:
        yield Way(("not",), literals=((node.one["not"], True),))
    for key, answer in (("then", True), ("else", False)):
        if key in node.one and "if" in node.one:
            for way in tableau.violations(node.one[key], kind):
                yield way.also(((node.one["if"], answer),))._replace(path=(key, *way.path))


def _no_choice(tableau: Tableau, options: tuple[int, ...], key: str, kind: str) -> Iterator[Way]:
    """No option accepts the value; if options are new, each way to violate one of them is a way of its own."""
    changed = [one for one in options if one not in tableau.graph.of_old]
    none = tuple((one, False) for one in options)
    yield Way((key,), literals=none)
    for at, one in enumerate(options) if len(changed) <= 8 else ():
        if one in changed:
            for way in tableau.violations(one, kind):
                if way.path[:1] != ("type",):
                    yield way.also(none)._replace(path=(key, str(at), *way.path))


def _string_violations(node: Node) -> Iterator[Way]:
    for key, fact in (("minLength", "maxLength"), ("maxLength", "minLength")):
        if key in node.plain:
            yield Way((key,), facts=((fact, node.plain[key] + (1 if key == "maxLength" else -1)),))
    if "pattern" in node.plain:
        yield Way(("pattern",), facts=(("no pattern", node.plain["pattern"]),))
    if "format" in node.plain:
        yield Way(("format",), facts=(("no format", node.plain["format"]),))


def _number_violations(node: Node) -> Iterator[Way]:
    for key, fact in (
        ("minimum", "exclusiveMaximum"),
        ("maximum", "exclusiveMinimum"),
        ("exclusiveMinimum", "maximum"),
        ("exclusiveMaximum", "minimum"),
    ):
        if key in node.plain:
            yield Way((key,), facts=((fact, node.plain[key]),))
    if "multipleOf" in node.plain:
        yield Way(("multipleOf",), facts=(("no multiple", node.plain["multipleOf"]),))


def _array_violations(tableau: Tableau, node: Node) -> Iterator[Way]:
    if "minItems" in node.plain:
        yield Way(("minItems",), facts=(("maxItems", node.plain["minItems"] - 1),))
    if "maxItems" in node.plain:
        yield Way(("maxItems",), facts=(("minItems", node.plain["maxItems"] + 1),))
    if node.plain.get("uniqueItems"):
        yield Way(("uniqueItems",), facts=(("twins",),))
    if "contains" in node.one:
        least, most = _counts(node)
        if least > 0:
            yield Way(("contains",), facts=(("contains", node.one["contains"], 0, least - 1),))
        if most is not None:
            yield Way(("contains",), facts=(("contains", node.one["contains"], most + 1, None),))
    row = _row(node)
    if row is not None:
        yield from _row_violations(row, "items")
    if "unevaluatedItems" in node.one:
        for way, one in _unevaluated_rows(tableau, node):
            for below in _row_violations(one, "unevaluatedItems") if one else ():
                yield below.also(way.literals, way.facts)


def _row_violations(row: Row, key: str) -> Iterator[Way]:
    for at, one in enumerate(row.prefix):
        if one >= 0:
            yield Way(("prefixItems", str(at)), part=(("at", at, at + 1), one))
    if row.rest is not None:
        yield Way((key,), part=(("at", len(row.prefix), None), row.rest))


def _object_violations(tableau: Tableau, node: Node) -> Iterator[Way]:
    for name in node.plain.get("required", ()):
        yield Way(("required", name), facts=(("absent", name),))
    if "minProperties" in node.plain:
        yield Way(("minProperties",), facts=(("maxProperties", node.plain["minProperties"] - 1),))
    if "maxProperties" in node.plain:
        yield Way(("maxProperties",), facts=(("minProperties", node.plain["maxProperties"] + 1),))
    if "propertyNames" in node.one:
        yield Way(("propertyNames",), facts=(("bad name", node.one["propertyNames"]),))
    for name, names in node.plain.get("dependentRequired", {}).items():
        for one in names:
            if one != name:
                yield Way(("dependentRequired", name, one), facts=(("required", name), ("absent", one)))
    for name, one in node.named.get("dependentSchemas", {}).items():
        for way in tableau.violations(one, "object"):
            path = ("dependentSchemas", name, *way.path)
            yield way.also((), (("required", name),))._replace(path=path)
    group = _group(node)
    if group is not None:
        yield from _group_violations(group, "additionalProperties")
    if "unevaluatedProperties" in node.one:
        for way, found in _unevaluated_groups(tableau, node):
            for below in _group_violations(found, "unevaluatedProperties") if found else ():
                yield below.also(way.literals, way.facts)


def _group_violations(group: Group, key: str) -> Iterator[Way]:
    for name, one in group.named.items():
        if one >= 0:
            yield Way(("properties", name), part=(("key", name), one))
    for pattern, one in group.patterns.items():
        if one >= 0:
            yield Way(("patternProperties", pattern), part=(("like", pattern), one))
    if group.rest is not None:
        yield Way((key,), part=(("other", group), group.rest))
