"""Bytes that are no text.

## What it does

Finds bytes that are neither UTF-8 nor one of the wider encodings that the server knows by their first bytes.

## Why it matters

The server answers with 400. Mostly the text was saved as Latin-1 or Windows-1252.

## Example

The letter `é` as the one byte `E9`.

## Use instead

The two bytes `C3 A9`: save and send texts as UTF-8.
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "fault"
KINDS = ("utf8-start", "utf8-middle", "encoding")


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which byte is none of a text."""
    if fault.kind == "encoding":
        return Diagnostic(f"the bytes cannot be read: {fault.args[0]}", "send it as UTF-8")
    does = "begins" if fault.kind == "utf8-start" else "continues"
    return Diagnostic(f"the byte 0x{fault.args[0] & 0xFF:02x} {does} no UTF-8 character", "save the text as UTF-8")
