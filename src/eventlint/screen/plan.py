"""The plan: the specification of events and the screens of all rules as pure data, with a hash.

A plan is a JSON value:

- ``format``: the version of this shape.
- ``sets``: lists of strings that terms refer to by name, as ``["in_set", {"set": "s0"}]``.
- ``characters``: lists of characters that terms refer to: all ``white_space``, and the decimal ``digits`` of the Basic
  Multilingual Plane outside of ASCII.
- ``payload``: terms about a payload as a whole.
- ``events``: by the ``$id`` of an event's schema, a node. A node has a ``kind``:

  - ``object``: ``fields`` by key, ``required`` sets of keys, and ``report``, terms that relate several fields.
  - ``array``: of objects, ``items``.
  - ``entries``: an object with any keys; terms about each ``key``, each ``value`` and each ``pair`` of both. A value is
    a string or an array of strings.
  - ``string``: terms about it.
  - ``integer``: ``minimum``, ``maximum``, and terms.

  Terms are in two lists: those in ``refuse`` suspect what the server rejects, those in ``report`` what other rules
  report.
- ``hash``: SHA-256 of all the rest as canonical JSON.

The package carries the plan of its own schemas, so that a short run neither compiles the schemas nor imports a rule.
"""

from __future__ import annotations

import functools
import json
import os
from typing import Any

from eventlint.spec import catalog, identifier_of

FORMAT = 2
PATH = os.path.join(os.path.dirname(__file__), "plan.json")
Node = dict[str, Any]


@functools.cache
def packaged() -> dict[str, Any]:
    """The plan in the package; one without events if the file is missing or of another format."""
    try:
        with open(PATH, "rb") as file:
            document: dict[str, Any] = json.loads(file.read())
    except (OSError, ValueError):
        document = {}
    return document if document.get("format") == FORMAT else {"sets": {}, "payload": [], "events": {}}


@functools.cache
def plan_of(identifier: str) -> dict[str, Any]:
    """A plan that has an event.

    Args:
        identifier: The ``$id`` of the event's schema.

    Raises:
        SchemaError: There is no such schema, or it cannot be compiled.
    """
    if identifier in packaged()["events"]:
        return packaged()
    from eventlint.screen.plan_compiler import compile_plan

    return compile_plan((identifier,))


def all_identifiers() -> tuple[str, ...]:
    """The ``$id`` of every event schema that an era uses, in the catalog's order."""
    return tuple(dict.fromkeys(identifier_of(name, era.events) for era in catalog().eras for name in era.events))
