"""Parses the media types of ``Content-Type`` and ``Accept`` as the server does.

Source: Elasticsearch's ``ParsedMediaType`` and ``RestCompatibleVersionHelper``.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from eventlint.mirror.messages import problem
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
"""The media types that the server supports, with their formats."""
_NAME = r"[a-zA-Z0-9!#$%&'*+\-.^_`|~]+"
_JAVA_DEFAULT = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
_COMPATIBLE = "compatible-with"
_BOTH = "Content-Type, Accept"


class HeaderError(Exception):
    """A header that the server rejects.

    Attributes:
        names: The headers that the server's message names.
        cause: The exception that explains why.
    """

    def __init__(self, names: str, cause: Problem) -> None:
        super().__init__(names, cause)
        self.names = names
        self.cause = cause

    @property
    def problem(self) -> Problem:
        """The exception of the answer."""
        return problem("invalid-media-type", headers=self.names)._replace(caused_by=self.cause)


class MediaType(NamedTuple):
    """A media type: the header's value, the name in lowercase, and the parameters."""

    text: str
    name: str
    parameters: Mapping[str, str] = MappingProxyType({})

    @property
    def format(self) -> str | None:
        """``json``, ``yaml``, ``smile`` or ``cbor``; None for a type that the server does not support."""
        version = self.parameters.get(_COMPATIBLE)
        if self.name.startswith(VENDOR) and version is not None and not re.fullmatch("[0-9]+", version):
            return None
        return FORMATS.get(self.name)

    @property
    def version(self) -> int | None:
        """The major version that it asks for compatibility with."""
        version = self.parameters.get(_COMPATIBLE)
        return None if version is None else int(version)


class MediaTypes(NamedTuple):
    """The two headers of a request; None for one that is missing or lists several types."""

    content: MediaType | None
    accept: MediaType | None

    def answer_type(self, wanted: str | None) -> tuple[str, str]:
        """The format of the answer, and its ``Content-Type``."""
        parameters = "".join(
            f";{key}={value}" for key, value in (self.accept.parameters if self.accept else {}).items()
        )
        if wanted is not None and wanted in FORMATS.values():
            return wanted, f"application/{wanted}{parameters}"
        for media in (self.accept, self.content):
            form = media and media.format
            if media and form:
                prefix = VENDOR if media.name.startswith(VENDOR) else "application/"
                return form, f"{prefix}{form}{parameters}"
        return "json", f"application/json{parameters}"


def read(headers: Mapping[str, str], majors: tuple[int, int], *, has_body: bool) -> MediaTypes:
    """The media types of a request, by its headers with lowercase names.

    ``majors`` are the server's major version, and the previous one, which it is compatible with.

    Raises:
        HeaderError: The server rejects them.
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
        raise HeaderError(name, problem("empty-header", header=name))
    if "," in text or text.strip() in ("*/*", _JAVA_DEFAULT):
        return None
    elements = text.lower().split(";")
    parts = elements[0].split("/")
    if len(parts) != 2 or not all(re.fullmatch(_NAME, part.strip()) for part in parts):
        raise HeaderError(name, problem("malformed-media-type", value=text))
    parameters: dict[str, str] = {}
    for element in elements[1:]:
        if element.strip():
            pair = element.strip().rstrip("=").split("=")
            if len(pair) != 2:
                raise HeaderError(name, problem("malformed-media-type-parameters", value=text))
            parameters[pair[0].strip()] = pair[1].strip()
    media = MediaType(text=text, name=f"{parts[0].strip()}/{parts[1].strip()}", parameters=parameters)
    version = parameters.get(_COMPATIBLE)
    if version is not None and not (re.fullmatch(r"[-+]?[0-9]{1,9}", version) and -128 <= int(version) <= 127):
        raise HeaderError(name, problem("media-type-version-number", text=version))
    return media


def _check_versions(
    accept: MediaType | None, content: MediaType | None, majors: tuple[int, int], *, has_body: bool
) -> None:
    accepted = accept.version if accept else None
    sent = content.version if content else None
    values = {"accept": accept.text if accept else "null", "content": content.text if content else "null"}
    if (accepted or majors[0]) not in majors:
        raise _unsupported("Accept", accepted, majors, values["accept"])
    if not has_body:
        return
    if (sent or majors[0]) not in majors:
        raise _unsupported("Content-Type", sent, majors, values["content"])
    if (sent or majors[0]) != (accepted or majors[0]):
        raise HeaderError(_BOTH, problem("different-versions", **values))
    if (sent is None) != (accepted is None):
        raise HeaderError(_BOTH, problem("missing-version", **values))


def _unsupported(header: str, version: int | None, majors: tuple[int, int], value: str) -> HeaderError:
    newer, older = majors
    cause = problem("unsupported-version", header=header, newer=newer, older=older, version=version, value=value)
    return HeaderError(_BOTH, cause)
