"""Writes ``eventlint.types`` from the schemas."""

from __future__ import annotations

from eventlint.exports.type_shapes import shapes
from eventlint.exports.typed_dict import source as module
from eventlint.spec import catalog

_ABOUT = """\
Generated from the schemas by ``python -m tools.generate``. The types have no limits and no patterns; use
:func:`eventlint.check` for those."""


def source() -> str:
    """The source of the module: a type for each object and event of the newest era."""
    return module(shapes(catalog().eras[-1]), _ABOUT)
