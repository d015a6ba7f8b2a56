"""Finds the packaged schema documents; it must not know what they say.

They stand in ``event_schemas/`` at the root of the repository. A wheel carries them inside the package; a checkout and
an editable install read them where they stand, since package data of a root folder is not visible to the latter.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eventlint.errors import SchemaError

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE / "event_schemas", _PACKAGE.parent.parent / "event_schemas")


def folder() -> Path:
    """The folder with the schema documents and the catalog.

    Raises:
        SchemaError: It is in neither place, so the installation is damaged.
    """
    for place in _PLACES:
        if (place / "catalog.json").is_file():
            return place
    raise SchemaError(f"the schema documents are missing: neither {_PLACES[0]} nor {_PLACES[1]} holds a catalog.json")


def load(name: str) -> Any:
    """One document, parsed.

    Args:
        name: Its path below the folder, with slashes (``objects/session/1-0-0.json``).

    Raises:
        SchemaError: It does not exist or is not JSON.
    """
    path = folder() / name
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SchemaError(f"{path}: {error}") from error
