"""Bodies in YAML, CBOR and SMILE, read as the server does."""

from __future__ import annotations

from importlib.util import find_spec

from eventlint.errors import MissingExtraError
from eventlint.mirror.formats.transcript import Transcript
from eventlint.spec import Release

EXTRA = "formats"
"""The extra of the package that some formats need."""


def missing_extra(format_name: str | None) -> str | None:
    """The extra that must be installed to read a format; None if nothing is missing.

    Args:
        format_name: ``json``, ``yaml``, ``cbor`` or ``smile``; None for an unknown format.
    """
    return EXTRA if format_name == "yaml" and find_spec("yaml") is None else None


def transcribe(body: bytes, format_name: str, release: Release) -> Transcript:
    """What the server reads in a body.

    Args:
        body: The body.
        format_name: ``yaml``, ``cbor`` or ``smile``.
        release: The release of the server.

    Raises:
        MissingExtraError: An extra must be installed to read the format.
    """
    limits, traits = release.limits, release.era.traits
    if format_name == "cbor":
        from eventlint.mirror.formats import cbor

        options = cbor.Options(
            max_depth=limits.nesting_depth,
            max_number=limits.number_digits,
            is_newest="newest-cbor-reader" in traits,
            is_newer="newer-cbor-reader" in traits,
            is_older="older-json-reader" in traits,
        )
        return cbor.read(body, options)
    if format_name == "smile":
        from eventlint.mirror.formats import smile

        needs_signature = "smile-pushback-source" in traits
        return smile.read(body, smile.Options(limits.nesting_depth, limits.number_digits, needs_signature))
    extra = missing_extra(format_name)
    if extra is not None:
        raise MissingExtraError("a body in YAML", extra)
    from eventlint.mirror.formats import yaml

    return yaml.read(body, limits.nesting_depth, limits.number_digits)
