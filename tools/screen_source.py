"""Write the module with the functions of the packaged plan."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from typing import Any

from eventlint.screen.code_generator import Source
from eventlint.screen.leaf_tests import leaf_key
from eventlint.screen.terms import MadeTest, Pattern

LISTS = (("refuse",), ("refuse", "report"))

_HEAD = '"""The functions of the packaged plan; ``python -m tools.generate`` writes them."""\n\n# mypy: ignore-errors\n'
_IMPORT = """import marshal
from collections.abc import Callable
from functools import lru_cache

from eventlint.jsontext.measures import byte_length, has_surrogate, key_byte_length, query_of, utf16_length
from eventlint.screen.string_tests import ending_before_equals, is_word, searcher, text_after
"""


def source(plan: dict[str, Any]) -> str:
    """The source of the module."""
    code = Source(plan["sets"], ())
    names: dict[tuple[str, tuple[str, ...]], str] = {}
    for identifier in plan["events"]:
        for lists in LISTS:
            names[identifier, lists] = name = f"clean{len(names)}"
            code.lists = lists
            code.judge(plan, identifier, name)
    leaves: dict[str, str] = {}
    code.lists = LISTS[-1]
    for node in plan["events"].values():
        for leaf in _leaves(node):
            if leaf_key(leaf) not in leaves:
                leaves[leaf_key(leaf)] = name = f"leaf{len(leaves)}"
                code.judge_leaf(leaf, name)
    constants = [f"{name} = {_constant(value, name)}" for value, name in code.constants.items() if not _is_own(value)]
    table = [f"    {key!r}: {name}," for key, name in names.items()]
    lines = [
        "NONE = {}",
        *constants,
        *code.lines,
        "FUNCTIONS: dict[tuple[str, tuple[str, ...]], Callable[[object], bool]] = {",
        *table,
        "}",
        "LEAVES: dict[str, Callable[..., bool]] = {",
        *(f"    {key!r}: {name}," for key, name in leaves.items()),
        "}",
    ]
    return f"{_HEAD}{_IMPORT}\n" + "\n".join(lines) + "\n"


def _leaves(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The strings and numbers below a node of a plan, and the objects with any keys."""
    if node["kind"] == "object":
        for below in node["fields"].values():
            yield from _leaves(below)
    elif node["kind"] == "array":
        yield from _leaves(node["items"])
    else:
        yield node


def _is_own(value: Any) -> bool:
    return getattr(value, "__module__", None) in ("eventlint.jsontext.measures", "eventlint.screen.string_tests")


def _constant(value: Any, name: str) -> str:
    if isinstance(value, Pattern):
        return f"searcher(globals(), {name!r}, {value.source!r})"
    if isinstance(value, MadeTest):
        return f"{value.make.__name__}({', '.join(map(ascii, value.arguments))})"
    if isinstance(value, frozenset):
        return f"frozenset({sorted(value)!r})"
    return {str.isascii: "str.isascii", marshal.dumps: "marshal.dumps"}.get(value) or ascii(value)
