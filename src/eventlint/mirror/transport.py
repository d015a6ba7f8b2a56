"""What the server's HTTP library does with a request before the server sees it.

Source: Netty's ``HttpRequestDecoder``, ``HttpObjectAggregator`` and ``HttpContentDecompressor``.
"""

from eventlint.mirror.content_encoding import MAX_BODY, TooLargeError, UnreadableError, decompressed
from eventlint.mirror.headers import Headers
from eventlint.mirror.messages import problem
from eventlint.mirror.rendering import Refusal
from eventlint.mirror.request_fault import RequestFault
from eventlint.model import Request

MAX_LINE = 4_096
"""The default of the server's setting ``http.max_initial_line_length``, in bytes."""
KINDS = ("unsupported-expectation", "unreadable-content-encoding", "body-too-large")
"""The kinds of fault that are answered without a body."""
CLOSED = 0
"""The status of a request whose connection is closed without an answer."""
_EXPECTATION_FAILED, _TOO_LARGE = 417, 413
_VERSION = "HTTP/1.1"


def check(request: Request, headers: Headers) -> tuple[RequestFault | None, bytes]:
    """The fault that keeps the server from seeing a request, if there is one, and the body without its encoding."""
    line = f"{request.method} {request.uri} {_VERSION}"
    if len(line.encode("utf-8", "surrogatepass")) > MAX_LINE:
        return _of_line("request-line-too-long", f"{len(line)} characters", limit=MAX_LINE), b""
    if not request.uri:
        return _of_line("empty-target", ""), b""
    expected = headers.first("Expect")
    if expected is not None and expected.lower() != "100-continue":
        return RequestFault("unsupported-expectation", expected, (_EXPECTATION_FAILED, None)), b""
    encoding = headers.first("Content-Encoding")
    try:
        return None, decompressed(request.body, encoding)
    except UnreadableError:
        return RequestFault("unreadable-content-encoding", encoding or "", (CLOSED, None)), b""
    except TooLargeError:
        return RequestFault("body-too-large", f"{MAX_BODY // 2**20} MiB", (_TOO_LARGE, None)), b""


def read_target(uri: str) -> str:
    """The target of a request as the server reads it: each byte of UTF-8 is one character."""
    return uri if uri.isascii() else uri.encode("utf-8", "surrogatepass").decode("latin-1")


def _of_line(key: str, subject: str, **values: int) -> RequestFault:
    error = problem(key, **values)
    return RequestFault("request-line-too-long", subject, Refusal(status=400, problem=error, root=error))
