"""Bytes that cannot be decoded as text.

## What it does

Checks for bytes that are not valid UTF-8, or not valid in the wider encoding (UTF-16 or UTF-32) that the server detects
from the first bytes. Some releases accept encoded surrogates and code points that do not exist; others reject them.

## Why is this bad?

The server rejects the event with status 400. Usually the text was saved as Latin-1 or Windows-1252.

## Example

The letter `é` encoded as the single byte `E9`.

## Use instead

The two bytes `C3 A9`. Save and send text as UTF-8.
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "fault"
KINDS = ("utf8-start", "utf8-middle", "encoding", "raw-surrogate")


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe the invalid byte."""
    if fault.kind == "encoding":
        return Diagnostic(f"cannot decode the payload: {fault.args[0]}", "send it as UTF-8")
    if fault.kind == "raw-surrogate":
        return Diagnostic(f"surrogate U+{fault.args[0]:04X} encoded in UTF-8", "encode the whole character in UTF-8")
    does = "start" if fault.kind == "utf8-start" else "continue"
    return Diagnostic(f"byte 0x{fault.args[0] & 0xFF:02x} cannot {does} a UTF-8 character", "encode the text as UTF-8")
