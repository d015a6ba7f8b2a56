"""The language server: the open documents, and when each of them is checked.

Texts change in the thread of the event loop. Checks run in another one, step by step, so that a large document keeps
neither the loop nor the other documents waiting. Requests run in a third one, and can be cancelled.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from eventlint._version import __version__
from eventlint.escaping import printable
from eventlint.lsp import convert
from eventlint.lsp.buffers import Buffer
from eventlint.lsp.checking import Checks, Published
from eventlint.lsp.diagnostics import Diagnostic, about_file
from eventlint.lsp.documents import Document
from eventlint.lsp.pauses import IdleCollector, avoid_pauses
from eventlint.lsp.positions import PositionEncoding
from eventlint.lsp.protocol import Protocol, converter
from eventlint.lsp.rule_pages import RulePages
from eventlint.lsp.schema_documents import schema_diagnostics
from eventlint.lsp.settings import ClientOptions, FileSettings, Workspace

_Result = TypeVar("_Result")


class OpenDocument:
    """A document that is open in the editor.

    Attributes:
        buffer: Its text.
        uri: Its URI, as the client writes it.
        diagnostics: What was found in the version that was checked last.
        checked: The document that was checked last to its end; None before the first time.
        focus: The first byte of the latest change.
    """

    def __init__(self, uri: str, buffer: Buffer) -> None:
        self.uri = uri
        self.buffer = buffer
        self.diagnostics: list[Diagnostic] = []
        self.checked: Document | None = None
        self.checks = Checks()
        self.task: asyncio.Task[None] | None = None
        self.focus = 0
        self.newest: Document | None = None


class Server(LanguageServer):
    """The language server.

    Attributes:
        settings: The configurations of the files.
        open: The open documents, by their URI.
        pages: The pages of the rules.
        problems: What is wrong with the options of the client.
    """

    def __init__(self) -> None:
        super().__init__("eventlint", __version__, protocol_cls=Protocol, converter_factory=converter)
        self.settings = Workspace()
        self.open: dict[str, OpenDocument] = {}
        self.pages = RulePages()
        self.problems: list[str] = []
        self._checker = ThreadPoolExecutor(1, "eventlint-checks")
        self._requests = ThreadPoolExecutor(1, "eventlint-requests")
        self._idle = IdleCollector()
        self._errors: set[str] = set()
        self._known_errors: set[str] = set()

    @property
    def options(self) -> ClientOptions:
        """What the client chose."""
        return self.settings.options

    @property
    def position_encoding(self) -> PositionEncoding:
        """What the client and the server agreed to count characters in."""
        found: Any = self.server_capabilities.position_encoding
        encoding: PositionEncoding = "utf-16" if found is None else getattr(found, "value", found)
        return encoding

    def path_of(self, uri: str) -> str:
        """The path of a document; that of one without a file is in the folder of the workspace."""
        if uri.startswith("file:"):
            return uris.to_fs_path(uri) or uri
        scheme, path = _scheme_and_path(uri)
        if scheme == "untitled" and os.path.isabs(path):
            return path  # a new file that has a place already
        name = os.path.basename(path)
        if scheme == _NOTEBOOK_CELL:
            name = os.path.splitext(name)[0]  # the language of the cell is its format, not that of the notebook
        folder = self.settings.folders[0] if self.settings.folders else os.curdir
        return os.path.join(folder, name or "untitled")

    def document(self, uri: str) -> Document | None:
        """The newest version of an open document; None if it is not open."""
        found = self.open.get(uri)
        if found is None:
            return None
        if self.settings.has_changed():
            self.reload()
        buffer, newest = found.buffer, found.newest
        if newest is None or newest.text is not buffer.text or newest.data is not buffer.data:
            newest = found.newest = Document(
                buffer.path,
                buffer.text,
                self.file_settings(buffer),
                language_id=buffer.language_id,
                version=buffer.version,
                encoding=self.position_encoding,
                data=buffer.data,
            )
        return newest

    def file_settings(self, buffer: Buffer) -> FileSettings:
        """The settings of a document."""
        return self.settings.settings(buffer.path)

    def texts(self) -> dict[str, bytes]:
        """The contents of the files that are open, by their path."""
        return {one.buffer.path: one.buffer.data for one in self.open.values()}

    def folder_of(self, path: str) -> str:
        """The folder of the workspace that a file is in, or else the folder of the file."""
        folder = os.path.dirname(os.path.abspath(path))
        return next((one for one in self.settings.folders if f"{folder}{os.sep}".startswith(one + os.sep)), folder)

    def reload(self) -> None:
        """Read all configurations again, check all documents, and have the client request code lenses again."""
        self.settings.reload()
        self._known_errors, self._errors = self._errors, set()
        for one in self.open.values():
            one.newest = None
            self.check_soon(one)
        workspace = self.client_capabilities.workspace
        lenses = None if workspace is None else workspace.code_lens
        if lenses is not None and lenses.refresh_support:
            self.workspace_code_lens_refresh(None)

    def check_other_schemas(self, found: OpenDocument) -> None:
        """Check the other open schema documents after one has changed, because they may refer to it."""
        newest = self.document(found.uri)
        if newest is None or not newest.settings.is_schema:
            return
        for one in self.open.values():
            other = self.document(one.uri)
            if one is not found and other is not None and other.settings.is_schema:
                self.check_soon(one, self.options.debounce / 1000)

    def check_soon(self, found: OpenDocument, delay: float = 0) -> None:
        """Check a document after a delay in seconds; an earlier check that has not ended is given up."""
        if found.task is not None:
            found.task.cancel()
        found.task = asyncio.ensure_future(self._check(found, delay))

    async def _check(self, found: OpenDocument, delay: float) -> None:
        if delay:
            await asyncio.sleep(delay)
        try:
            document = self.document(found.uri)
            if document is None:
                return
            self._report_error(document.settings.error)
            steps = self._steps(found, document)
            while True:
                step = await asyncio.get_running_loop().run_in_executor(self._checker, self._next, steps, document)
                if step is _END or self.open.get(found.uri) is not found:
                    return
                if isinstance(step, _Shown):
                    found.diagnostics = step.published.diagnostics
                    if step.published.is_complete:
                        found.checked = document
                        self._idle.note()
                    self.publish(found.uri, document.version, step.params)
        except Exception as error:  # whatever a document contains, the server goes on, and nothing looks clean
            self.log_error(error, "a check")
            document = found.newest
            if document is not None:
                reason = f"not checked: unexpected {type(error).__name__}; the log of eventlint has the place"
                found.diagnostics, found.checked = [about_file(document, reason)], document
                self.publish(found.uri, document.version, self._converted(document, found.diagnostics))

    def _report_error(self, error: str | None) -> None:
        """Show once why a configuration cannot be used; its file need not be open."""
        if error is None or error in self._errors:
            return
        self._errors.add(error)
        if error not in self._known_errors:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, printable(error)))

    def _steps(self, found: OpenDocument, document: Document) -> Iterator[Published | None]:
        """The steps of a check."""
        if not document.settings.is_checked or self.pages.has(document.path):
            return iter([Published([], True)])
        if document.settings.is_schema:
            return schema_diagnostics(document, self.texts())
        return found.checks.check(document, self.options.max_diagnostics, found.focus)

    def _next(self, steps: Iterator[Published | None], document: Document) -> object:
        """The next step of a check: None for a pause, or else what is to be shown; called in the thread for checks."""
        step = next(steps, _END)
        if not isinstance(step, Published):
            return step
        return _Shown(step, self._converted(document, step.diagnostics))

    def _converted(self, document: Document, found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
        return [convert.diagnostic(one, document.positions, self.pages.uri) for one in found]

    def publish(self, uri: str, version: int | None, diagnostics: list[dict[str, Any]]) -> None:
        """Show diagnostics of a document in the client; without a version, it is one that is not open."""
        params: dict[str, Any] = {"uri": uri, "diagnostics": diagnostics}
        if version is not None:
            params["version"] = version
        self.send("textDocument/publishDiagnostics", params)

    def structured(self, value: Any, kind: Any) -> Any:
        """JSON as a class of the protocol."""
        protocol = self.protocol
        assert isinstance(protocol, Protocol)  # noqa: S101 - it is the class that was chosen above
        return protocol.structured(value, kind)

    def send(self, method: str, params: dict[str, Any]) -> None:
        """Send a notification whose parameters are JSON already."""
        protocol = self.protocol
        assert isinstance(protocol, Protocol)  # noqa: S101 - it is the class that was chosen above
        protocol.send(method, params)

    async def checked(self, uri: str, patience: float = 2.0) -> tuple[Document, list[Diagnostic]] | None:
        """The newest version of a document and its diagnostics, after waiting for the check if it is not complete.

        Args:
            uri: The document.
            patience: The seconds to wait at most.

        Returns:
            None if the document is not open, or its check takes too long.
        """
        end = time.monotonic() + patience
        while (found := self.open.get(uri)) is not None:
            document = self.document(uri)
            if document is not None and found.checked is document:
                return document, found.diagnostics
            if found.task is None or found.task.done():
                self.check_soon(found)
            if time.monotonic() > end:
                break
            await asyncio.sleep(0.01)
        return None

    async def in_background(self, function: Callable[..., _Result], *arguments: Any) -> _Result:
        """Call a function in the thread for requests, so that the server stays responsive."""
        return await asyncio.get_running_loop().run_in_executor(self._requests, function, *arguments)

    def log_error(self, error: BaseException, where: str) -> None:
        """Show an unexpected error in the client's log: its kind and its place, but nothing that may be of an event."""
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        places = ", ".join(f"{os.path.basename(one.filename)}:{one.lineno}" for one in reversed(frames))
        self.log(f"unexpected {type(error).__name__} in {where} ({places})", types.MessageType.Error)

    def log(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Write a line to the client's log."""
        self.window_log_message(types.LogMessageParams(kind, message))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log an error of the protocol, such as a message that is not JSON."""
        self.log_error(error, "the protocol")

    def close(self) -> None:
        """Give up what is running, and remove temporary files."""
        self._checker.shutdown(wait=False, cancel_futures=True)
        self._requests.shutdown(wait=False, cancel_futures=True)
        self.pages.close()


_NOTEBOOK_CELL = "vscode-notebook-cell"


def _scheme_and_path(uri: str) -> tuple[str, str]:
    try:
        parts = urlsplit(uri)
    except ValueError:
        return "", ""
    return parts.scheme, unquote(parts.path)


_END = object()


class _Shown(NamedTuple):
    """Diagnostics, and the same as JSON."""

    published: Published
    params: list[dict[str, Any]]


def create() -> Server:
    """The server with all of its handlers."""
    from eventlint.lsp import handlers_actions, handlers_documents, handlers_features

    server = Server()
    handlers_documents.register(server)
    handlers_actions.register(server)
    handlers_features.register(server)
    return server


def run() -> int:
    """Serve on standard input and output until the client ends it.

    Returns:
        The exit code: 0 if the client has asked the server to shut down, else 1.
    """
    log = logging.getLogger("pygls")  # its messages contain the text of documents
    log.addHandler(logging.NullHandler())
    log.propagate = False
    log.setLevel(logging.CRITICAL + 1)
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may write to where messages go
    server = create()
    avoid_pauses()
    try:
        server.start_io(sys.stdin.buffer, output)
    finally:
        server.close()
    protocol = server.protocol
    return 0 if isinstance(protocol, Protocol) and protocol.has_shut_down else 1
