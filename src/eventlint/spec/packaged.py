"""Loads the packaged schema documents.

They are in ``event_schemas/`` at the root of the repository. A wheel contains a copy inside the package; a checkout and
an editable install read the folder at the root.
"""

from __future__ import annotations

import functools
import json
import os
from typing import Any

from eventlint.errors import SchemaError

_PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
_PLACES = tuple(
    os.path.join(above, "event_schemas") for above in (_PACKAGE, os.path.dirname(os.path.dirname(_PACKAGE)))
)


@functools.cache
def folder() -> str:
    """The folder with the schema documents and the catalog."""
    for place in _PLACES:
        if os.path.isfile(os.path.join(place, "catalog.json")):
            return place
    above = _PACKAGE
    while not os.path.exists(above):
        above = os.path.dirname(above)
    if os.path.isfile(above):
        raise SchemaError(f"{above}: eventlint cannot run from an archive; install it to a folder")
    raise SchemaError(f"the schema documents are missing: neither {_PLACES[0]} nor {_PLACES[1]} holds a catalog.json")


def load(name: str) -> Any:
    """One document, parsed; its name is the path below the folder, with slashes."""
    path = os.path.join(folder(), name)
    try:
        with open(path, "rb") as file:
            return json.loads(file.read())
    except (OSError, ValueError) as error:
        raise SchemaError(f"{path}: {error}") from error
