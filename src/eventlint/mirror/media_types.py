"""Parses the media types of ``Content-Type`` and ``Accept`` as the server does.

Source: Elasticsearch's ``ParsedMediaType`` and ``RestCompatibleVersionHelper``.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from eventlint.mirror.headers import Headers
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
WANTED = {
    **{name: f"application/{name}" for name in ("json", "yaml", "smile", "cbor")},
    **{f"vnd_{name}": f"{VENDOR}{name}" for name in ("json", "yaml", "smile", "cbor")},
}
"""The values of the query parameter ``format``, in lowercase, with the media types of their answers."""
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


class SourceTypeError(ValueError):
    """A malformed ``source_content_type``.

    Attributes:
        kind: The key of the server's message.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


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
    """The two headers of a request; None for one that is missing or lists several types.

    Attributes:
        errors: What the server rejects; it then reads the request as if the headers were missing.
    """

    content: MediaType | None
    accept: MediaType | None
    errors: "tuple[HeaderError, ...]" = ()

    def answer_type(self, wanted: str | None) -> tuple[str, str]:
        """The format of the answer, and its ``Content-Type``."""
        parameters = "".join(
            f";{key}={value}" for key, value in (self.accept.parameters if self.accept else {}).items()
        )
        named = WANTED.get(wanted.lower()) if wanted is not None else None
        if named is not None:
            return FORMATS[named], f"{named}{parameters}"
        for media in (self.accept, self.content):
            form = media and media.format
            if media and form:
                prefix = VENDOR if media.name.startswith(VENDOR) else "application/"
                return form, f"{prefix}{form}{parameters}"
        return "json", f"application/json{parameters}"


def source_format(text: str) -> str | None:
    """The format that a ``source_content_type`` names; None if the server does not support it.

    Raises:
        SourceTypeError: It is malformed.
    """
    name = re.split("[ \t]*;", text, maxsplit=1)[0]
    if not name and text:
        raise SourceTypeError("empty-source-type" if not text.strip("; \t") else "invalid-source-type")
    parts = name.split("/")
    if len(parts) != 2 or not re.fullmatch(_NAME, parts[0]) or not re.fullmatch(_NAME, parts[1].strip()):
        raise SourceTypeError("invalid-source-type")
    return FORMATS.get(name.strip().lower())


def read(headers: Headers, majors: tuple[int, int], *, has_body: bool) -> MediaTypes:
    """The media types of a request.

    The server reads the headers again without those that it rejects, so there can be several errors.

    Args:
        headers: The headers of the request.
        majors: The server's major version, and the previous one, which it is compatible with.
        has_body: Whether the request has a body.
    """
    errors: list[HeaderError] = []
    while True:
        try:
            accept = _header(headers, "Accept")
            content = _header(headers, "Content-Type")
            _check_versions(accept, content, majors, has_body=has_body)
        except HeaderError as error:
            errors.append(error)
            headers = headers.without(error.names.split(", "))
        else:
            return MediaTypes(content=content, accept=accept, errors=tuple(errors))


def _header(headers: Headers, name: str) -> MediaType | None:
    texts = headers.all(name)
    if not texts:
        return None
    if len(texts) > 1:
        raise HeaderError(name, problem("repeated-media-type", header=name))
    text = texts[0]
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
