"""HAR files: the requests that a browser or a proxy recorded."""

from collections.abc import Iterator, Sequence

from eventlint.errors import InputError
from eventlint.inputs.endpoint import MAY_HAVE_PREFIX, behind_prefix, endpoint_path, may_have_prefix
from eventlint.inputs.record import Record, place_of
from eventlint.jsontext.decoding import Decoded
from eventlint.model import Request


def read_har(data: bytes, prefixes: Sequence[str] = ()) -> Iterator[Record]:
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
        if b"/event" in data[begin:end] or b"\\/event" in data[begin:end]
    ]
    places = Lines(Decoded(data=data, start=start)).positions(begin for begin, _ in found)
    number = 0
    for begin, end in found:
        request = _har_request(data[begin:end], prefixes)
        place = place_of(places[begin], encoded=True)
        if isinstance(request, str):
            number += 1
            yield Record(body=b"", place=place, number=number, unchecked=request)
        elif request is not None:
            number += 1
            yield Record(body=request.body, place=place, number=number, request=request, head=place)


def _har_request(raw: bytes, prefixes: Sequence[str]) -> Request | str | None:
    """The request of an entry; why it is not checked; or None if it does not go to the endpoint."""
    import base64
    import json

    try:
        request = json.loads(raw)["request"]
        method, url = str(request["method"]).upper(), str(request["url"])
        path = "/" + url.partition("://")[2].partition("/")[2]
        behind = behind_prefix(path, prefixes)
        uri = behind.uri if behind else endpoint_path(url)
        if method == "OPTIONS":
            return None
        if uri is None:
            return MAY_HAVE_PREFIX if method == "POST" and may_have_prefix(path) else None
        headers = {
            str(header["name"]): str(header["value"])
            for header in request.get("headers", ())
            if not str(header["name"]).startswith(":")
        }
        data = request.get("postData") or {}
        text = str(data.get("text", ""))
        body = base64.b64decode(text) if data.get("encoding") == "base64" else text.encode("utf-8", "surrogatepass")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Request(method=method, uri=uri, headers=headers, body=body)
