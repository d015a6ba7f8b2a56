"""Chooses lines at random, in the same way for every division of a file into ranges."""

from __future__ import annotations

from eventlint.named_tuples import NamedTuple

SKIPPED = "not in the sample"
"""Why a line that was not chosen is skipped."""

_MASK = (1 << 64) - 1


class Sample(NamedTuple):
    """A share of the lines.

    Attributes:
        share: The probability of each line, from 0 to 1.
        seed: Another seed gives another sample.
    """

    share: float
    seed: int = 0

    def key(self, name: str) -> int:
        """The key of a file, so that files with lines of the same lengths have different samples."""
        from hashlib import blake2b

        text = f"{self.seed}\0{name}".encode("utf-8", "surrogateescape")
        return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")

    def has(self, key: int, offset: int) -> bool:
        """Whether the line at an offset is chosen. The hash is SplitMix64 of the key and the offset."""
        value = (key + offset * 0x9E3779B97F4A7C15) & _MASK
        value = ((value ^ value >> 30) * 0xBF58476D1CE4E5B9) & _MASK
        value = ((value ^ value >> 27) * 0x94D049BB133111EB) & _MASK
        return (value ^ value >> 31) < self.share * (_MASK + 1)
