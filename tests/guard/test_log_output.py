"""What the logger ``eventlint`` writes about events that an attacker chose."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from eventlint import Checker
from eventlint.guard import Counters, Guard, Policy
from eventlint.model import Finding
from tests.guard.samples import patch_checker
from tests.guard.services import BAD_BODY, GOOD_BODY, JSON, TARGET

CONTROLS = "\x1b]0;x\x07\x9b1m\u202e\u2028\r\n\x00"
SECRET = "hunter2hunter2"  # noqa: S105 - for tests
HOSTILE = f"https://example.com/?token={SECRET}{CONTROLS}"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a handler writes, with the extra fields of its records."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    fields: list[str] = []

    def keep(record: logging.LogRecord) -> bool:
        fields.append(str(_extra(record)))
        return True

    handler.addFilter(keep)
    logger = logging.getLogger("eventlint")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)
    text = stream.getvalue() + "".join(fields)
    assert text
    assert SECRET not in text
    assert all(character.isprintable() or character == "\n" for character in text)


def _extra(record: logging.LogRecord) -> dict[str, Any]:
    # str() of a dictionary would escape control characters.
    fields = {name: value for name, value in vars(record).items() if name.startswith("eventlint_")}
    findings = fields.pop("eventlint_findings", [])
    return {name: _Raw(value) for name, value in [*fields.items(), *(item for one in findings for item in one.items())]}


class _Raw:
    def __init__(self, value: object) -> None:
        self.value = value

    def __repr__(self) -> str:
        return str(self.value)


@pytest.mark.usefixtures("written")
def test_findings_are_shown_without_secrets_and_control_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the message and in the extra fields."""
    patch_checker(monkeypatch, Finding(rule="a", tier="error", message=HOSTILE, pointer=f"/{HOSTILE}"))
    guard = Guard(policy=Policy(error="log"))
    assert guard.allows("POST", f"{TARGET}{CONTROLS}", JSON, GOOD_BODY)


def test_a_warning_has_no_secrets_and_control_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is shown in a terminal."""
    patch_checker(monkeypatch, Finding(rule="a", tier="error", message=HOSTILE, pointer=f"/{HOSTILE}"))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert Guard(policy=Policy(error="warn")).allows("POST", TARGET, JSON, GOOD_BODY)
    text = str(caught[0].message)
    assert (SECRET in text, text.isprintable()) == (False, True)


def test_a_failure_of_the_guard_is_logged_without_values(monkeypatch: pytest.MonkeyPatch, written: io.StringIO) -> None:
    """The message of an exception can quote the event; its traceback and its type are kept."""

    def broken(*_: object, **__: object) -> None:
        try:
            raise KeyError(HOSTILE)
        except KeyError as error:
            raise ValueError(HOSTILE) from error

    monkeypatch.setattr(Checker, "check", broken)
    assert Guard().allows("POST", TARGET, JSON, GOOD_BODY)
    assert ("ValueError: " in written.getvalue(), "in broken" in written.getvalue()) == (True, True)


@pytest.mark.usefixtures("written")
def test_a_failure_of_a_metrics_library_is_logged_without_values() -> None:
    """The names of rules are those of a contract."""

    def broken(*_: object) -> None:
        raise ValueError(HOSTILE)

    assert Guard(counters=Counters(broken)).allows("POST", TARGET, JSON, GOOD_BODY)


@pytest.mark.usefixtures("written")
def test_a_wrong_action_of_a_handler_is_logged_without_values() -> None:
    """It may be taken from the event."""
    wrong: Any = lambda incident: f"token={SECRET}{CONTROLS}"  # noqa: E731 - a function of one line
    assert Guard(policy=Policy(error=wrong)).allows("POST", TARGET, JSON, BAD_BODY)


@pytest.mark.usefixtures("written")
def test_an_unknown_release_is_logged_without_control_characters() -> None:
    """A server may report anything."""
    from eventlint.guard.release_choice import nearest

    assert nearest(f"99.{CONTROLS}")
