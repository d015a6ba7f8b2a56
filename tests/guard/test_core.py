"""The decisions of a guard, without a client."""

from __future__ import annotations

import asyncio
import json
import logging
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventlint import Answer, Checker, InvalidEvent, Report, Request, UsageError, check_request
from eventlint.guard import (
    AsgiGuard,
    Counters,
    EventWarning,
    Guard,
    GuardError,
    Incident,
    Policy,
    WsgiGuard,
    checked,
    guard,
    incident_log,
)
from eventlint.guard.endpoint import locate
from eventlint.model import Finding
from eventlint.tiers import TIERS
from tests.guard.conftest import PATH
from tests.guard.samples import BAD, LINT, LOSS, PLAIN, patch_checker

URI = f"{PATH}search"
HEADERS = {"content-type": "application/json"}
GOOD_BODY = json.dumps(PLAIN).encode()
BAD_BODY = json.dumps(BAD).encode()


def is_sent(guard: Guard, body: bytes | None = BAD_BODY, **headers: str) -> bool:
    """Whether a request with a search is sent."""
    return guard.allows("POST", URI, {**HEADERS, **headers}, body)


@pytest.fixture
def with_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every event has a finding of the tier ``loss`` and one of the tier ``lint``."""
    patch_checker(monkeypatch, LOSS, LINT)


def test_an_invalid_event_is_raised_with_findings_and_answer() -> None:
    """By default, an event that the server would reject is raised."""
    with pytest.raises(InvalidEvent) as raised:
        is_sent(Guard())
    expected = check_request(Request(method="POST", uri=URI, headers=HEADERS, body=BAD_BODY))
    assert (raised.value.findings, raised.value.answer) == (expected.findings, expected.answer)


def test_an_invalid_request_is_raised() -> None:
    """An error of the request counts like one of the event."""
    with pytest.raises(InvalidEvent, match="would reject this request"):
        Guard().allows("PUT", URI, HEADERS, GOOD_BODY)


def test_warn_sends_and_warns_at_the_line_of_the_caller() -> None:
    """The warning names this file, not one of the package."""
    with pytest.warns(EventWarning, match="blank-id") as warned:
        assert is_sent(Guard(policy=Policy(error="warn")))
    assert [warning.filename for warning in warned if warning.category is EventWarning] == [__file__]


def test_a_warning_that_is_turned_into_an_error_blocks_the_event() -> None:
    """The warning is raised, and the event counts as blocked."""
    counters = Counters()
    guard = Guard(policy=Policy(error="warn"), counters=counters)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(EventWarning):
            is_sent(guard)
    assert (counters.read().sent, counters.read().blocked) == (0, 1)


def test_log_sends_and_writes_extra_fields(caplog: pytest.LogCaptureFixture) -> None:
    """A log record has extra fields that can be written as JSON."""
    assert is_sent(Guard(policy=Policy(error="log")))
    (record,) = caplog.records
    fields = {name: value for name, value in vars(record).items() if name.startswith("eventlint_")}
    assert (record.name, record.levelno) == ("eventlint", logging.ERROR)
    assert fields["eventlint_rules"] == ["blank-id", "unknown-field"]
    assert fields["eventlint_path"] == URI
    assert json.loads(json.dumps(fields)) == fields


def test_log_records_have_no_secrets(caplog: pytest.LogCaptureFixture) -> None:
    """A secret in an event is redacted in the message and the fields."""
    body = b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"},"token=hunter2hunter2":1}'
    assert is_sent(Guard(policy=Policy(error="log")), body)
    assert "hunter2" not in caplog.text + str(vars(caplog.records[0]))


def test_drop_does_not_send() -> None:
    """A dropped event is not sent, and nothing is raised."""
    assert not is_sent(Guard(policy=Policy(error="drop")))


def test_send_sends() -> None:
    """A policy can send invalid events."""
    assert is_sent(Guard(policy=Policy(error="send")))


def test_a_callable_gets_the_incident_and_decides() -> None:
    """A callable sees the findings, the report and the request, and decides what is done."""
    seen: list[Incident] = []

    def handle(incident: Incident) -> Any:
        seen.append(incident)
        return "drop"

    assert not is_sent(Guard(policy=Policy(error=handle)))
    (incident,) = seen
    assert incident.request is not None
    assert (incident.tier, incident.request.body, incident.findings) == ("error", BAD_BODY, incident.report.findings)


def test_a_handler_that_returns_none_sends() -> None:
    """None means ``send``."""
    assert is_sent(Guard(policy=Policy(error=lambda incident: None)))


def test_an_exception_of_a_handler_goes_to_the_sender() -> None:
    """A handler can raise any exception; the event counts as blocked."""

    def handle(incident: Incident) -> Any:
        raise KeyError(incident.tier)

    counters = Counters()
    with pytest.raises(KeyError):
        is_sent(Guard(policy=Policy(error=handle), counters=counters))
    assert (counters.read().sent, counters.read().blocked) == (0, 1)


def test_a_handler_that_returns_no_action_does_not_block_the_event(caplog: pytest.LogCaptureFixture) -> None:
    """The value is logged, and the event is sent."""
    wrong: Any = lambda incident: "explode"  # noqa: E731 - a function of one line
    assert is_sent(Guard(policy=Policy(error=wrong)))
    assert "explode" in caplog.text


@pytest.mark.usefixtures("with_loss")
def test_a_loss_is_logged_and_sent_by_default(caplog: pytest.LogCaptureFixture) -> None:
    """Without a policy, a loss is logged, and lint is not mentioned."""
    counters = Counters()
    assert is_sent(Guard(counters=counters))
    assert [(entry.levelno, vars(entry)["eventlint_tier"]) for entry in caplog.records] == [(logging.WARNING, "loss")]
    assert (counters.read().lost, counters.read().sent) == (1, 1)


@pytest.mark.usefixtures("with_loss")
def test_a_loss_can_be_raised() -> None:
    """A policy can raise for an event that the server accepts; the message has the reason."""
    message = r"the policy stops this search event:\n  /user: the event is lost \[a-loss\]"
    with pytest.raises(InvalidEvent, match=message) as raised:
        is_sent(Guard(policy=Policy(loss="raise")))
    assert raised.value.findings == (LOSS, LINT)


@pytest.mark.usefixtures("with_loss")
def test_the_strongest_action_of_all_tiers_applies(caplog: pytest.LogCaptureFixture) -> None:
    """If one tier logs and another drops, the event is logged and dropped."""
    assert not is_sent(Guard(policy=Policy(loss="log", lint="drop")))
    assert len(caplog.records) == 1


@pytest.mark.parametrize("tier", [*TIERS, "contract"])
def test_every_tier_has_an_action(tier: str) -> None:
    """A policy has an action for each tier."""
    policies: dict[str, Any] = {tier: "drop"}
    assert Policy(**policies).action(tier) == "drop"


def test_an_unknown_tier_is_treated_as_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The action for errors applies."""
    tier: Any = "unheard-of"
    patch_checker(monkeypatch, Finding(rule="a", tier=tier, message="b"))
    with pytest.raises(InvalidEvent):
        is_sent(Guard())


@pytest.mark.parametrize(
    "wrong",
    [
        {"error": "explode"},
        {"sample": 1.5},
        {"sample": float("nan")},
        {"sample": "x"},
        {"loss": None},
        {"fail_closed": "no"},
    ],
)
def test_a_wrong_policy_is_a_usage_error(wrong: dict[str, Any]) -> None:
    """The constructor reports it."""
    with pytest.raises(UsageError):
        Policy(**wrong)


@pytest.mark.parametrize(("closed", "counted"), [(False, "sent"), (True, "blocked")])
def test_a_guard_that_fails(
    closed: bool, counted: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A failure of the guard is logged and the event is sent, unless the policy is to fail closed."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(Checker, "check", broken)
    counters = Counters()
    guard = Guard(policy=Policy(fail_closed=closed), counters=counters)
    if closed:
        with pytest.raises(GuardError) as raised:
            is_sent(guard, GOOD_BODY)
        assert isinstance(raised.value.__cause__, ZeroDivisionError)
    else:
        assert is_sent(guard, GOOD_BODY)
    assert "by zero" in caplog.text
    assert (counters.read().failed, getattr(counters.read(), counted)) == (1, 1)


def test_a_failure_of_logging_does_not_block_the_event(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The failure is logged, and the event is sent."""
    monkeypatch.setattr(incident_log, "_fields", None)
    assert is_sent(Guard(policy=Policy(error="log")))
    assert "could not be described" in caplog.text


def test_a_failure_of_the_answer_does_not_hide_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event is raised without an answer."""

    class Broken(Report):
        @property
        def answer(self) -> Answer | None:
            """Fail."""
            raise ZeroDivisionError

    clean = check_request(Request(method="POST", uri=URI, headers=HEADERS, body=GOOD_BODY))
    for method in ("check", "check_request"):
        monkeypatch.setattr(Checker, method, lambda *_, **__: Broken("search", clean.release, (LOSS,)))
    with pytest.raises(InvalidEvent) as raised:
        is_sent(Guard(policy=Policy(loss="raise")))
    assert (raised.value.findings, raised.value.answer) == ((LOSS,), None)


def test_a_sample_of_the_events_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are sent and counted as unchecked."""
    numbers = iter([0.1, 0.9, 0.2, 0.25])
    monkeypatch.setattr("random.random", lambda: next(numbers))
    counters = Counters()
    guard = Guard(policy=Policy(error="drop", sample=0.25), counters=counters)
    assert [is_sent(guard) for _ in range(4)] == [False, True, False, True]
    assert (counters.read().checked, counters.read().unchecked) == (2, 2)


def test_a_stream_is_sent_unchecked() -> None:
    """A body that cannot be read is not checked."""
    counters = Counters()
    assert is_sent(Guard(counters=counters), None)
    assert counters.read().unchecked == 1


def test_counters_go_to_a_metrics_library() -> None:
    """The callable gets each counter that increases, and the rules as labels."""
    calls: list[tuple[str, int, dict[str, str]]] = []
    counters = Counters(metrics=lambda name, amount, labels: calls.append((name, amount, dict(labels))))
    is_sent(Guard(policy=Policy(error="drop"), counters=counters))
    assert calls == [
        ("checked", 1, {}),
        ("blocked", 1, {}),
        ("refused", 1, {}),
        *[("rule", 1, {"rule": rule}) for rule in ("blank-id", "unknown-field")],
    ]


def test_a_failure_of_metrics_does_not_block_the_event(caplog: pytest.LogCaptureFixture) -> None:
    """The exception is logged, and the event is sent."""

    def broken(name: str, amount: int, labels: object) -> None:
        raise ZeroDivisionError

    assert is_sent(Guard(counters=Counters(broken)), GOOD_BODY)
    assert "metrics callable failed" in caplog.text


def test_twenty_threads_count_exactly() -> None:
    """Every event is counted once."""
    counters = Counters()
    guard = Guard(policy=Policy(error="drop"), counters=counters)
    with ThreadPoolExecutor(20) as pool:
        sent = sum(pool.map(lambda number: is_sent(guard, BAD_BODY if number % 4 == 0 else GOOD_BODY), range(2_000)))
    counts = counters.read()
    assert (sent, counts.sent, counts.blocked, counts.refused) == (1_500, 1_500, 500, 500)
    assert counts.checked == 2_000
    assert counts.rules["blank-id"] == 500


def test_a_thousand_tasks_count_exactly() -> None:
    """Every event is counted once in tasks of one loop."""
    counters = Counters()
    guard = Guard(policy=Policy(error="drop"), counters=counters)

    async def send(number: int) -> bool:
        await asyncio.sleep(0)
        return is_sent(guard, BAD_BODY if number % 4 == 0 else GOOD_BODY)

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
def test_the_fast_path_reports_what_check_request_reports(
    method: str,
    collection: str,
    event_type: str,
    query: str,
    headers: dict[str, str],
    body: bytes,
    release: str,
    collections: frozenset[str] | None,
) -> None:
    """A guard has the findings of ``check_request`` for every request."""
    uri = f"/_application/analytics/{collection}/event/{event_type}{query}"
    request = Request(method=method, uri=uri, headers=headers, body=body)
    expected = check_request(request, release=release, collections=collections)
    guard = Guard(release=release, collections=collections)
    for _ in range(2):  # the second time, the target is cached
        report = guard.report(method, uri, headers, body)
        assert (report.findings, report.first_error, report.ok) == (
            expected.findings,
            expected.first_error,
            expected.ok,
        )


def test_a_clean_event_takes_the_fast_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """``check_request`` is not called for a clean event."""
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
def test_events_are_recognized_by_their_path(uri: str, found: str | None) -> None:
    """Only the path of the endpoint counts, after any prefix."""
    assert locate("POST", uri) == found


def test_an_options_request_sends_no_event() -> None:
    """A browser sends OPTIONS before it sends an event."""
    assert locate("OPTIONS", URI) is None


def test_an_unknown_release_means_the_newest_one_before_it(caplog: pytest.LogCaptureFixture) -> None:
    """A release that is newer than the catalog is logged."""
    assert Guard(release="999.0.0").checker.release.name == Guard().checker.release.name
    assert "999.0.0" in caplog.text


def test_a_wrong_release_is_a_usage_error() -> None:
    """The constructor reports it."""
    with pytest.raises(UsageError):
        Guard(release="soon")


NAMED = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@given(identifier=NAMED, query=st.text(st.characters(exclude_categories=["Cs"])), pretty=st.booleans())
def test_a_valid_event_is_always_sent(identifier: str, query: str, pretty: bool) -> None:
    """The strings in it and its formatting do not matter."""
    event = {"session": {"id": f"s{identifier}"}, "user": {"id": f"u{identifier}"}, "search": {"query": query}}
    body = json.dumps(event, ensure_ascii=pretty, indent=2 if pretty else None).encode()
    assert is_sent(Guard(policy=Policy(loss="send")), body)


def test_a_guard_holds_the_checker_that_it_is_given() -> None:
    """Rules that the checker ignores have no effect."""
    checker = Checker("8.19", ignore=["blank-id", "missing-field", "unknown-field"])
    guard = Guard(checker=checker)
    assert guard.checker is checker
    assert is_sent(guard)
    assert is_sent(Guard(ignore=["error"]))
    assert guard.counters.read().refused == 1
    assert guard.with_release("9.0").checker == checker.with_release("9.0")


MAKERS = [
    Guard,
    lambda **named: guard(httpx.Client(), **named),
    lambda **named: checked("search", **named),
    lambda **named: AsgiGuard(None, **named),  # type: ignore[arg-type]
    lambda **named: WsgiGuard(None, **named),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("make", MAKERS, ids=["Guard", "guard", "checked", "AsgiGuard", "WsgiGuard"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"policy": "log"}, r'policy must be a Policy, not \'log\'; write policy=Policy\(error="log"\)'),
        ({"counters": {}}, "counters must be a Counters, not a dict"),
        ({"checker": "8.19"}, "checker must be a Checker, not '8.19'"),
        ({"checker": Checker(), "release": "8.19"}, "either checker or release, not both"),
        ({"collections": "shop"}, r"collections=\['shop'\]"),
        ({"release": 9.1}, "release must be a string, not 9.1"),
        ({"ignore": "blank-id"}, r"ignore=\['blank-id'\]"),
    ],
)
def test_a_wrong_argument_is_a_usage_error_at_once(make: Any, arguments: dict[str, Any], message: str) -> None:
    """Every guard takes the same arguments and reports the same mistakes."""
    with pytest.raises(UsageError, match=message):
        make(**arguments)


@pytest.mark.parametrize(
    ("make", "arguments"),
    [
        (AsgiGuard, {"max_bytes": "1"}),
        (AsgiGuard, {"max_bytes": 0}),
        (WsgiGuard, {"prefix": None}),
        (checked, {"payload": 1}),
        (checked, {"dumps": "json"}),
        (checked, {"collection": 1}),
        (Counters, {}),
    ],
)
def test_wrong_arguments_of_single_guards(make: Any, arguments: dict[str, Any]) -> None:
    """They are usage errors, too."""
    with pytest.raises(UsageError):
        make(7, **arguments) if make is not checked else make("search", **arguments)


def test_the_template_of_log_records_is_constant(caplog: pytest.LogCaptureFixture) -> None:
    """The values of an event are arguments, so that log tools can group records."""
    guard = Guard(policy=Policy(error="log"))
    for body in (BAD_BODY, b"{}", b"{", b'{"session":{"id":1}}'):
        assert is_sent(guard, body)
    assert len({record.msg for record in caplog.records}) == 1
    assert len({record.getMessage() for record in caplog.records}) > 1
    first = caplog.records[0]
    assert first.getMessage() == "error in search event: /user/id: 'id' is blank [blank-id] (findings: 2)"
    assert "blank" not in str(first.msg)
