"""Whole requests: the server accepts valid ones, and invalid ones violate one rule."""

from __future__ import annotations

import pytest

from eventlint import Request, Server, UsageError, check_request
from eventlint.spec import catalog, event_types
from eventlint.strategies import InvalidExample, invalid_requests, requests
from tests.strategies.support import for_each, least, reported

TYPES = event_types()
SERVERS = [Server(era.name) for era in catalog().eras]


@pytest.mark.parametrize("event_type", TYPES)
def test_a_request_is_accepted_in_every_era(event_type: str) -> None:
    """Each release of the server answers with 202."""

    def assertion(request: Request) -> None:
        for server in SERVERS:
            answer = server.respond(request.method, request.uri, request.headers, request.body)
            assert answer.status == 202, (server.era.name, answer.body)

    for_each(requests(event_type), assertion)


@pytest.mark.parametrize("event_type", TYPES)
def test_an_invalid_request_violates_one_rule(event_type: str) -> None:
    """There is exactly one finding of the tier error, the named one, and no release accepts the request."""

    def assertion(example: InvalidExample) -> None:
        request = example.event
        findings = check_request(request).findings
        assert reported(findings, "error") == [("error", example.rule, example.pointer)]
        for server in SERVERS:
            answer = server.respond(request.method, request.uri, request.headers, request.body)
            assert answer.status != 202, server.era.name

    for_each(invalid_requests(event_type), assertion)


def test_a_request_shrinks_to_a_plain_one() -> None:
    """The smallest request looks like an example."""
    assert least(requests("search"), lambda _: True) == Request(
        method="POST",
        uri="/_application/analytics/a/event/search",
        headers={"Content-Type": "application/json"},
        body=b'{"session":{"id":"a"},"user":{"id":"b"},"search":{"query":"a"}}',
    )


def test_a_rule_about_payloads_is_a_usage_error() -> None:
    """Only rules about what is outside the payload are allowed."""
    with pytest.raises(UsageError, match="blank-id"):
        invalid_requests("search", "blank-id")
