"""For tests with pytest: an assertion about events, and a stand-in for the server; it must not import clients early.

It is loaded when pytest starts, so it imports nothing but pytest and what a check needs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from eventlint.errors import UsageError
from eventlint.model import Answer, Finding, Request

if TYPE_CHECKING:
    import httpx
    from requests.adapters import BaseAdapter

    from eventlint.contract import Contract
    from eventlint.report import Report

__all__ = ["Sent", "SentEvents", "assert_event"]

_RELEASE = "eventlint_release"
_SCHEMAS = "eventlint_schemas"
_TIERS = ("error", "contract", "loss")


# ---- an assertion ---------------------------------------------------------------------------------------------------


def assert_event(
    event: object,
    event_type: str,
    *,
    release: str = "latest",
    contract: Contract | None = None,
    tiers: Collection[str] = _TIERS,
    ignore: Collection[str] = (),
) -> None:
    """Fail unless an event is without findings; the failure shows them as ``eventlint check`` prints them.

    Args:
        event: The payload as bytes or text, or a parsed object.
        event_type: Its type.
        release: The server's release, a minor, or ``latest``.
        contract: A contract of one's own that the event should fit besides, from :func:`eventlint.load_contract`.
        tiers: The tiers whose findings make it fail.
        ignore: Names of rules that may find something.

    Raises:
        AssertionError: There are such findings.
        UsageError: There is no such release, tier or rule.
    """
    __tracebackhide__ = True
    from eventlint.checker import check

    _known(tiers, ignore, contract)
    _fail_for(check(event, event_type, release=release, contract=contract), event, event_type, tiers, ignore)


def _known(tiers: Collection[str], ignore: Collection[str], contract: Contract | None) -> None:
    from eventlint.model import TIERS

    for tier in tiers:
        if tier not in TIERS:
            raise UsageError(f"not a tier: {tier!r} (one of {', '.join(TIERS)})")
    if ignore:
        from eventlint.rules import RULES

        names = {*(rule.name for rule in RULES), *(contract.names if contract is not None else ())}
        for name in ignore:
            if name not in names:
                raise UsageError(f"not a rule: {name!r} (eventlint rules lists them)")


def _fail_for(
    report: Report, payload: object, event_type: str, tiers: Collection[str], ignore: Collection[str]
) -> None:
    __tracebackhide__ = True
    found = [finding for finding in report.findings if finding.tier in tiers and finding.rule not in ignore]
    if found:
        told = report.first_error if report.first_error in found else None
        raise AssertionError(
            f"this {event_type or 'event'} has findings:\n{_text(found, payload, told, report.answer)}"
        )


def _text(found: list[Finding], payload: object, told: Finding | None, answer: Answer | None) -> str:
    """Findings as text for people, with the lines of a payload that came as text."""
    from eventlint.output import RedactedLines, Style, Summary, render, renderer

    lines = RedactedLines(payload)
    pieces: list[str] = []
    out = renderer("text", pieces.append, Style())
    summary = Summary(files=1, events=1)
    out.start()
    for finding in found:
        located = dataclasses.replace(finding, path="event")
        out.findings([render(located, lines, at=finding.position, answer=answer if finding is told else None)])
        summary.count(finding)
    return "".join(pieces).rstrip("\n")


# ---- a stand-in for the server --------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request that was recorded.

    Attributes:
        request: The request.
        answer: What the server answers.
        findings: What is wrong with the request and its payload, in all tiers.
        event_type: The type of the event; empty where the request names none.
    """

    request: Request
    answer: Answer
    findings: tuple[Finding, ...]
    event_type: str

    @property
    def event(self) -> Any:
        """The payload, parsed.

        Raises:
            ValueError: It is no JSON as Python reads it.
        """
        import json

        return json.loads(self.request.body)


class SentEvents:
    """Records requests, and answers them as the server would; nothing goes over a network.

    It may be shared between threads: a request is added in one step.
    """

    def __init__(
        self,
        *,
        release: str = "latest",
        collections: Collection[str] | None = None,
        contract: Contract | None = None,
    ) -> None:
        """Begin with no requests.

        Args:
            release: The server's release, a minor, or ``latest``.
            collections: The names of the collections that exist; None when every legal name does.
            contract: A contract of one's own that events should fit besides; it changes no answer.

        Raises:
            UsageError: There is no such release.
        """
        from eventlint.mirror.server import Server

        self._server = Server(release, collections)
        self._release = release
        self._contract = contract
        self._all: list[Sent] = []

    def __len__(self) -> int:
        """How many requests were recorded."""
        return len(self._all)

    @property
    def all(self) -> tuple[Sent, ...]:
        """All requests that were recorded, in the order in which they came."""
        return tuple(self._all)

    @property
    def accepted(self) -> tuple[Sent, ...]:
        """Those that the server takes."""
        return tuple(sent for sent in self._all if sent.answer.status == 202)

    def clear(self) -> None:
        """Forget what was recorded."""
        self._all.clear()

    def record(self, request: Request) -> Answer:
        """Record a request.

        Args:
            request: The request.

        Returns:
            The server's answer.
        """
        report = self._check(request)
        answer = self._server.respond(request.method, request.uri, request.headers, request.body)
        self._all.append(Sent(request=request, answer=answer, findings=report.findings, event_type=report.event_type))
        return answer

    def _check(self, request: Request) -> Report:
        from eventlint.checker import check_request

        return check_request(
            request, release=self._release, collections=self._server.collections, contract=self._contract
        )

    def assert_clean(self, *, tiers: Collection[str] = _TIERS, ignore: Collection[str] = ()) -> None:
        """Fail unless all that was sent is without findings.

        Args:
            tiers: The tiers whose findings make it fail.
            ignore: Names of rules that may find something.

        Raises:
            AssertionError: There are such findings; those of the first request that has any are shown.
            UsageError: There is no such tier or rule.
        """
        __tracebackhide__ = True
        _known(tiers, ignore, self._contract)
        for sent in self._all:
            _fail_for(self._check(sent.request), sent.request.body, sent.event_type, tiers, ignore)

    def httpx_transport(self) -> httpx.MockTransport:
        """A transport for an ``httpx.Client`` or ``httpx.AsyncClient``.

        Raises:
            UsageError: httpx is not installed.
        """
        try:
            import httpx
        except ImportError as error:
            raise UsageError("this needs httpx: pip install 'eventlint[httpx]'") from error

        def handle(request: httpx.Request) -> httpx.Response:
            request.read()
            answer = self.record(
                _request(request.method, request.url.raw_path.decode(), request.headers, request.content)
            )
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
        except ImportError as error:
            raise UsageError("this needs requests: pip install 'eventlint[requests]'") from error
        record = self.record

        class Adapter(BaseAdapter):
            def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
                headers = {str(name): str(value) for name, value in request.headers.items()}
                answer = record(_request(request.method or "", request.path_url, headers, _body(request.body)))
                response = Response()
                response.status_code = answer.status
                response.headers.update(answer.headers)
                response._content = answer.body
                response.request = request
                response.url = request.url or ""
                return response

            def close(self) -> None:
                """There is nothing to close."""

        return Adapter()


def _request(method: str, uri: str, headers: Mapping[str, str], body: bytes) -> Request:
    return Request(method=method, uri=uri, headers=dict(headers), body=body)


def _body(body: Any) -> bytes:
    """The body of a request, in bytes; one that is read while it is sent is read here."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes):
        return body
    if hasattr(body, "read"):
        return _body(body.read())
    return b"".join(_body(piece) for piece in body)


# ---- what pytest asks for -------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """The settings of the plugin."""
    parser.addini(_RELEASE, "the server's release that eventlint's fixtures take events for", default="latest")
    parser.addini(_SCHEMAS, "files and folders with a contract of one's own that events should fit", type="paths")


def _settings(config: pytest.Config) -> dict[str, Any]:
    """The release and the contract that are configured."""
    places = config.getini(_SCHEMAS)
    found: dict[str, Any] = {"release": str(config.getini(_RELEASE))}
    if places:
        from eventlint.contract import load_contract

        found["contract"] = load_contract(places)
    return found


@pytest.fixture(name="assert_event")
def _assert_event(request: pytest.FixtureRequest) -> Callable[..., None]:
    """:func:`assert_event`, for the release and the contract that the settings name."""
    from functools import partial

    return partial(assert_event, **_settings(request.config))


@pytest.fixture
def sent_events(request: pytest.FixtureRequest) -> SentEvents:
    """A :class:`SentEvents` for the release and the contract that the settings name."""
    return SentEvents(**_settings(request.config))
