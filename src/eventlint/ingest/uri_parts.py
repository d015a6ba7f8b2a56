"""Parses URLs as the ingest pipeline does.

The processor ``uri_parts`` tries two parsers of the Java library: ``java.net.URI``, then ``java.net.URL``. When both
fail, the pipeline fails.
"""

from typing import NamedTuple


class Parts(NamedTuple):
    """The parts of a URL, by the names that they are stored under; None for a part that the URL does not have.

    Attributes:
        original: The whole string.
        by: The parser: ``URI`` or ``URL``.
        scheme: As written (``URI``), or in lowercase (``URL``).
        domain: The host; may be empty.
        port: The port.
        path: The path. ``URI`` percent-decodes it, the query, the fragment and the user.
        extension: What follows the last dot in the last segment of the path.
        query: The query.
        fragment: The fragment.
        user_info: What precedes the ``@``.
        username: The part of ``user_info`` before the first colon, if there is one.
        password: The part of ``user_info`` after the first colon, if there is one.
    """

    original: str
    by: str
    scheme: str | None = None
    domain: str | None = None
    port: int | None = None
    path: str | None = None
    extension: str | None = None
    query: str | None = None
    fragment: str | None = None
    user_info: str | None = None
    username: str | None = None
    password: str | None = None


class Read(NamedTuple):
    """The result of one of the parsers."""

    scheme: str | None = None
    domain: str | None = None
    port: int | None = None
    path: str | None = None
    query: str | None = None
    fragment: str | None = None
    user_info: str | None = None


def uri_parts(text: str) -> Parts | None:
    """The parts of a URL; None when both parsers reject it, so that the pipeline fails.

    Args:
        text: The string; it may contain lone surrogates.
    """
    from eventlint.ingest.java_uri import read_uri

    by, read = "URI", read_uri(text)
    if read is None:
        from eventlint.ingest.java_url import read_url

        by, read = "URL", read_url(text)
    if read is None:
        return None
    username = password = extension = None
    if read.user_info is not None and ":" in read.user_info:
        username, _, password = read.user_info.partition(":")
    if read.path is not None:
        _, point, after = read.path.rpartition("/")[2].rpartition(".")
        extension = after if point else None
    return Parts(text, by, extension=extension, username=username, password=password, **read._asdict())
