"""The server's answer as text for people."""

from __future__ import annotations

from http import HTTPStatus

from eventlint.escaping import printable
from eventlint.model import Answer
from eventlint.redact import redact


def answer_text(answer: Answer) -> str:
    """The status, the headers and the body of an answer."""
    headers = [f"{name}: {value}" for name, value in answer.headers.items()]
    return "\n".join([status_line(answer.status), *headers, "", body_text(answer.body)])


def status_line(status: int) -> str:
    """The first line of an answer."""
    if status == 0:
        return "the server closes the connection without an answer"
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"


def body_text(body: bytes) -> str:
    """The body of an answer, redacted and printable; :attr:`Report.answer` has the original."""
    return printable(redact(body.decode("utf-8", "backslashreplace").rstrip("\n")), keep="\n")
