"""Two schemas as one graph, in which schemas that say the same are one class.

References are edges, so that recursion needs no unfolding, and a definition that is used often is looked at once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from eventlint.schemas import format_language
from eventlint.schemas.equal import canonical
from eventlint.schemas.keywords import BY_TYPE, KNOWN, LISTS, NAMED, ONE
from eventlint.schemas.validity import Library, Resolver, Schema, SchemaValidator, TooLargeError

MAX_NODES = 30_000
"""How many different schemas both documents may have together."""

KINDS = ("null", "boolean", "integer", "fraction", "string", "array", "object")
"""The types of values; a fraction is a number that is not an integer."""

_PLAIN = frozenset().union(*BY_TYPE.values()) - ONE - LISTS - NAMED


class Node(NamedTuple):
    """A schema.

    Attributes:
        kinds: The types that it allows.
        enums: The lists of values that it allows: ``enum`` and ``const``.
        plain: Keywords without schemas.
        one: Keywords that hold a schema: its node.
        lists: Keywords that hold a list of schemas; references are in ``allOf``.
        named: Keywords that hold schemas by key.
        opaque: A reference that cannot be resolved.
    """

    kinds: frozenset[str]
    enums: tuple[tuple[Any, ...], ...]
    plain: dict[str, Any]
    one: dict[str, int]
    lists: dict[str, tuple[int, ...]]
    named: dict[str, dict[str, int]]
    opaque: str = ""


class Graph:
    """The schemas that two documents reach.

    Attributes:
        nodes: A schema of each class, with classes as parts.
        roots: The classes of the two documents.
    """

    def __init__(self, sides: tuple[tuple[Library, str], tuple[Library, str]]) -> None:
        """Gather the schemas.

        Args:
            sides: For both documents, the library and the document's address.

        Raises:
            TooLargeError: They are too large.
        """
        self._made: list[Node] = []
        self._origins: list[tuple[Library, Schema, Resolver]] = []
        self._known: dict[int, int] = {}
        self._keep: list[Any] = []
        self._waiting: list[int] = []
        roots = []
        for library, uri in sides:
            found = library.root(uri)
            if found is None:
                raise TooLargeError
            roots.append(self._add(library, *found))
            self._follow()
            if not roots[1:]:
                self._of_old = len(self._made)
        self._unify(roots)

    def _add(self, library: Library, schema: Schema, resolver: Resolver) -> int:
        found = self._known.get(id(schema))
        if found is not None and isinstance(schema, dict):
            return found
        if len(self._origins) >= MAX_NODES:
            raise TooLargeError
        number = len(self._origins)
        self._origins.append((library, schema, resolver))
        self._known[id(schema)] = number
        self._waiting.append(number)
        return number

    def _follow(self) -> None:
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            self._made += [self._node(*self._origins[number]) for number in waiting]

    def _node(self, library: Library, schema: Schema, resolver: Resolver) -> Node:
        if not isinstance(schema, dict):
            return Node(frozenset(KINDS if schema is not False else ()), (), {}, {}, {}, {})
        resolver = library.inside(schema, resolver)
        plain = {key: value for key, value in schema.items() if key in _PLAIN}
        if library.asserts_formats and format_language.asserted(schema):
            plain["format"] = schema["format"]
        one: dict[str, int] = {}
        lists: dict[str, tuple[int, ...]] = {}
        named: dict[str, dict[str, int]] = {}
        members: list[int] = []
        opaque = ""
        for key, value in schema.items():
            if key in ("$ref", "$dynamicRef"):
                target = library.resolve(resolver, value)
                if target is None or (key == "$dynamicRef" and library.is_dynamic(target[0])):
                    opaque = f"{key} {value}"
                else:
                    members.append(self._add(library, *target))
            elif key in ("$defs", "contentSchema") or key not in KNOWN:
                continue
            elif key in ONE:
                one[key] = self._add(library, value, resolver)
            elif key in LISTS:
                lists[key] = tuple(self._add(library, below, resolver) for below in value)
            elif key in NAMED:
                named[key] = {name: self._add(library, below, resolver) for name, below in value.items()}
        if members:
            lists["allOf"] = (*lists.get("allOf", ()), *members)
        enums = tuple(
            tuple(values)
            for values in ([schema["const"]] if "const" in schema else None, schema.get("enum"))
            if values is not None
        )
        return Node(_kinds(schema), enums, plain, one, lists, named, opaque)

    def _unify(self, roots: list[int]) -> None:
        """Number the classes: schemas are in one class if they say the same, and their parts do."""
        bases = [
            canonical(
                [
                    sorted(node.kinds),
                    [sorted(map(canonical, one)) for one in node.enums],
                    _sorted(node.plain),
                    node.opaque,
                ]
            )
            for node in self._made
        ]
        classes = _numbered(bases)
        while True:
            found = _numbered([(classes[at], *_parts(node, classes)) for at, node in enumerate(self._made)])
            if max(found, default=0) == max(classes, default=0):
                break
            classes = found
        self.nodes: list[Node] = []
        self._samples: list[tuple[Library, Schema, Resolver]] = []
        for at, node in enumerate(self._made):
            if classes[at] == len(self.nodes):
                self.nodes.append(_renumbered(node, classes))
                self._samples.append(self._origins[at])
        self.roots = (classes[roots[0]], classes[roots[1]])
        self.of_old = frozenset(classes[: self._of_old])
        self._validators: dict[int, SchemaValidator] = {}

    def accepts(self, number: int, value: Any) -> bool | None:
        """Whether the schemas of a class accept a value; None when that cannot be determined."""
        if number not in self._validators:
            library, schema, resolver = self._samples[number]
            self._validators[number] = SchemaValidator.inside(library, schema, resolver)
        return self._validators[number].accepts(value)


def _kinds(schema: dict[str, Any]) -> frozenset[str]:
    if "type" not in schema:
        return frozenset(KINDS)
    types = schema["type"]
    kinds = {types} if isinstance(types, str) else set(types)
    return frozenset(kinds - {"number"} | ({"integer", "fraction"} if "number" in kinds else set()))


def _sorted(plain: dict[str, Any]) -> dict[str, Any]:
    """Keywords in one form: the order of required keys has no meaning."""
    return {key: sorted(set(value)) if key == "required" else value for key, value in plain.items()}


def _numbered(keys: list[Any]) -> list[int]:
    known: dict[Any, int] = {}
    return [known.setdefault(key, len(known)) for key in keys]


def _parts(node: Node, classes: list[int]) -> tuple[Any, ...]:
    return (
        tuple(sorted((key, classes[below]) for key, below in node.one.items())),
        tuple((key, _listed(key, [classes[one] for one in below])) for key, below in sorted(node.lists.items())),
        tuple(
            (key, tuple(sorted((name, classes[one]) for name, one in below.items())))
            for key, below in sorted(node.named.items())
        ),
    )


def _listed(key: str, below: list[int]) -> tuple[int, ...]:
    """The parts of a list, in one order if that has no meaning, and without repetitions that have none."""
    if key == "prefixItems":
        return tuple(below)
    return tuple(sorted(below if key == "oneOf" else set(below)))


def _renumbered(node: Node, classes: list[int]) -> Node:
    return node._replace(
        one={key: classes[below] for key, below in node.one.items()},
        lists={key: _listed(key, [classes[one] for one in below]) for key, below in node.lists.items()},
        named={key: {name: classes[one] for name, one in below.items()} for key, below in node.named.items()},
    )
