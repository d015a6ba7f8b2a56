"""Numbers and characters as Java writes and reads them."""

from __future__ import annotations

import math
import struct
from decimal import Decimal

_PLAIN_FROM, _PLAIN_BELOW = -3, 7
"""The powers of ten between which Java writes a number without an exponent."""

UNITS = bytes(0 if byte < 0x80 else 1 if 0xC0 <= byte < 0xE0 else 2 if 0xE0 <= byte < 0xF0 else 3 if 0xF0 <= byte < 0xF8
              else 9 for byte in range(256))  # fmt: skip
"""How many bytes follow the first byte of a character; 9 for a byte that begins none."""


def double(value: float) -> str:
    """A number of 64 bits (``Double.toString``)."""
    return _written(value, repr(value))


def single(value: float) -> str:
    """A number of 32 bits (``Float.toString``)."""
    if not math.isfinite(value):
        return _written(value, "")
    text = ""
    for digits in range(1, 10):
        text = f"{value:.{digits}g}"
        try:
            if struct.unpack(">f", struct.pack(">f", float(text)))[0] == value:
                break
        except OverflowError:
            continue
    return _written(value, text)


def _written(value: float, shortest: str) -> str:
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    sign = "-" if math.copysign(1, value) < 0 else ""
    if value == 0:
        return f"{sign}0.0"
    _, digits, exponent = Decimal(shortest).normalize().as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 - the number is finite
    text = "".join(map(str, digits))
    power = exponent + len(text) - 1
    if not _PLAIN_FROM <= power < _PLAIN_BELOW:
        return f"{sign}{text[0]}.{text[1:] or '0'}E{power}"
    if power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{text}"
    whole = text[: power + 1].ljust(power + 1, "0")
    return f"{sign}{whole}.{text[power + 1 :] or '0'}"


def decimal(unscaled: int, scale: int) -> str:
    """A number of any size (``BigDecimal.toString``)."""
    sign = unscaled < 0
    digits = tuple(map(int, str(abs(unscaled))))
    return str(Decimal((int(sign), digits, -scale)))


def signed(value: int, bits: int) -> int:
    """The value of so many bits as a signed integer."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def zigzag(value: int, bits: int = 32) -> int:
    """The signed value of an encoded one of so many bits, whose last bit is the sign."""
    value &= (1 << bits) - 1
    return value >> 1 ^ -(value & 1)


def units(byte: int, following: bytes) -> list[int]:
    """The UTF-16 units that Java's parsers make of the bytes of a character, which are not checked."""
    count = len(following)
    if count == 0:
        return [byte]
    code = byte & (0x3F >> count)
    for middle in following:
        code = code << 6 | middle & 0x3F
    return _pair(code) if count == 3 else [code]


def _pair(code: int) -> list[int]:
    """The two units of a character of four bytes, also of one that is too large or too small for them."""
    code -= 0x10000
    return [(0xD800 | code >> 10) & 0xFFFF, 0xDC00 | code & 0x3FF]


def of_units(units: list[int]) -> str:
    """The string of UTF-16 units."""
    return struct.pack(f"<{len(units)}H", *units).decode("utf-16-le", "surrogatepass")
