"""The language server: from a keystroke to the diagnostics, and how long a large file keeps other requests waiting.

``python -m benchmarks.lsp`` prints both. The first is CPU time: the change of the text, the check, and the message with
the diagnostics. For the second, a client opens a file, and sends a short request every few milliseconds meanwhile. It
prints the longest time until an answer, and the most CPU time that the server used until one. Other programs on the
machine make the first longer, but hardly the second.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from eventlint.lsp import convert
from eventlint.lsp.buffers import Buffer
from eventlint.lsp.checking import Checks, Published
from eventlint.lsp.documents import Document
from eventlint.lsp.range_edits import RangeEdit
from eventlint.lsp.settings import MAX_DIAGNOSTICS, Workspace

_SIZE = 100_000
_LARGE = 5_000_000
_KEYSTROKES = 60
_REQUEST = "POST /_application/analytics/site/event/search\n"


def event(number: int, *, is_wrong: bool) -> dict[str, Any]:
    """A search, with a field that is misspelled if it is wrong."""
    search: dict[str, Any] = {"query": f"shoes {number}", "sort": {"name": "price", "direction": "asc"}}
    search |= {"misspelled" if is_wrong else "search_application": "shop"}
    return {"session": {"id": f"s-{number}"}, "user": {"id": f"u-{number}"}, "search": search}


def repeated(size: int, every: int, before: str, after: str) -> list[str]:
    """Events of a total size, of which every nth is wrong."""
    found: list[str] = []
    left = size
    while left > 0:
        text = before + json.dumps(event(len(found), is_wrong=len(found) % every == every - 1)) + after
        found.append(text)
        left -= len(text)
    return found


def documents(size: int) -> dict[str, str]:
    """Files of a size, by a name that says what is in them."""
    items = [{"document": {"id": str(number), "index": "products"}} for number in range(size // 60)]
    whole = event(0, is_wrong=True)
    whole["search"]["results"] = {"items": items, "total_results": len(items)}
    return {
        "one event/search.json": json.dumps(whole, indent=1),
        "array/search.json": "[" + ",\n".join(repeated(size, 10, "", "")) + "]",
        "NDJSON/search.ndjson": "\n".join(repeated(size, 10, "", "")),
        "NDJSON, all wrong/search.ndjson": "\n".join(repeated(size, 1, "", "")),
        "requests/search.http": "\n".join(repeated(size, 10, _REQUEST, "\n")),
        "Markdown/search.md": "\n".join(repeated(size, 10, f"# A search\n\n```console\n{_REQUEST}", "\n```\n")),
    }


def keystrokes(path: str, text: str) -> tuple[float, list[float]]:
    """The CPU time of the first check, and of each of some keystrokes, in milliseconds."""
    workspace = Workspace([os.path.dirname(path)])
    checks = Checks()
    buffer = Buffer(path, text, "", 1, "utf-16")

    def show(focus: int) -> None:
        document = Document(path, buffer.text, workspace.settings(path), version=1, data=buffer.data)
        for step in checks.check(document, MAX_DIAGNOSTICS, focus):
            if isinstance(step, Published) and step.is_complete:
                json.dumps([convert.diagnostic(one, document.positions, lambda url: url) for one in step.diagnostics])

    begun = time.process_time()
    show(0)
    first = 1000 * (time.process_time() - begun)
    times: list[float] = []
    for number in range(_KEYSTROKES):
        at = buffer.text.find(b"shoes", len(buffer.text) * number // _KEYSTROKES)
        begun = time.process_time()
        place = buffer.positions.position(max(at, 0) or buffer.text.find(b"shoes"))
        show(buffer.replace_ranges([RangeEdit(place, place, "x")]))
        times.append(1000 * (time.process_time() - begun))
    return first, times


class Waiting(NamedTuple):
    """How long requests wait while a large file is opened and changed.

    Attributes:
        longest: The longest time until an answer, in ms.
        cpu: The most CPU time that the server used until an answer, in ms; 0 where the system does not say it.
        memory: The most memory of the server, in MB.
    """

    longest: float
    cpu: float
    memory: float


def cpu_time(pid: int) -> float:
    """The CPU time of a process so far, in ms."""
    found = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with suppress(OSError):  # a thread that has ended
            found += int(path.read_text().split()[0])
    return found / 1_000_000


async def waiting(folder: Path, name: str, text: str) -> Waiting:
    """How long a short request waits while a large file is opened and changed."""
    client = LanguageClient("benchmark", "1")
    done = asyncio.Event()
    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: done.set())
    await client.start_io(sys.executable, "-m", "eventlint", "lsp")
    capabilities = types.ClientCapabilities()
    await client.initialize_async(types.InitializeParams(capabilities=capabilities, root_uri=folder.as_uri()))
    client.initialized(types.InitializedParams())
    uri = (folder / name).as_uri()
    params = types.ExecuteCommandParams(command="eventlint.explain", arguments=["unknown-field"])
    await client.workspace_execute_command_async(params)
    item = types.TextDocumentItem(uri=uri, language_id="json", version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    pid = getattr(client, "_server").pid  # noqa: B009 - it is not public
    waits: list[float] = []
    used: list[float] = []
    end = time.monotonic() + 10
    version = 1
    while time.monotonic() < end:
        begun, before = time.monotonic(), cpu_time(pid)
        await client.workspace_execute_command_async(params)
        waits.append(1000 * (time.monotonic() - begun))
        used.append(cpu_time(pid) - before)
        await asyncio.sleep(0.005)
        if len(waits) % 100 == 0:
            version += 1
            identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=version)
            at = types.Position(line=len(waits), character=1)
            change = types.TextDocumentContentChangePartial(range=types.Range(at, at), text=" ")
            client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
    status = Path(f"/proc/{pid}/status")
    memory = 0.0
    if status.exists():
        memory = next(int(line.split()[1]) for line in status.read_text().splitlines() if "VmHWM" in line) / 1024
    await client.shutdown_async(None)
    client.exit(None)
    stop: Any = client.stop
    await stop()
    return Waiting(max(waits), max(used), memory)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"a file of {_SIZE // 1000} kB: first check, and median and maximum of a keystroke, CPU time in ms")
        for name, text in documents(_SIZE).items():
            kind, _, file = name.partition("/")
            path = os.path.join(folder, kind, file)
            runs = [keystrokes(path, text) for _ in range(3)]
            first, times = min(runs, key=lambda run: statistics.median(run[1]))
            print(f"  {kind:20} {first:8.0f} {statistics.median(times):8.1f} {max(times):8.1f}")
        print(f"a file of {_LARGE // 1_000_000} MB: the longest wait of a request and its CPU time in ms, memory in MB")
        for name, text in documents(_LARGE).items():
            kind, _, file = name.partition("/")
            found = asyncio.run(waiting(Path(folder), file, text))
            print(f"  {kind:20} {found.longest:8.0f} {found.cpu:8.0f} {found.memory:8.0f}", flush=True)


if __name__ == "__main__":
    main()
