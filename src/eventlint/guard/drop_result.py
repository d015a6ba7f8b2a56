"""The response that a client gets for a dropped event."""

STATUS = 202
"""The status of the server's answer to an event that it accepts."""

BODY = b'{"accepted":false}'
"""No server answers this: a rejected event gets an error."""

HEADERS = {
    "x-elastic-product": "Elasticsearch",
    "x-eventlint": "dropped",
    "content-type": "application/json",
    "content-length": str(len(BODY)),
}
"""The headers, with names in lower case. ``x-eventlint`` identifies the response."""
