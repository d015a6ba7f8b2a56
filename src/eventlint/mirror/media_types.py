"""Media types as the server reads them from ``Content-Type`` and ``Accept``; it must not know paths or payloads.

Source: Elasticsearch's ``ParsedMediaType`` and ``RestCompatibleVersionHelper``.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from eventlint.mirror.rendering import Problem

VENDOR = "application/vnd.elasticsearch+"
FORMATS = {
    "application/json": "json",
    "application/x-ndjson": "json",
    f"{VENDOR}json": "json",
    f"{VENDOR}x-ndjson": "json",
    "application/yaml": "yaml",
    f"{VENDOR}yaml": "yaml",
    "application/smile": "smile",
    f"{VENDOR}smile": "smile",
    "application/cbor": "cbor",
    f"{VENDOR}cbor": "cbor",
}
"""All media types that the server knows, and the format of each."""
_NAME = r"[a-zA-Z0-9!#$%&'*+\-.^_`|~]+"
_JAVA_DEFAULT = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
_COMPATIBLE = "compatible-with"


class HeaderError(Exception):
    """A header that the server will not take.

    Attributes:
        names: The headers that it names.
        cause: The exception below.
    """

    def __init__(self, names: str, cause: Problem) -> None:
        super().__init__(names, cause)
        self.names = names
        self.cause = cause

    @property
    def problem(self) -> Problem:
        """The exception as it stands in the answer."""
        reason = f"Invalid media-type value on headers [{self.names}]"
        return Problem(type="media_type_header_exception", reason=reason, caused_by=self.cause)


class MediaType(NamedTuple):
    """A media type: its text as it came, its name in lower case, and its parameters."""

    text: str
    name: str
    parameters: Mapping[str, str] = MappingProxyType({})

    @property
    def format(self) -> str | None:
        """``json``, ``yaml``, ``smile`` or ``cbor``; None when the server knows no such type."""
        version = self.parameters.get(_COMPATIBLE)
        if self.name.startswith(VENDOR) and version is not None and not re.fullmatch("[0-9]+", version):
            return None
        return FORMATS.get(self.name)

    @property
    def version(self) -> int | None:
        """The major that it asks to be compatible with."""
        version = self.parameters.get(_COMPATIBLE)
        return None if version is None else int(version)


class MediaTypes(NamedTuple):
    """The two headers of a request; None where one is missing or names no single type."""

    content: MediaType | None
    accept: MediaType | None

    def answer_type(self, wanted: str | None) -> tuple[str, str]:
        """The format of the answer, and its ``Content-Type``.

        Args:
            wanted: The format that the query string asks for, or None.
        """
        parameters = "".join(
            f";{key}={value}" for key, value in (self.accept.parameters if self.accept else {}).items()
        )
        if wanted in ("json", "yaml"):
            return wanted, f"application/{wanted}{parameters}"
        for media in (self.accept, self.content):
            if media is not None and media.format in ("json", "yaml"):
                prefix = VENDOR if media.name.startswith(VENDOR) else "application/"
                return media.format, f"{prefix}{media.format}{parameters}"
        return "json", f"application/json{parameters}"


def read(headers: Mapping[str, str], majors: tuple[int, int], *, has_body: bool) -> MediaTypes:
    """The media types of a request.

    Args:
        headers: The headers, by their names in lower case.
        majors: The server's major, and the one before, which it is compatible with.
        has_body: Whether the request has a body.

    Raises:
        HeaderError: The server will not take them.
    """
    accept = _header(headers, "Accept")
    content = _header(headers, "Content-Type")
    _check_versions(accept, content, majors, has_body=has_body)
    return MediaTypes(content=content, accept=accept)


def _header(headers: Mapping[str, str], name: str) -> MediaType | None:
    text = headers.get(name.lower())
    if text is None:
        return None
    if not text.strip():
        raise HeaderError(name, _argument(f"Header [{name}] cannot be empty."))
    if "," in text or text.strip() in ("*/*", _JAVA_DEFAULT):
        return None
    elements = text.lower().split(";")
    parts = elements[0].split("/")
    if len(parts) != 2 or not all(re.fullmatch(_NAME, part.strip()) for part in parts):
        raise HeaderError(name, _argument(f"invalid media-type [{text}]"))
    parameters: dict[str, str] = {}
    for element in elements[1:]:
        if element.strip():
            pair = element.strip().rstrip("=").split("=")
            if len(pair) != 2:
                raise HeaderError(name, _argument(f"invalid parameters for header [{text}]"))
            parameters[pair[0].strip()] = pair[1].strip()
    media = MediaType(text=text, name=f"{parts[0].strip()}/{parts[1].strip()}", parameters=parameters)
    version = parameters.get(_COMPATIBLE)
    if version is not None and not (re.fullmatch(r"[-+]?[0-9]{1,9}", version) and -128 <= int(version) <= 127):
        raise HeaderError(name, Problem(type="number_format_exception", reason=f'For input string: "{version}"'))
    return media


def _check_versions(
    accept: MediaType | None, content: MediaType | None, majors: tuple[int, int], *, has_body: bool
) -> None:
    accepted = accept.version if accept else None
    sent = content.version if content else None
    texts = f"Accept={accept.text if accept else 'null'}, Content-Type={content.text if content else 'null'}"
    either = (
        "A compatible version is required on both Content-Type and Accept headers "
        "if either one has requested a compatible version"
    )
    if (accepted or majors[0]) not in majors:
        assert accept is not None  # noqa: S101 - it has a version
        raise _version("Accept", accepted, majors, accept.text)
    if not has_body:
        return
    if (sent or majors[0]) not in majors:
        assert content is not None  # noqa: S101 - it has a version
        raise _version("Content-Type", sent, majors, content.text)
    if (sent or majors[0]) != (accepted or majors[0]):
        raise _status(f"{either} and the compatible versions must match. {texts}")
    if (sent is None) != (accepted is None):
        raise _status(f"{either}. {texts}")


def _version(header: str, version: int | None, majors: tuple[int, int], text: str) -> HeaderError:
    return _status(
        f"{header} version must be either version {majors[0]} or {majors[1]}, but found {version}. {header}={text}"
    )


def _status(reason: str) -> HeaderError:
    return HeaderError("Content-Type, Accept", Problem(type="status_exception", reason=reason))


def _argument(reason: str) -> Problem:
    return Problem(type="illegal_argument_exception", reason=reason)
