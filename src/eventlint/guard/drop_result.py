"""What a client gets for an event that was dropped; it must not know any client library."""

STATUS = 202
"""The status of the server's answer to an event that it takes."""

BODY = b'{"accepted":false}'
"""No server answers so: an event that it does not take gets an error."""

HEADERS = {
    "x-elastic-product": "Elasticsearch",
    "x-eventlint": "dropped",
    "content-type": "application/json",
    "content-length": str(len(BODY)),
}
"""The headers of the answer, names in lower case; ``x-eventlint`` tells it apart."""
