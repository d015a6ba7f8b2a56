"""Malformed UTF-8 that the server accepts.

## What it does

Checks for strings and filter keys that are not well-formed UTF-8 but that the server's JSON parser accepts: overlong
forms, encoded surrogates, and code points above U+10FFFF.

## Why is this bad?

The server decodes these bytes to some character. Other programs decode them to a different character or reject the
string. Such bytes come from broken encoders, and can be used to smuggle characters past a filter.

## Example

A slash encoded as the two bytes `C0 AF`.

## Use instead

The single byte `2F`. Save and send text as UTF-8.
"""

from collections.abc import Iterator
from typing import Any

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic
from eventlint.spec import Integer

EXAMINES = "value"
EXAMINES_KEYS = True
SCREEN = (("malformed",), ("key", "malformed"))


def applies(node: Any) -> bool:
    """Every string."""
    return bool(not isinstance(node, Integer))


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report the first malformed byte of a string."""
    try:
        leaf.raw.decode()
    except UnicodeDecodeError as error:
        yield Diagnostic(
            f"byte 0x{leaf.raw[error.start]:02x} is not well-formed UTF-8; the stored character may differ",
            offset=leaf.offset + error.start,
            pointer=leaf.pointer,
            hint="encode the text as UTF-8",
            effect="changed",
        )


MUTATIONS = ("malformed-character",)
