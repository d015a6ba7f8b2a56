"""Measure how the time and the memory of ``eventlint check`` grow with the size of hostile files.

Run ``python -m benchmarks.hostile_files``, or with names of files and sizes in kB: ``python -m benchmarks.hostile_files
blank.http --sizes 64 256``. Each check runs in a process of its own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

SIZES = (64, 256, 1024)

_EVENT = '{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"}}'
_PATH = "_application/analytics/site/event/search"
_POST = f"POST http://h/{_PATH}\n"
_CONSOLE = f"POST {_PATH}\n"
_HAR_REQUEST = f'"method":"POST","url":"http://h/{_PATH}"'


def _repeated(piece: str, size: int) -> str:
    """A piece, as often as it fits into a number of bytes."""
    return piece * max(1, size // len(piece))


def _listed(piece: str, size: int) -> str:
    return ",".join([piece] * max(1, size // (len(piece) + 1)))


def _har(request: str, *, entries: Callable[[int], str] | None = None) -> Callable[[int], str]:
    """A HAR file with a list of many elements at the place of ``#`` in the request, or with many entries."""
    one, _, two = request.partition("#")

    def file(size: int) -> str:
        listed = entries(size) if entries else f'{{"request":{{{_HAR_REQUEST},{one}{_listed(_PAIR, size)}{two}}}}}'
        return f'{{"log":{{"entries":[{listed}]}}}}'

    return file


_PAIR = '{"name":"a","value":"b"}'

FILES: dict[str, Callable[[int], str]] = {
    # requests
    "separators.http": lambda size: _repeated("###\n", size),
    "hashes.http": lambda size: "#" * size,
    "headers.http": lambda size: f"{_POST}{_repeated('X-A: b' + chr(10), size)}\n{_EVENT}",
    "long-header.http": lambda size: f"{_POST}X-A: {'b' * size}\n\n{_EVENT}",
    "blank.http": lambda size: f"{_POST}{chr(10) * size}{_EVENT}",
    "spaces.http": lambda size: f"{_POST}{' ' * size}\n\n{_EVENT}",
    "variables.http": lambda size: f"{_POST}\n{_repeated('{{a}}', size)}",
    "open-variables.http": lambda size: f"{_POST}\n{_repeated('{{', size)}",
    "chained-variables.http": lambda size: (
        "".join(f"@v{number}={{{{v{number + 1}}}}}\n" for number in range(size // 16)) + f"{_POST}\n{{{{v0}}}}"
    ),
    "doubled-variables.http": lambda size: (
        "".join(f"@v{number + 1}={{{{v{number}}}}}{{{{v{number}}}}}\n" for number in range(size // 24))
        + f"{_POST}\n{{{{v{size // 24}}}}}"
    ),
    "long-variable.http": lambda size: f"@v={'x' * (size // 2)}\n{_POST}\n{_repeated('{{v}}', size // 2)}",
    "requests.http": lambda size: _repeated(f"{_POST}\n{_EVENT}\n\n###\n", size),
    "query.http": lambda size: f"{_POST[:-1]}?a=b{_repeated(chr(10) + '  &a=b', size)}\n\n{_EVENT}",
    "suppressions.http": lambda size: (
        f"{_repeated('# eventlint: ignore[empty-query]' + chr(10), size)}{_POST}\n{_EVENT}"
    ),
    "comments.http": lambda size: f"{_POST}\n{_repeated('//' + chr(10), size)}{_EVENT}",
    "scripts.http": lambda size: f"{_POST}\n{_EVENT}{_repeated(chr(10) + '> {%', size)}",
    "responses.http": lambda size: f"{_POST}\n{_EVENT}{_repeated(chr(10) + '<> a', size)}",
    "braces.http": lambda size: f"{_POST}\n{'{' * size}",
    "console.txt": lambda size: _repeated(f"{_CONSOLE}{_EVENT}\n", size),
    "console-braces.txt": lambda size: f"{_CONSOLE}{'{' * size}",
    "console-quotes.txt": lambda size: f"{_CONSOLE}{_repeated(chr(34) * 3, size)}",
    "console-comments.txt": lambda size: f"{_CONSOLE}{_repeated('#' + chr(10), size)}{_EVENT}",
    "console-block-comments.txt": lambda size: f"{_CONSOLE}{_repeated('/*', size)}{_EVENT}",
    # Markdown
    "fences.md": lambda size: _repeated("```\n", size),
    "backticks.md": lambda size: "`" * size,
    "mixed-fences.md": lambda size: _repeated(" ~~~~\n```\n", size),
    "events.md": lambda size: _repeated(f"```json search\n{_EVENT}\n```\n", size),
    # HAR
    "entries.har": _har("", entries=lambda size: _listed("{}", size)),
    "requests.har": _har("", entries=lambda size: _listed(f'{{"request":{{{_HAR_REQUEST}}}}}', size)),
    "headers.har": _har('"headers":[#],"postData":{"text":"{}"}'),
    "parameters.har": _har('"postData":{"params":[#]}'),
    "deep.har": lambda size: f'{{"log":{{"entries":{"[" * size}',
    # lines and arrays
    "search.ndjson": lambda size: _repeated(f"{_EVENT}\n", size),
    "search.json": lambda size: f"[{_listed(_EVENT, size)}]",
    "envelopes.ndjson": lambda size: _repeated(f'{{"event_type":"search","payload":{_EVENT}}}\n', size),
    "blank-search.ndjson": lambda size: chr(10) * size + _EVENT,
}
"""The content of a file of about a number of bytes, by the name of the file."""


def measure(name: str, kilobytes: int) -> tuple[float, float]:
    """The seconds of a check in another process, and its peak of memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(FILES[name](kilobytes * 1024))
        arguments = ["-m", "eventlint", "check", "--isolated", "--event-type", "search", "-q", "--jobs", "1", str(path)]
        with Path(os.devnull).open("wb") as nothing:
            files = [(os.POSIX_SPAWN_DUP2, nothing.fileno(), number) for number in (1, 2)]
            process = os.posix_spawn(sys.executable, [sys.executable, *arguments], os.environ, file_actions=files)
            _, _, used = os.wait4(process, 0)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return used.ru_utime + used.ru_stime, used.ru_maxrss / unit


def main() -> None:
    """Measure and print a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="file", help="the files (default: all)")
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), help="in kB")
    options = parser.parse_args()
    print(f"{'file':28}" + "".join(f"{f'{size} kB':>10}" for size in options.sizes) + f"   {'ratios':16}{'MB':>6}")
    for name in options.names or FILES:
        results = [measure(name, size) for size in options.sizes]
        ratios = " ".join(f"{two[0] / one[0]:.1f}" for one, two in pairwise(results))
        times = "".join(f"{seconds:>10.2f}" for seconds, _ in results)
        print(f"{name:28}{times}   {ratios:16}{results[-1][1]:>6.0f}", flush=True)


if __name__ == "__main__":
    main()
