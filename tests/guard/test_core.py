"""What a guard decides, without any client."""

from __future__ import annotations

import asyncio
import json
import logging
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventlint import Answer, Checker, InvalidEvent, Report, Request, UsageError, check_request
from eventlint.guard import Counters, EventWarning, Guard, GuardError, Incident, Policy, incident_log
from eventlint.guard.endpoint import locate
from eventlint.model import TIERS, Finding
from tests.guard.conftest import PATH
from tests.guard.samples import BAD, LINT, LOSS, PLAIN, patch_checker

URI = f"{PATH}search"
HEADERS = {"content-type": "application/json"}
GOOD_BODY = json.dumps(PLAIN).encode()
BAD_BODY = json.dumps(BAD).encode()


def judged(guard: Guard, body: bytes | None = BAD_BODY, **headers: str) -> bool:
    """Whether a request to search may be sent."""
    return guard.allows("POST", URI, {**HEADERS, **headers}, body)


@pytest.fixture
def with_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every event has a finding of the tier loss, and one of the tier lint."""
    patch_checker(monkeypatch, LOSS, LINT)


def test_an_error_is_raised_with_the_findings_and_the_answer() -> None:
    """Without a policy, an event that would be refused is raised."""
    with pytest.raises(InvalidEvent) as raised:
        judged(Guard())
    expected = check_request(Request(method="POST", uri=URI, headers=HEADERS, body=BAD_BODY))
    assert (raised.value.findings, raised.value.answer) == (expected.findings, expected.answer)


def test_a_request_that_would_be_refused_is_raised() -> None:
    """A fault of the request around the payload counts like one of the payload."""
    with pytest.raises(InvalidEvent, match="would refuse this request"):
        Guard().allows("PUT", URI, HEADERS, GOOD_BODY)


def test_warn_sends_and_warns_where_the_caller_stands() -> None:
    """A warning names this file, not one of the package."""
    with pytest.warns(EventWarning, match="blank-id") as told:
        assert judged(Guard(policy=Policy(error="warn")))
    assert [warning.filename for warning in told if warning.category is EventWarning] == [__file__]


def test_a_warning_that_is_an_error_stops_the_event() -> None:
    """Who turns warnings into errors wants to be stopped."""
    counters = Counters()
    guard = Guard(policy=Policy(error="warn"), counters=counters)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(EventWarning):
            judged(guard)
    assert (counters.read().sent, counters.read().blocked) == (0, 1)


def test_log_sends_and_writes_fields(caplog: pytest.LogCaptureFixture) -> None:
    """An entry has fields that a program can read, and JSON can hold."""
    assert judged(Guard(policy=Policy(error="log")))
    (entry,) = caplog.records
    fields = {name: value for name, value in vars(entry).items() if name.startswith("eventlint_")}
    assert (entry.name, entry.levelno) == ("eventlint", logging.ERROR)
    assert fields["eventlint_rules"] == ["blank-id", "missing-field", "unknown-field"]
    assert fields["eventlint_path"] == URI
    assert json.loads(json.dumps(fields)) == fields


def test_what_is_told_hides_secrets(caplog: pytest.LogCaptureFixture) -> None:
    """A secret in an event does not come into the log."""
    body = b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"},"token=hunter2hunter2":1}'
    assert judged(Guard(policy=Policy(error="log")), body)
    assert "hunter2" not in caplog.text + str(vars(caplog.records[0]))


def test_drop_does_not_send() -> None:
    """An event that is dropped is not sent, and nothing is raised."""
    assert not judged(Guard(policy=Policy(error="drop")))


def test_send_sends() -> None:
    """A tier can be left alone."""
    assert judged(Guard(policy=Policy(error="send")))


def test_a_callable_gets_the_incident_and_decides() -> None:
    """A callable sees the findings, the report and the request, and says what is done."""
    seen: list[Incident] = []

    def handle(incident: Incident) -> Any:
        seen.append(incident)
        return "drop"

    assert not judged(Guard(policy=Policy(error=handle)))
    (incident,) = seen
    assert incident.request is not None
    assert (incident.tier, incident.request.body, incident.findings) == ("error", BAD_BODY, incident.report.findings)


def test_a_callable_that_returns_nothing_sends() -> None:
    """None is the same as send."""
    assert judged(Guard(policy=Policy(error=lambda incident: None)))


def test_what_a_callable_raises_goes_to_the_sender() -> None:
    """A callable may raise an exception of its own; the event counts as blocked."""

    def handle(incident: Incident) -> Any:
        raise KeyError(incident.tier)

    counters = Counters()
    with pytest.raises(KeyError):
        judged(Guard(policy=Policy(error=handle), counters=counters))
    assert (counters.read().sent, counters.read().blocked) == (0, 1)


def test_a_callable_that_returns_nonsense_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """What is no action is logged, and the event is sent."""
    wrong: Any = lambda incident: "explode"  # noqa: E731 - a word is all that is needed
    assert judged(Guard(policy=Policy(error=wrong)))
    assert "explode" in caplog.text


@pytest.mark.usefixtures("with_loss")
def test_a_loss_is_logged_and_sent_by_default(caplog: pytest.LogCaptureFixture) -> None:
    """Without a policy, a loss is logged, and lint is not mentioned."""
    counters = Counters()
    assert judged(Guard(counters=counters))
    assert [(entry.levelno, vars(entry)["eventlint_tier"]) for entry in caplog.records] == [(logging.WARNING, "loss")]
    assert (counters.read().lost, counters.read().sent) == (1, 1)


@pytest.mark.usefixtures("with_loss")
def test_a_loss_can_be_raised() -> None:
    """An event that the server takes can be stopped all the same, and the message says why."""
    message = r"the policy stops this search event:\n  /user: the event is lost \[a-loss\]"
    with pytest.raises(InvalidEvent, match=message) as raised:
        judged(Guard(policy=Policy(loss="raise")))
    assert raised.value.findings == (LOSS, LINT)


@pytest.mark.usefixtures("with_loss")
def test_the_gravest_wish_of_all_tiers_is_done(caplog: pytest.LogCaptureFixture) -> None:
    """One tier logs, another drops: both happen."""
    assert not judged(Guard(policy=Policy(loss="log", lint="drop")))
    assert len(caplog.records) == 1


@pytest.mark.parametrize("tier", [*TIERS, "contract"])
def test_every_tier_has_an_action(tier: str) -> None:
    """A policy can be set for each tier that there is."""
    policies: dict[str, Any] = {tier: "drop"}
    assert Policy(**policies).action(tier) == "drop"


def test_a_tier_that_is_not_known_is_treated_as_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tier that comes later is as grave as an error, until a policy can name it."""
    tier: Any = "unheard-of"
    patch_checker(monkeypatch, Finding(rule="a", tier=tier, message="b"))
    with pytest.raises(InvalidEvent):
        judged(Guard())


@pytest.mark.parametrize(
    "wrong", [{"error": "explode"}, {"sample": 1.5}, {"sample": float("nan")}, {"sample": "x"}, {"loss": None}]
)
def test_a_policy_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    """A mistake in a policy is told when it is made."""
    with pytest.raises(UsageError):
        Policy(**wrong)


@pytest.mark.parametrize(("closed", "counted"), [(False, "sent"), (True, "blocked")])
def test_a_guard_that_fails(
    closed: bool, counted: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake of the guard's own is logged and the event is sent, unless the policy says otherwise."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(Checker, "check", broken)
    counters = Counters()
    guard = Guard(policy=Policy(fail_closed=closed), counters=counters)
    if closed:
        with pytest.raises(GuardError) as raised:
            judged(guard, GOOD_BODY)
        assert isinstance(raised.value.__cause__, ZeroDivisionError)
    else:
        assert judged(guard, GOOD_BODY)
    assert "by zero" in caplog.text
    assert (counters.read().failed, getattr(counters.read(), counted)) == (1, 1)


def test_an_entry_that_cannot_be_written_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake in telling of an incident is logged, and the event is sent."""
    monkeypatch.setattr(incident_log, "_fields", None)
    assert judged(Guard(policy=Policy(error="log")))
    assert "could not be described" in caplog.text


def test_an_answer_that_cannot_be_made_hides_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event is raised without it."""

    class Broken(Report):
        @property
        def answer(self) -> Answer | None:
            """Fail."""
            raise ZeroDivisionError

    clean = check_request(Request(method="POST", uri=URI, headers=HEADERS, body=GOOD_BODY))
    for method in ("check", "check_request"):
        monkeypatch.setattr(Checker, method, lambda *_, **__: Broken("search", clean.release, (LOSS,)))
    with pytest.raises(InvalidEvent) as raised:
        judged(Guard(policy=Policy(loss="raise")))
    assert (raised.value.findings, raised.value.answer) == ((LOSS,), None)


def test_a_share_of_the_events_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are left out are sent unchecked, and counted."""
    numbers = iter([0.1, 0.9, 0.2, 0.25])
    monkeypatch.setattr("random.random", lambda: next(numbers))
    counters = Counters()
    guard = Guard(policy=Policy(error="drop", sample=0.25), counters=counters)
    assert [judged(guard) for _ in range(4)] == [False, True, False, True]
    assert (counters.read().checked, counters.read().unchecked) == (2, 2)


@pytest.mark.parametrize(("body", "headers"), [(None, {}), (BAD_BODY, {"content-encoding": "gzip"})])
def test_a_body_that_cannot_be_looked_at_is_sent_unchecked(body: bytes | None, headers: dict[str, str]) -> None:
    """A stream, or a packed body, passes."""
    counters = Counters()
    assert judged(Guard(counters=counters), body, **headers)
    assert counters.read().unchecked == 1


def test_counters_go_to_a_metrics_library() -> None:
    """A callable gets each counter that grows, and the rules as labels."""
    told: list[tuple[str, int, dict[str, str]]] = []
    counters = Counters(metrics=lambda name, amount, labels: told.append((name, amount, dict(labels))))
    judged(Guard(policy=Policy(error="drop"), counters=counters))
    assert told == [
        ("checked", 1, {}),
        ("blocked", 1, {}),
        ("refused", 1, {}),
        *[("rule", 1, {"rule": rule}) for rule in ("blank-id", "missing-field", "unknown-field")],
    ]


def test_a_metrics_library_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """What the callable raises is logged, and the event is sent."""

    def broken(name: str, amount: int, labels: object) -> None:
        raise ZeroDivisionError

    assert judged(Guard(counters=Counters(broken)), GOOD_BODY)
    assert "metrics callable failed" in caplog.text


def test_twenty_threads_count_exactly() -> None:
    """No event is counted twice or not at all, however many threads send."""
    counters = Counters()
    guard = Guard(policy=Policy(error="drop"), counters=counters)
    with ThreadPoolExecutor(20) as pool:
        sent = sum(pool.map(lambda number: judged(guard, BAD_BODY if number % 4 == 0 else GOOD_BODY), range(2_000)))
    counts = counters.read()
    assert (sent, counts.sent, counts.blocked, counts.refused) == (1_500, 1_500, 500, 500)
    assert counts.checked == 2_000
    assert counts.rules["blank-id"] == 500


def test_a_thousand_tasks_count_exactly() -> None:
    """The same for tasks of one loop."""
    counters = Counters()
    guard = Guard(policy=Policy(error="drop"), counters=counters)

    async def send(number: int) -> bool:
        await asyncio.sleep(0)
        return judged(guard, BAD_BODY if number % 4 == 0 else GOOD_BODY)

    async def send_all() -> list[bool]:
        return await asyncio.gather(*(send(number) for number in range(1_000)))

    assert sum(asyncio.run(send_all())) == 750
    assert (counters.read().sent, counters.read().blocked) == (750, 250)


SEGMENTS = st.sampled_from(["site", "", "Site", "%2F", "%zz", "a b"])
TYPES = st.sampled_from(["search", "page_view", "Search", "x", "%73earch"])
QUERIES = st.sampled_from(["", "?debug", "?debug=1", "?bar", "?source=x", "?pretty&human=true", "?%", "?format=yaml"])
MEDIA = st.sampled_from(
    [
        "application/json",
        "application/vnd.elasticsearch+json; compatible-with=9",
        "application/vnd.elasticsearch+json; compatible-with=8",
        "application/vnd.elasticsearch+json; compatible-with=7",
        "application/x-ndjson",
        "application/yaml",
        "text/plain",
        "",
        "*/*",
    ]
)
BODIES = st.one_of(st.sampled_from([b"", b"{}", GOOD_BODY, BAD_BODY, b"\xef\xbb\xbf" + GOOD_BODY]), st.binary())


@settings(max_examples=300)
@example("POST", "site", "search", "", {"content-type": "application/json"}, GOOD_BODY, "latest", None)
@given(
    method=st.sampled_from(["POST", "PUT", "GET"]),
    collection=SEGMENTS,
    event_type=TYPES,
    query=QUERIES,
    headers=st.dictionaries(st.sampled_from(["content-type", "accept", "x-other"]), MEDIA),
    body=BODIES,
    release=st.sampled_from(["latest", "8.19", "8.8"]),
    collections=st.sampled_from([None, frozenset({"site"}), frozenset({"other"})]),
)
def test_the_short_way_finds_what_the_long_way_finds(
    method: str,
    collection: str,
    event_type: str,
    query: str,
    headers: dict[str, str],
    body: bytes,
    release: str,
    collections: frozenset[str] | None,
) -> None:
    """Whatever the request is, a guard finds in it what check_request finds."""
    uri = f"/_application/analytics/{collection}/event/{event_type}{query}"
    request = Request(method=method, uri=uri, headers=headers, body=body)
    long = check_request(request, release=release, collections=collections)
    guard = Guard(release=release, collections=collections)
    for _ in range(2):  # the second time, what is around the payload is remembered
        short = guard.report(method, uri, headers, body)
        assert (short.findings, short.first_error, short.ok) == (long.findings, long.first_error, long.ok)


def test_a_clean_event_takes_the_short_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a clean event, check_request is not called."""
    monkeypatch.setattr(Checker, "check_request", None)
    assert Guard().report("POST", URI, HEADERS, GOOD_BODY).ok


@pytest.mark.parametrize(
    ("uri", "found"),
    [
        (URI, URI),
        (f"/es/prefix{URI}?debug", f"{URI}?debug"),
        (f"{URI}/", f"{URI}/"),
        ("/_application/analytics//event/search", "/_application/analytics//event/search"),
        ("/_application/analytics/site", None),
        ("/_application/analytics/site/event", None),
        (f"{URI}/more", None),
        (f"/other?next={URI}", None),
        ("/my_application/analytics/site/event/search", None),
    ],
)
def test_events_are_known_by_their_path(uri: str, found: str | None) -> None:
    """Only the endpoint's own path is looked at; what stands before it does not matter."""
    assert locate("POST", uri) == found


def test_a_question_about_the_endpoint_is_no_event() -> None:
    """A browser asks with OPTIONS before it sends."""
    assert locate("OPTIONS", URI) is None


def test_a_release_that_is_not_known_is_taken_as_the_nearest(caplog: pytest.LogCaptureFixture) -> None:
    """A newer server than the catalog knows is logged, and checked as the newest."""
    assert Guard(release="999.0.0").checker.release.name == Guard().checker.release.name
    assert "999.0.0" in caplog.text


def test_a_release_that_cannot_be_is_told_at_once() -> None:
    """A mistake in an argument is told when the guard is made."""
    with pytest.raises(UsageError):
        Guard(release="soon")


NAMED = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(identifier=NAMED, query=st.text(st.characters(exclude_categories=["Cs"])), pretty=st.booleans())
def test_a_good_event_is_always_sent(identifier: str, query: str, pretty: bool) -> None:
    """Whatever the texts in it, and however it is written."""
    event = {"session": {"id": f"s{identifier}"}, "user": {"id": f"u{identifier}"}, "search": {"query": query}}
    body = json.dumps(event, ensure_ascii=pretty, indent=2 if pretty else None).encode()
    assert judged(Guard(policy=Policy(loss="send")), body)
