"""A function made from the compiled contract that says of a parsed event: surely clean, or doubtful.

It must not know findings. It builds nothing and stops at the first doubt; whoever calls it then takes the long way.
Doubtful is also what the server takes but changes: a number in a string, a fraction, a scalar among items.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import cast

from eventlint.contract.nodes import Entries, Integer, Node, Object, Objects, Text
from eventlint.model import BLANKS

Clean = Callable[[object], bool]

LONG_NAME = 10_000
"""From how many characters on a name is doubtful: some eras limit names."""


def _is_text(value: object) -> bool:
    """A string that can be sent."""
    if type(value) is not str:
        return False
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
    return True


def _is_entries(value: object) -> bool:
    """Filters: any names, each a string or a list of strings."""
    if type(value) is not dict:
        return False
    for name, entry in value.items():
        if not _is_text(name) or len(name) > LONG_NAME:
            return False
        if type(entry) is list:
            if not all(map(_is_text, entry)):
                return False
        elif not _is_text(entry):
            return False
    return True


class _Source:
    """The source of the functions for one event, and the names that they use."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[Object, str] = {}

    def function(self, node: Object) -> str:
        """The name of the function for an object; its source is written once."""
        if node in self.names:
            return self.names[node]
        name = f"object_{len(self.names)}"
        self.names[node] = name
        tests = [(field, self.test(below)) for field, below in node.fields.items()]
        body = [f"def {name}(value):", " if type(value) is not dict: return False", " for key, v in value.items():"]
        for number, (field, test) in enumerate(tests):
            body.append(f"  {'if' if number == 0 else 'elif'} key == {field!r}:")
            body.append(f"   if {test}: return False")
        body.append("  else: return False")
        required = [" or ".join(f"{one!r} in value" for one in names) for names in node.required]
        body.append(f" return {' and '.join(f'({test})' for test in required) or 'True'}")
        self.lines += body
        return name

    def test(self, node: Node) -> str:
        """An expression that is true when the value ``v`` is doubtful."""
        if isinstance(node, Text):
            blank = " or not v.strip(BLANKS)" if node.blank_refused else ""
            return f"type(v) is not str or not v.isascii() and not is_text(v){blank}"
        if isinstance(node, Integer):
            return f"type(v) is not int or not {node.minimum} <= v <= {node.maximum}"
        if isinstance(node, Entries):
            return "not is_entries(v)"
        if isinstance(node, Objects):
            return f"type(v) is not list or not all(map({self.function(node.item)}, v))"
        return f"not {self.function(node)}(v)"


@functools.cache
def specialise(node: Object) -> Clean:
    """The function for one event; made once.

    Args:
        node: The event's compiled contract.
    """
    source = _Source()
    name = source.function(node)
    space: dict[str, object] = {"BLANKS": BLANKS, "is_text": _is_text, "is_entries": _is_entries}
    exec("\n".join(source.lines), space)  # noqa: S102 - the source is made above, from the packaged contract
    return cast(Clean, space[name])
