"""Bytes that are no UTF-8, which the server takes all the same.

## What it does

Finds texts and filters' names whose bytes are no well-formed UTF-8 but which the server's reader lets through: forms
that are too long, encoded surrogates, and code points over U+10FFFF.

## Why it matters

The reader makes some character of them. Another program reads another one, or refuses the text. Such bytes come from
broken encoders, and are a way to smuggle characters past a filter.

## Example

The slash written as the two bytes `C0 AF`.

## Use instead

One byte, `2F`. Save and send texts as UTF-8.
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
    """What is wrong with the bytes of a text."""
    try:
        leaf.raw.decode()
    except UnicodeDecodeError as error:
        yield Diagnostic(
            f"the byte 0x{leaf.raw[error.start]:02x} begins no well-formed UTF-8; the server makes of it what it can",
            offset=leaf.offset + error.start,
            pointer=leaf.pointer,
            hint="save the text as UTF-8",
            effect="changed",
        )
