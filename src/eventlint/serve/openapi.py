"""The OpenAPI description of the JSON API."""

from __future__ import annotations

from typing import Any


def document() -> dict[str, Any]:
    """The description."""
    return {}
