"""Takes URLs apart as the ingest pipeline does; it must not know what becomes of the parts.

The processor ``uri_parts`` asks two readers of the Java library: ``java.net.URI``, and where that one gives up
``java.net.URL``. Where both give up, the pipeline fails.
"""

from typing import NamedTuple


class Parts(NamedTuple):
    """The parts of a URL, under the names that they are stored with; None where there is none.

    Attributes:
        original: The whole text.
        by: The reader that took it: ``URI`` or ``URL``.
        scheme: As it is written (``URI``), or in lower case (``URL``).
        domain: The host; may be empty.
        port: The port.
        path: The path; percent-decoded when ``URI`` has read it, as are the query, the fragment and the user.
        extension: What follows the last point in the path's last segment.
        query: The query.
        fragment: The fragment.
        user_info: What stands before the ``@``.
        username: Its part before the first colon, when it has one.
        password: Its part after the first colon, when it has one.
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
    """What one of the readers makes of a text."""

    scheme: str | None = None
    domain: str | None = None
    port: int | None = None
    path: str | None = None
    query: str | None = None
    fragment: str | None = None
    user_info: str | None = None


def uri_parts(text: str) -> Parts | None:
    """The parts of a URL; None when neither reader takes it, so that the pipeline fails.

    Args:
        text: The text, which may hold lone surrogates.
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
