"""The report of a check."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import eventlint
from eventlint import Answer, Checker, Finding, Report, Request, check
from eventlint.spec import release
from tests.corpus import payload_cases

GOOD = {"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}
SCHEMA = json.loads((Path(eventlint.__file__).parent / "output" / "findings.schema.json").read_bytes())
ERROR = Finding(rule="a", tier="error", message="m")


def report(*findings: Finding, first_error: Finding | None = None, refusal: Any = None) -> Report:
    """A report of a search."""
    return Report("search", release(), findings, first_error, refusal)


@pytest.mark.parametrize(
    ("tiers", "first_error", "ok", "accepted"),
    [
        ((), None, True, True),
        (("lint", "loss"), None, True, True),
        (("contract", "lint"), None, False, True),
        (("error",), ERROR, False, False),
        ((), ERROR, False, False),
    ],
)
def test_ok_and_accepted(tiers: tuple[Any, ...], first_error: Finding | None, ok: bool, accepted: bool) -> None:
    """An error makes a report neither ``ok`` nor ``accepted``, a contract violation only not ``ok``."""
    one = report(*(Finding(rule="r", tier=tier, message="m") for tier in tiers), first_error=first_error)
    assert (one.ok, one.accepted) == (ok, accepted)


def test_the_answer_is_built_once() -> None:
    """A clean report has the answer to an accepted event; one of an event that cannot be sent has none."""
    clean = report()
    assert clean.answer is clean.answer
    assert (clean.answer and clean.answer.body) == b'{"accepted":true}'
    assert report(ERROR, first_error=ERROR).answer is None
    given = Answer(status=418)
    assert report(refusal=given).answer is given


def test_a_restricted_report_keeps_what_the_server_does() -> None:
    """Only the findings change; a report that loses none stays the same object."""
    whole = check({**GOOD, "x": 1, "user": {"id": " "}}, "search")
    one = whole.restricted({"blank-id"})
    assert [finding.rule for finding in one.findings] == ["blank-id"]
    assert (one.first_error, one.answer, one.accepted) == (whole.first_error, whole.answer, False)
    assert whole.restricted({finding.rule for finding in whole.findings}) is whole


def test_a_report_can_be_pickled() -> None:
    """Also before its answer is built."""
    for event in (GOOD, {}, b"{"):
        whole = check(event, "search")
        copy = pickle.loads(pickle.dumps(whole))  # noqa: S301 - pickled on the same line
        assert (copy.findings, copy.ok, copy.answer, copy.release) == (
            whole.findings,
            whole.ok,
            whole.answer,
            whole.release,
        )


def test_to_dict_fits_the_published_schema() -> None:
    """For every payload of the corpus, and for requests."""
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    requests = [Request(method="PUT", uri="/?%"), Request(method="POST", uri="/", body=b"{}")]
    reports = [check(case.body, case.event_type) for case in list(payload_cases())[::7]]
    reports += [eventlint.check_request(request) for request in requests]
    for one in reports:
        document = json.loads(json.dumps(one.to_dict()))
        assert list(validator.iter_errors(document)) == []
        assert len(document["findings"]) == len(one.findings) == sum(document["summary"]["rules"].values())


def test_to_dict_has_the_findings_and_the_counts() -> None:
    """The answer is that of the first error; the event is the only one."""
    document = check('{"session":{"id":" "},"user":{"id":"u"},"search":{"query":"q"}}', "search").to_dict()
    (finding,) = document["findings"]
    assert (finding["rule"], finding["line"], finding["column"], finding["offset"]) == ("blank-id", 1, 18, 17)
    assert finding["answer"] == "400 illegal_argument_exception: field [id] can't be blank"
    assert "fingerprint" not in finding
    assert (document["version"], document["tool"]["name"]) == (1, "eventlint")
    assert document["summary"] == {
        "files": 0,
        "events": 1,
        "skipped": 0,
        "unchecked": 0,
        "reasons": {},
        "known": 0,
        "suppressed": 0,
        "fixed": 0,
        "rules": {"blank-id": 1},
        "error": 1,
        "contract": 0,
        "loss": 0,
        "lint": 0,
    }


def test_to_dict_redacts_secrets() -> None:
    """Neither a key nor a value with a secret is shown."""
    event = '{"session":{"id":"s"},"user":{"id":"u"},"page":{"url":"https://me:hunter2@a.b/"},"token=hunter2hunter2":1}'
    for one in (check(event, "page_view"), Checker().check(json.loads(event), "page_view")):
        assert "hunter2" not in json.dumps(one.to_dict())


def test_the_repr_is_short() -> None:
    """It has the type, the verdict and the number of findings."""
    assert repr(check({}, "search")) == "Report('search', ok=False, findings=3)"
