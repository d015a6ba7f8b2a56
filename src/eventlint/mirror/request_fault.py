"""A fault of a request outside its payload."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from eventlint.mirror.rendering import Refusal

Answered = Refusal | tuple[int, Mapping[str, Any] | None]
"""The server's answer: a rejection, or a status with a document."""


class RequestFault(NamedTuple):
    """A fault of a request outside its payload.

    Attributes:
        kind: What is wrong: a key of :data:`eventlint.mirror.messages.MESSAGES`, or of
            :data:`eventlint.mirror.transport.KINDS`.
        subject: The value that is wrong.
        answer: The server's answer.
        headers: Headers that only this answer has.
    """

    kind: str
    subject: str
    answer: Answered
    headers: Mapping[str, str] | None = None
