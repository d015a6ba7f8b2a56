"""The tests of single strings and numbers of an event."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from eventlint.screen.plan import Node, packaged


class LeafTests(dict[int, Callable[..., bool]]):
    """For each leaf of a compiled event a function that is true if a value is suspect, by the leaf's identity.

    The function takes the string, or the key and the string of an entry. The first look-up makes it, because most
    events have only a few leaves that are suspect.

    Attributes:
        leaves: The nodes of all leaves in the plan.
    """

    def __init__(self, event: Any, node: Node, sets: dict[str, list[str]]) -> None:
        """Begin without a function.

        Args:
            event: The compiled event, of :mod:`eventlint.spec`.
            node: Its node in a plan.
            sets: The plan's sets.
        """
        super().__init__()
        self._sets = sets
        self.leaves: dict[int, Node] = {}
        self._collect(event, node)

    def _collect(self, spec: Any, node: Node) -> None:
        if node["kind"] == "object":
            for key, below in node["fields"].items():
                self._collect(spec.fields[key], below)
        elif node["kind"] == "array":
            self._collect(spec.item, node["items"])
        else:
            self.leaves.setdefault(id(spec), node)

    def __missing__(self, leaf: int) -> Callable[..., bool]:
        node = self.leaves[leaf]
        found = self._packaged(node)
        if found is None:
            from eventlint.screen.code_generator import leaf_test

            found = leaf_test(node, self._sets)
        self[leaf] = found
        return found

    def _packaged(self, node: Node) -> Callable[..., bool] | None:
        """The function in the package, if the node is one of the packaged plan."""
        if self._sets is not packaged().get("sets"):
            return None
        from eventlint.screen.functions import LEAVES

        return LEAVES.get(leaf_key(node))


def leaf_key(node: Node) -> str:
    """What identifies the function of a leaf, among those of plans with the same sets."""
    return json.dumps(node)
