"""Measure ``eventlint serve`` relative to a bare Starlette route that echoes the body, on the same server and machine.

Run ``python -m benchmarks.serve``. Clients in another process send events over kept connections; rounds of both servers
alternate. With ``--soak SECONDS``, 200 connections send events to one endpoint that records them instead; the
recorded events are compared with what was sent, and so is the memory of the process over time. Then another endpoint is
killed under the same load: each event that was answered must be in its recording.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PATH = "/_application/analytics/site/event/page_view"
ROUNDS = 9
REQUESTS = 2_000
CONNECTIONS = 20

ECHO = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
async def echo(request):
    return Response(await request.body(), 202, media_type="application/json")
app = Starlette(routes=[Route("/{path:path}", echo, methods=["POST"])])
config = uvicorn.Config(app, port=0, http="h11", ws="none", lifespan="off", access_log=False, log_level="critical")
server = uvicorn.Server(config)
started = server.startup
async def startup(sockets=None):
    await started(sockets)
    print('{"listening": "http://127.0.0.1:%d"}' % server.servers[0].sockets[0].getsockname()[1], flush=True)
server.startup = startup
server.run()
"""


def event(number: int) -> bytes:
    """An event with its own number."""
    page = {"url": f"https://shop.example.com/{number}", "title": "Shoes", "referrer": "https://shop.example.com/"}
    return json.dumps({"session": {"id": f"s-{number}"}, "user": {"id": "u-1"}, "page": page}).encode()


async def send(port: int, numbers: range, accepted: list[int], *, until: float | None = None) -> None:
    """Send events over one connection, and append the number of each that is answered with 202."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        body = event(number)
        head = (
            f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
        )
        writer.write(f"{head}\r\n\r\n".encode() + body)
        try:
            answer = await reader.readuntil(b"\r\n\r\n")
            length = int(answer.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
            await reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            break
        if answer.startswith(b"HTTP/1.1 202"):
            accepted.append(number)
        if until is not None and time.monotonic() > until:
            break
    writer.close()


async def load(port: int, *, connections: int, each: int, until: float | None = None) -> list[int]:
    """Send events over several connections at once; the numbers of the accepted events."""
    ranges = [range(one * each, (one + 1) * each) for one in range(connections)]
    accepted: list[int] = []
    await asyncio.gather(*(send(port, numbers, accepted, until=until) for numbers in ranges))
    return accepted


def started(command: list[str]) -> tuple[subprocess.Popen[str], int]:
    """A running server, and its port."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, int(json.loads(process.stdout.readline())["listening"].rpartition(":")[2])


def serve(*words: str) -> tuple[subprocess.Popen[str], int]:
    """A running endpoint."""
    command = [
        sys.executable,
        "-m",
        "eventlint",
        "serve",
        "--isolated",
        "--port",
        "0",
        "--quiet",
        "--log-format",
        "json",
    ]
    return started([*command, *words])


def cpu_seconds(process: subprocess.Popen[str]) -> float:
    """The processor time that a process has used."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: subprocess.Popen[str]) -> float:
    """The memory of a process, in MiB."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def compare() -> None:
    """Measure requests per second of processor time, which other programs on the machine do not change."""
    with tempfile.TemporaryDirectory() as folder:
        servers = {
            "echo": started([sys.executable, "-c", ECHO]),
            "serve": serve(),
            "serve --record": serve("--record", f"{folder}/events.ndjson"),
        }
        rates: dict[str, list[float]] = {name: [] for name in servers}
        for _ in range(ROUNDS):
            for name, (process, port) in servers.items():
                before = cpu_seconds(process)
                accepted = asyncio.run(load(port, connections=CONNECTIONS, each=REQUESTS // CONNECTIONS))
                assert len(accepted) == REQUESTS
                rates[name].append(REQUESTS / (cpu_seconds(process) - before))
        for process, _ in servers.values():
            process.terminate()
    for name, values in rates.items():
        ratios = [ours / theirs for ours, theirs in zip(values, rates["echo"], strict=True)]
        print(f"{name:16} {statistics.median(values):8.0f} requests/s of CPU time", end="")
        print(f", ratio to echo {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")


def soak(seconds: float) -> None:
    """Send events for a while, and compare the memory and the recording."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.ndjson"
        process, port = serve("--record", str(path))

        async def run() -> tuple[list[int], list[float]]:
            until = time.monotonic() + seconds
            task = asyncio.create_task(load(port, connections=200, each=10**6, until=until))
            sizes: list[float] = []
            while not task.done():
                await asyncio.sleep(seconds / 20)
                sizes.append(resident(process))
            return await task, sizes

        accepted, sizes = asyncio.run(run())
        process.terminate()
        assert process.wait() == 0
        found, is_as_sent = recorded(path)
    print(f"{len(accepted)} events accepted over 200 connections in {seconds:g} s; {len(found)} recorded")
    print(f"the same events: {sorted(found) == sorted(accepted)}; payloads as sent: {is_as_sent}")
    print("memory in MiB, at even intervals: " + " ".join(f"{size:.0f}" for size in sizes))


def kill(seconds: float) -> None:
    """Kill an endpoint under load; what it answered must be recorded, and the next run must continue the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.ndjson"
        process, port = serve("--record", str(path))

        async def run() -> list[int]:
            task = asyncio.create_task(load(port, connections=200, each=10**6))
            await asyncio.sleep(seconds)
            process.kill()
            return await task

        accepted = asyncio.run(run())
        process.wait()
        process, port = serve("--record", str(path))
        again = asyncio.run(load(port, connections=1, each=1))
        process.terminate()
        process.wait()
        found, is_as_sent = recorded(path)
    lost = set(accepted) - set(found)
    print(f"killed after {len(accepted)} accepted events: {len(lost)} of them are not recorded; then {len(again)} more")
    print(f"complete lines: {len(found)}; payloads as sent: {is_as_sent}")


def recorded(path: Path) -> tuple[list[int], bool]:
    """The numbers of the recorded events in complete lines, and whether the checksums of their payloads are right."""
    numbers, is_as_sent = [], True
    with path.open("rb") as file:
        for line in file:
            try:
                payload = json.loads(line)["payload"]
            except ValueError:  # a line that a kill has cut
                continue
            number = int(payload["session"]["id"].removeprefix("s-"))
            expected = hashlib.sha256(event(number)).digest()
            is_as_sent = is_as_sent and hashlib.sha256(json.dumps(payload).encode()).digest() == expected
            numbers.append(number)
    return numbers, is_as_sent


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", type=float, metavar="SECONDS")
    options = parser.parse_args()
    print(f"python -m benchmarks.serve: Python {platform.python_version()}, {os.cpu_count()} cores")
    if options.soak is None:
        compare()
    else:
        soak(options.soak)
        kill(min(options.soak, 10))


if __name__ == "__main__":
    main()
