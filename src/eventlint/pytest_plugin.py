"""The pytest plugin: an assertion about events, and a stand-in for the server.

pytest loads this module when it starts, so it imports only what it needs at once.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any, Unpack

import pytest

from eventlint.arguments import strings
from eventlint.errors import EventlintError, UsageError
from eventlint.model import Answer, Finding, Request
from eventlint.tiers import FAILING, TIERS

if TYPE_CHECKING:
    import httpx
    from requests.adapters import BaseAdapter

    from eventlint.checker import Checker
    from eventlint.checker_options import CheckerOptions
    from eventlint.report import Report
    from eventlint.serve import RunningEndpoint

__all__ = ["Sent", "SentEvents", "assert_event"]

_RELEASE = "eventlint_release"
_CONTRACTS = "eventlint_contracts"


# ---- the assertion --------------------------------------------------------------------------------------------------


def assert_event(
    event: object,
    event_type: str,
    *,
    tiers: Collection[str] = FAILING,
    checker: Checker | None = None,
    **options: Unpack[CheckerOptions],
) -> None:
    """Fail if an event has findings. The failure shows them as ``eventlint check`` prints them.

    Args:
        event: The event as bytes, as a string, or as an object.
        event_type: The event type.
        tiers: The tiers whose findings fail. By default, all except ``lint``.
        checker: What to check for. By default, the newest release.
        **options: The arguments of :class:`eventlint.Checker`, instead of ``checker``; for example ``ignore``.

    Raises:
        AssertionError: There are findings.
        UsageError: An argument is wrong.
    """
    __tracebackhide__ = True
    _check_tiers(tiers)
    _fail_for(_checker(checker, options).check(event, event_type), event, event_type, tiers)


def _checker(checker: Checker | None, options: CheckerOptions) -> Checker:
    from eventlint.checker import checker_of

    return checker_of(checker, options)


def _check_tiers(tiers: Collection[str]) -> None:
    for tier in strings("tiers", tiers) or ():
        if tier not in TIERS:
            raise UsageError(f"not a tier: {tier!r}; use {', '.join(TIERS)}")


def _fail_for(report: Report, payload: object, event_type: str, tiers: Collection[str]) -> None:
    __tracebackhide__ = True
    failing = [finding for finding in report.findings if finding.tier in tiers]
    if failing:
        text = _text(failing, payload, report)
        raise AssertionError(f"this {event_type or 'event'} has findings:\n{text}")


def _text(findings: list[Finding], payload: object, report: Report) -> str:
    """The findings as text, with the lines of a payload that is not an object."""
    from eventlint.output import Style, renderer
    from eventlint.output.rendering import RedactedLines, render

    lines = RedactedLines(payload)
    pieces: list[str] = []
    out = renderer("text", pieces.append, Style())
    out.start()
    for finding in findings:
        located = dataclasses.replace(finding, path="event")
        answer = report.answer if finding is report.first_error else None
        out.findings([render(located, lines, at=finding.position, answer=answer)])
    return "".join(pieces).rstrip("\n")


# ---- the stand-in for the server ------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A recorded request.

    Attributes:
        request: The request.
        answer: The server's answer.
        findings: The findings of the request and its event, in all tiers.
        event_type: The event type; empty if the request names none.
    """

    request: Request
    answer: Answer
    findings: tuple[Finding, ...]
    event_type: str

    @property
    def event(self) -> Any:
        """The parsed event.

        Raises:
            ValueError: Python cannot parse the body as JSON.
        """
        import json

        return json.loads(self.request.body)


class SentEvents:
    """Records requests and answers them as the server would, without a network.

    It can be shared between threads: each request is added atomically.
    """

    def __init__(self, *, checker: Checker | None = None, **options: Unpack[CheckerOptions]) -> None:
        """Start without requests.

        Args:
            checker: What to check for. By default, the newest release. A custom contract does not change the answers.
            **options: The arguments of :class:`eventlint.Checker`, instead of ``checker``.

        Raises:
            UsageError: An argument is wrong.
        """
        self._checker = _checker(checker, options)
        self._reports: list[tuple[Sent, Report]] = []

    def __len__(self) -> int:
        """The number of recorded requests."""
        return len(self._reports)

    @property
    def all(self) -> tuple[Sent, ...]:
        """All recorded requests, in order."""
        return tuple(sent for sent, _ in self._reports)

    @property
    def accepted(self) -> tuple[Sent, ...]:
        """The recorded requests that the server accepts."""
        return tuple(sent for sent in self.all if sent.answer.status == 202)

    def clear(self) -> None:
        """Forget the recorded requests."""
        self._reports.clear()

    def record(self, request: Request) -> Answer:
        """Record a request.

        Args:
            request: The request.

        Returns:
            The server's answer.

        Raises:
            EventlintError: The body is in a format that an extra reads, and the extra is not installed.
        """
        report = self._checker.check_request(request, now=None)
        if report.unchecked is not None:
            raise EventlintError(f"the request cannot be checked: {report.unchecked}")
        assert report.answer is not None  # noqa: S101 - every request that is checked has an answer
        sent = Sent(request=request, answer=report.answer, findings=report.findings, event_type=report.event_type)
        self._reports.append((sent, report))
        return report.answer

    def assert_clean(self, *, tiers: Collection[str] = FAILING, ignore: Collection[str] = ()) -> None:
        """Fail if a recorded request has findings. The failure shows those of the first such request.

        Args:
            tiers: The tiers whose findings fail. By default, all except ``lint``.
            ignore: The rules to leave out, by name or by tier.

        Raises:
            AssertionError: There are findings.
            UsageError: There is no such tier or rule.
        """
        __tracebackhide__ = True
        _check_tiers(tiers)
        from eventlint.checker_options import selected_rules

        rules = selected_rules(None, ignore, self._checker.contract)
        for sent, report in self._reports:
            selected = report if rules is None else report.restricted(rules)
            _fail_for(selected, sent.request.body, sent.event_type, tiers)

    def httpx_transport(self) -> httpx.MockTransport:
        """A transport for an ``httpx.Client`` or ``httpx.AsyncClient``.

        Raises:
            UsageError: httpx is not installed.
        """
        try:
            import httpx
        except ImportError as error:
            raise UsageError("httpx is not installed; run: pip install 'eventlint[httpx]'") from error

        def handle(request: httpx.Request) -> httpx.Response:
            request.read()
            uri, headers = request.url.raw_path.decode(), dict(request.headers)
            answer = self.record(Request(method=request.method, uri=uri, headers=headers, body=request.content))
            return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body)

        return httpx.MockTransport(handle)

    def requests_adapter(self) -> BaseAdapter:
        """An adapter for a ``requests.Session``: ``session.mount("http://", adapter)``.

        Raises:
            UsageError: requests is not installed.
        """
        try:
            from requests import PreparedRequest, Response
            from requests.adapters import BaseAdapter
            from urllib3 import HTTPResponse
        except ImportError as error:
            raise UsageError("requests is not installed; run: pip install 'eventlint[requests]'") from error
        record = self.record

        class Adapter(BaseAdapter):
            def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
                headers = {str(name): str(value) for name, value in request.headers.items()}
                method, body = request.method or "", _body(request.body)
                answer = record(Request(method=method, uri=request.path_url, headers=headers, body=body))
                response = Response()
                response.status_code = answer.status
                response.headers.update(answer.headers)
                response.raw = HTTPResponse(
                    io.BytesIO(answer.body), dict(answer.headers), answer.status, preload_content=False
                )
                response.request = request
                response.url = request.url or ""
                return response

            def close(self) -> None:
                """There is nothing to close."""

        return Adapter()


def _body(body: Any) -> bytes:
    """The body of a request, in bytes; a stream is read."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes):
        return body
    if hasattr(body, "read"):
        return _body(body.read())
    return b"".join(_body(piece) for piece in body)


# ---- the plugin -----------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the settings of the plugin."""
    parser.addini(_RELEASE, "the release of the server that eventlint's fixtures check for", default="latest")
    parser.addini(_CONTRACTS, "files and folders with a custom contract for eventlint's fixtures", type="paths")


def _settings(config: pytest.Config) -> CheckerOptions:
    """The configured release and contract."""
    options: CheckerOptions = {"release": str(config.getini(_RELEASE))}
    if paths := config.getini(_CONTRACTS):
        from eventlint.contract import load_contract

        options["contract"] = load_contract(paths)
    return options


@pytest.fixture(name="assert_event")
def _assert_event(request: pytest.FixtureRequest) -> Callable[..., None]:
    """:func:`assert_event` for the configured release and contract."""
    from functools import partial

    return partial(assert_event, **_settings(request.config))


@pytest.fixture
def analytics_server(request: pytest.FixtureRequest) -> Iterator[RunningEndpoint]:
    """A local endpoint on a port of its own, for the configured release and contract.

    Its ``url`` is where programs send events to; ``events`` and ``wait`` return what arrived. It needs the extra
    ``serve``. See :class:`eventlint.serve.RunningEndpoint`.

    Raises:
        UsageError: The extra is not installed.
    """
    try:
        from eventlint.serve import RunningEndpoint
    except ImportError as error:
        raise UsageError("analytics_server needs an extra; run: pip install 'eventlint[serve]'") from error
    with RunningEndpoint(**_settings(request.config)) as running:
        yield running


@pytest.fixture
def sent_events(request: pytest.FixtureRequest) -> SentEvents:
    """A :class:`SentEvents` for the configured release and contract."""
    return SentEvents(**_settings(request.config))
