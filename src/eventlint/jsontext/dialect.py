"""The differences between the server's two JSON readers: one of UTF-8, one of UTF-16 and UTF-32.

Both accept the same JSON; they differ in the words and positions of errors, and in a few numbers and escapes. The code
that reads is the same for both and asks for the differences here.

The second reader gets its characters as UTF-16 units, in buffers. A number that is not complete in one buffer is read
by other code, which reports other positions; see :meth:`Dialect.reads_at_once`.
"""

from __future__ import annotations

from bisect import bisect_right

from eventlint.named_tuples import NamedTuple


class Dialect(NamedTuple):
    """What one reader does differently from the other.

    Attributes:
        in_units: Whether it reads UTF-16 units of a decoded text. Messages then show a unit where the other reader
            shows a byte, escapes take the low byte of a unit as a hexadecimal digit, and the length of a key counts
            units of the decoded key.
        missing_values: The bytes for which it expects "a value", and not "a valid value".
        missing_member_values: The same where it reads the members of an object that has a parser.
        consumes_word_end: Whether the position after a bare word is also after the character that ends it.
        end_of_string: What follows "Unexpected end-of-input" in a string; ``{token}`` is the current token's name.
        end_after_quote: The same right after the opening quote of a key.
        end_after_minus: The same after the sign of a number.
        end_of_exponent: The same after the exponent mark of a number, or its sign.
        raw_surrogates_rejected: Whether it rejects surrogates that are encoded in UTF-8, in keys and in strings that
            are read, but not in those that are skipped.
        key_surrogates_rejected: Whether it rejects escapes in keys for one half of a surrogate pair.
        buffer_starts: Where the buffers begin that the reader gets its text in, except the first, as offsets from 0.
    """

    in_units: bool
    missing_values: bytes
    missing_member_values: bytes
    consumes_word_end: bool
    end_of_string: str
    end_after_quote: str
    end_after_minus: str
    end_of_exponent: str
    raw_surrogates_rejected: bool = False
    key_surrogates_rejected: bool = False
    buffer_starts: tuple[int, ...] = ()

    def reads_at_once(self, data: bytes, start: int, last: int) -> bool:
        """Whether a number is read in one step, from its sign or first digit to the last byte that was looked at.

        A number is not read in one step when it begins with a zero, or is not complete in one buffer.
        """
        first_digit = start + (data[start] == ord("-"))
        if data[first_digit] == ord("0") or last >= len(data):
            return False
        return bisect_right(self.buffer_starts, start) == bisect_right(self.buffer_starts, last)


UTF8 = Dialect(
    in_units=False,
    missing_values=b",]}",
    missing_member_values=b",]}",
    consumes_word_end=True,
    end_of_string=" in {token}",
    end_after_quote=": was expecting closing '\"' for name",
    end_after_minus=" in {token}",
    end_of_exponent=" in {token}",
)
"""The reader of UTF-8."""

WIDE = Dialect(
    in_units=True,
    missing_values=b"}",
    missing_member_values=b"",
    consumes_word_end=False,
    end_of_string=": was expecting closing quote for a string value",
    end_after_quote=" in field name",
    end_after_minus="No digit following sign",
    end_of_exponent="expected a digit for number exponent",
)
"""The reader of UTF-16 and UTF-32."""

OLDER_WIDE = WIDE._replace(end_after_minus="No digit following minus sign")
"""The same in an older JSON library."""
