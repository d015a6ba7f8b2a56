"""Generates the functions that answer clean or suspect for a decoded event.

The code is generated from the plan alone; that of the packaged plan is in :mod:`eventlint.screen.functions`, so that a
short run does not generate it. It judges objects in place, since calls cost most of the time, and returns at
the first suspect value.
"""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from eventlint.jsontext.measures import has_surrogate
from eventlint.screen.fast_path import Clean
from eventlint.screen.plan import Node
from eventlint.screen.string_tests import searcher
from eventlint.screen.terms import MadeTest, Pattern, Term, alternatives

_NOTHING: dict[str, Any] = {}


def run(plan: Mapping[str, Any], identifier: str, lists: Iterable[str]) -> Clean:
    """The function of one event of a plan.

    Args:
        plan: The plan.
        identifier: The ``$id`` of the event's schema.
        lists: The names of the lists of terms that count: ``refuse``, ``report``.
    """
    source = Source(plan["sets"], lists)
    source.judge(plan, identifier, "clean")
    return cast(Clean, source.function("clean"))


class Source:
    """The source of one function, and the constants that it uses.

    Attributes:
        lines: The lines so far.
        space: The constants by name.
        lists: The names of the lists of terms that count.
        constants: The names of the constants, by their values.
    """

    def __init__(self, sets: dict[str, list[str]], lists: Iterable[str]) -> None:
        """Begin with an empty source.

        Args:
            sets: The plan's sets of strings.
            lists: The names of the lists of terms that count: ``refuse``, ``report``.
        """
        self.lines: list[str] = []
        self.space: dict[str, Any] = {"NONE": _NOTHING, "lru_cache": lru_cache}
        self._sets = sets
        self.lists = tuple(lists)
        self.constants: dict[Any, str] = {}
        self._names = 0

    def function(self, name: str) -> Any:
        """The finished function with a name."""
        exec("\n".join(self.lines), self.space)  # noqa: S102 - the source comes from the plan in the package
        return self.space[name]

    def judge(self, plan: Mapping[str, Any], identifier: str, name: str) -> None:
        """Append the function with a name that judges one event of a plan."""
        self.add(0, f"def {name}(event):")
        if "report" in self.lists and any(term == ["always"] for term in plan["payload"]):
            self.add(1, "return False")
            return
        self.add(1, "try:")
        # Only ``is_valid`` passes objects that nobody has looked at.
        self.object(plan["events"][identifier], "event", 2, checks_keys="report" not in self.lists)
        self.add(1, "except Exception: return False")
        self.add(1, "return True")

    def judge_leaf(self, node: Node, name: str) -> None:
        """Append the function with a name that is true for suspect values of a leaf: see :func:`leaf_test`."""
        if node["kind"] == "entries":
            tests = [self.suspect(node[part]) for part in ("key", "value", "pair")]
            # A key may be long and have many values, so that it is judged once.
            self.add(0, "@lru_cache(4)")
            self.add(0, f"def {name}_key(v):")
            self.add(1, f"return bool({tests[0] or 'False'})")
            self.add(0, f"def {name}(k, v):")
            self.add(1, f"return {name}_key(k) or bool({' or '.join(one for one in tests[1:] if one) or 'False'})")
        else:
            test = self.suspect(node) if node["kind"] == "string" else str(("always",) in self.terms(node))
            self.add(0, f"def {name}(v):")
            self.add(1, f"return bool({test or 'False'})")

    def add(self, depth: int, line: str) -> None:
        """Append a line with an indentation."""
        self.lines.append(" " * depth + line)

    def constant(self, name: str, value: Any) -> str:
        """The name under which generated code finds a value; equal values share one."""
        if value not in self.constants:
            name = self.constants[value] = name if name not in self.space else self.name()
            if isinstance(value, Pattern):
                self.space[name] = searcher(self.space, name, value.source)
            else:
                self.space[name] = value.make(*value.arguments) if isinstance(value, MadeTest) else value
        return self.constants[value]

    def name(self) -> str:
        """A name that was not used before."""
        self._names += 1
        return f"x{self._names}"

    def terms(self, node: Node) -> tuple[Term, ...]:
        """The terms of a node, or of a part of one, that count."""
        return tuple(self._term(term) for part in self.lists for term in node.get(part, ()))

    def _term(self, value: Any) -> Any:
        if isinstance(value, dict):
            return tuple(self._sets[value["set"]])
        return tuple(map(self._term, value)) if isinstance(value, list) else value

    def suspect(self, node: Node) -> str:
        """An expression that is true if a string node, or a part of entries, suspects the string ``v``."""
        return " or ".join(alternatives(self.terms(node), self.constant))

    def object(self, node: Node, name: str, depth: int, *, checks_keys: bool) -> None:
        """Judge the object that a variable holds.

        A key of a subclass of str may claim to be equal to another key, so the types of the keys are checked if nobody
        else has done that.
        """
        needed = [keys[0] for keys in node["required"] if len(keys) == 1]
        self.add(depth, f"if type({name}) is not dict: return False")
        for key in needed:
            self.field(node, key, name, depth, checks_keys=checks_keys)
        optional = [key for key in node["fields"] if key not in needed]
        is_single = len(needed) == 1 and not optional
        if checks_keys:
            self.add(depth, f"k, = {name}" if is_single else f"for k in {name}:")
            self.add(depth + (not is_single), "if type(k) is not str: return False")
        if is_single and checks_keys:
            pass  # an object with another number of keys raises ValueError
        elif not optional:
            self.add(depth, f"if len({name}) != {len(needed)}: return False")
        else:
            self.add(depth, f"if len({name}) != {len(needed)}:")
            self.optional(node, optional, name, depth + 1, checks_keys=checks_keys)
            if len(needed) < len(node["required"]):
                self.add(depth, "else: return False")
        for term in self.terms({"report": node["report"]}):
            self.add(depth, f"if {_relation(term, name)}: return False")

    def optional(self, node: Node, keys: list[str], name: str, depth: int, *, checks_keys: bool) -> None:
        """Judge the optional fields of an object that has one or more of them, and count all its keys."""
        needed = len(node["fields"]) - len(keys)
        if len(keys) == 1:
            self.add(depth, f"if len({name}) != {needed + 1}: return False")
            self.field(node, keys[0], name, depth, checks_keys=checks_keys)
            return
        count = self.name()
        self.add(depth, f"{count} = {needed}")
        for key in keys:
            self.add(depth, f"if {key!r} in {name}:")
            self.add(depth + 1, f"{count} += 1")
            self.field(node, key, name, depth + 1, checks_keys=checks_keys)
        for choice in node["required"]:
            if len(choice) > 1 and set(choice) != set(keys):  # else the key that is there is one of the choice
                self.add(depth, f"if not ({' or '.join(f'{key!r} in {name}' for key in choice)}): return False")
        self.add(depth, f"if len({name}) != {count}: return False")

    def field(self, node: Node, key: str, name: str, depth: int, *, checks_keys: bool) -> None:
        """Judge a field; one that is missing raises KeyError."""
        below = node["fields"][key]
        value = self.name() if below["kind"] in ("object", "array") else "v"
        self.add(depth, f"{value} = {name}[{key!r}]")
        self.value(below, value, depth, checks_keys=checks_keys)

    def value(self, node: Node, name: str, depth: int, *, checks_keys: bool) -> None:
        """Judge the value that a variable holds."""
        kind = node["kind"]
        if kind == "object":
            self.object(node, name, depth, checks_keys=checks_keys)
        elif kind == "array":
            item = self.name()
            self.add(depth, f"if type({name}) is not list: return False")
            if checks_keys:  # it raises for subclasses; one call costs less than a look at each key
                self.add(depth, f"{self.constant('dumps', marshal.dumps)}({name})")
            self.add(depth, f"for {item} in {name}:")
            self.object(node["items"], item, depth + 1, checks_keys=False)
        elif kind == "entries":
            self.entries(node, depth)
        elif kind == "string":
            if self.terms(node) == (("unencodable",),):
                # ``isascii`` of str raises TypeError for all but strings, and costs less than a look at the type.
                isascii, test = self.constant("isascii", str.isascii), self.constant("has_surrogate", has_surrogate)
                self.add(depth, f"if not {isascii}(v) and {test}(v): return False")
                return
            test = self.suspect(node)
            self.add(depth, f"if type(v) is not str{f' or {test}' if test else ''}: return False")
        else:
            always = " or True" if ("always",) in self.terms(node) else ""
            test = f"type(v) is not int or not {node['minimum']} <= v <= {node['maximum']}{always}"
            self.add(depth, f"if {test}: return False")

    def entries(self, node: Node, depth: int) -> None:
        """Judge the object with any keys that the variable ``v`` holds."""
        key, value = self.suspect(node["key"]), self.suspect(node["value"])
        pair = self.suspect(node["pair"])
        both = " or ".join(one for one in (value, pair) if one)
        self.add(depth, "if type(v) is not dict: return False")
        self.add(depth, "for k, e in v.items():")
        self.add(depth + 1, "v = k")
        self.add(depth + 1, f"if type(v) is not str{f' or {key}' if key else ''}: return False")
        self.add(depth + 1, "for v in e if type(e) is list else (e,):")
        self.add(depth + 2, f"if type(v) is not str{f' or {both}' if both else ''}: return False")


def _relation(term: Term, name: str) -> str:
    """An expression that is true if a relation suspects the object that a variable holds."""

    def at(pointer: str, default: str = "None") -> str:
        *above, last = pointer.split("/")[1:]
        return name + "".join(f".get({part!r}, NONE)" for part in above) + f".get({last!r}, {default})"

    operation, *arguments = term
    if operation == "same":
        return " == ".join(map(at, arguments[0]))
    if operation == "fewer":
        return f"len({at(arguments[1], '()')}) > {at(arguments[0], '1e9')}"
    if operation == "repeated":
        items, key, field, _ = arguments
        array = at(items, "()")
        # Elements whose first fields differ have different identities.
        distinct = f"len({{i[{key!r}].get({field!r}) for i in {array} if {key!r} in i}})"
        return f"len({array}) > 1 and {distinct} < len({array})"
    if operation == "outside":
        # An element that is nothing but what was clicked is the usual case.
        others = "".join(f" and {{{key!r}: {name}.get({key!r})}} not in items" for key in arguments[1])
        return f"(items := {at(arguments[0])}){others}"
    return "True"


@lru_cache(64)
def suspecting(screens: tuple[tuple[Term, ...], ...]) -> Callable[[str, str, bytes], list[int]]:
    """The function that gives the numbers of the screens that suspect a string; many leaves have the same screens.

    The function takes the key of the entry that the string belongs to, the string, and its bytes. Terms about the bytes
    of a string suspect all that are not ASCII.
    """
    source = Source({}, ())
    plain = [[term for term in terms if term[0] not in ("key", "in_query")] for terms in screens]
    known = [alternatives(tuple(terms), source.constant) for terms in plain]
    shared = {one: source.name() for one, count in Counter(chain(*known)).items() if count > 1}
    source.add(0, "def suspecting(k, s, raw):")
    source.add(1, "v, found = s, []")
    for one, name in shared.items():
        source.add(1, f"{name} = {one}")
    for number, (terms, tests) in enumerate(zip(screens, known, strict=True)):
        tests = ["not raw.isascii()"] if ("malformed",) in terms else [shared.get(one, one) for one in tests]
        tests += alternatives(tuple(term for term in terms if term[0] == "in_query"), source.constant)
        source.add(1, f"if {' or '.join(tests) or 'False'}: found.append({number})")
        source.add(1, "v = s")
        of_key = alternatives(tuple(term[1:] for term in terms if term[0] == "key"), source.constant)
        if of_key:
            source.add(1, "v = k")
            source.add(1, f"if ({' or '.join(of_key)}) and found[-1:] != [{number}]: found.append({number})")
            source.add(1, "v = s")
    source.add(1, "return found")
    return cast("Callable[[str, str, bytes], list[int]]", source.function("suspecting"))


def leaf_test(node: Node, sets: dict[str, list[str]]) -> Callable[..., bool]:
    """The function that is true if a value of a leaf is suspect; of entries, it takes the key and the string."""
    source = Source(sets, ("refuse", "report"))
    source.judge_leaf(node, "suspect")
    return cast("Callable[..., bool]", source.function("suspect"))
