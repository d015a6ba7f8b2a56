"""The server's names for the tokens of JSON."""

from eventlint.jsontext.reader import END

BINARY = "VALUE_EMBEDDED_OBJECT"
"""A value of bytes, which only binary formats have."""
TOKENS = {
    END: "null",
    ord('"'): "VALUE_STRING",
    ord("{"): "START_OBJECT",
    ord("["): "START_ARRAY",
    ord("]"): "END_ARRAY",
    ord("t"): "VALUE_BOOLEAN",
    ord("f"): "VALUE_BOOLEAN",
    ord("n"): "VALUE_NULL",
    ord("b"): BINARY,
    **dict.fromkeys(b"-0123456789", "VALUE_NUMBER"),
}
"""The names, by the first byte of the token."""
