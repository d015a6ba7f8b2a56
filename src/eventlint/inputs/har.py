"""HAR files: the requests that a browser or a proxy recorded."""

import re
from collections.abc import Iterator

from eventlint.errors import InputError
from eventlint.inputs.endpoint import ENDPOINT, endpoint_path
from eventlint.inputs.record import Record, place_of
from eventlint.jsontext.decoding import Decoded
from eventlint.model import Request


def read_har(data: bytes) -> Iterator[Record]:
    """Read the requests to the endpoint from a browser's HAR file.

    Raises:
        InputError: The file is not a HAR file.
    """
    from eventlint.inputs.json_spans import elements, find
    from eventlint.jsontext.positions import Lines

    start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    entries = find(data, ("log", "entries"), start)
    if entries is None:
        raise InputError("not a HAR file: /log/entries is missing")
    found = [
        (begin, end)
        for begin, end in elements(data, entries[0])
        if re.search(ENDPOINT, data[begin:end].decode("utf-8", "replace"))
    ]
    places = Lines(Decoded(data=data, start=start)).positions(begin for begin, _ in found)
    number = 0
    for begin, end in found:
        request = _har_request(data[begin:end])
        if request is not None:
            number += 1
            place = place_of(places[begin], encoded=True)
            yield Record(body=request.body, place=place, number=number, request=request, head=place)


def _har_request(raw: bytes) -> Request | None:
    import base64
    import json

    try:
        request = json.loads(raw)["request"]
        method, uri = str(request["method"]).upper(), endpoint_path(str(request["url"]))
        if uri is None or method == "OPTIONS":
            return None
        headers = [
            (str(header["name"]), str(header["value"]))
            for header in request.get("headers", ())
            if not str(header["name"]).startswith(":")
        ]
        data = request.get("postData") or {}
        text = str(data.get("text", ""))
        body = base64.b64decode(text) if data.get("encoding") == "base64" else text.encode("utf-8", "surrogatepass")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Request(method=method, uri=uri, headers=_of_recorded_body(headers, body), body=body)


def _of_recorded_body(headers: list[tuple[str, str]], body: bytes) -> list[tuple[str, str]]:
    """The headers without the content encoding if the body was recorded before it was compressed."""
    is_readable = body.lstrip()[:1] in (b"{", b"")
    return [(name, value) for name, value in headers if name.lower() != "content-encoding" or not is_readable]
