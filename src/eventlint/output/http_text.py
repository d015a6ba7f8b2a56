"""A server's answer as a person sees it, with its secrets hidden; it must not know findings."""

from eventlint.model import Answer
from eventlint.redact import redact


def in_full(answer: Answer) -> str:
    """The status and the body of an answer, with its secrets hidden."""
    return f"{answer.status} {redact(answer.body.decode('utf-8', 'backslashreplace'))}"
