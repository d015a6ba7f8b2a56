"""Write the module with the functions of the packaged plan."""

from __future__ import annotations

import marshal
from typing import Any

from eventlint.screen.code_generator import Source
from eventlint.screen.terms import Pattern, Test

LISTS = (("refuse",), ("refuse", "report"))

_HEAD = '"""The functions of the packaged plan; ``python -m tools.generate`` writes them."""\n\n# mypy: ignore-errors\n'
_IMPORT = """import marshal
from collections.abc import Callable

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
    constants = [f"{name} = {_constant(value, name)}" for value, name in code.constants.items() if not _is_own(value)]
    table = [f"    {key!r}: {name}," for key, name in names.items()]
    lines = [
        "NONE = {}",
        *constants,
        *code.lines,
        "FUNCTIONS: dict[tuple[str, tuple[str, ...]], Callable[[object], bool]] = {",
        *table,
        "}",
    ]
    return f"{_HEAD}{_IMPORT}\n" + "\n".join(lines) + "\n"


def _is_own(value: Any) -> bool:
    return getattr(value, "__module__", None) in ("eventlint.jsontext.measures", "eventlint.screen.string_tests")


def _constant(value: Any, name: str) -> str:
    if isinstance(value, Pattern):
        return f"searcher(globals(), {name!r}, {value.source!r})"
    if isinstance(value, Test):
        return f"{value.make.__name__}({', '.join(map(ascii, value.arguments))})"
    if isinstance(value, frozenset):
        return f"frozenset({sorted(value)!r})"
    return {str.isascii: "str.isascii", marshal.dumps: "marshal.dumps"}.get(value) or ascii(value)
