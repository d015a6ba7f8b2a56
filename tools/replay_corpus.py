"""Send the corpus to ``eventlint serve`` over a socket, and compare the answers byte for byte with those of the mirror.

Usage: ``python -m tools.replay_corpus [ERA …]``; ``EVENTLINT_CORPUS`` names a larger corpus. Requests that HTTP cannot
carry are counted. So are those to other APIs, which the endpoint answers and the mirror does not know.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.corpus import COLLECTIONS, Case, sampled_cases
from tests.serve.test_wire import carried
from tests.serve.wire import Connection, Response, raw

from eventlint import Answer, Server
from eventlint.serve import Endpoint, RunningEndpoint
from eventlint.serve.judge import event_target
from eventlint.spec import catalog

SHOWN = 20
"""So many differences are printed for an era."""


class Client:
    """Sends requests over connections that are kept as long as the server allows."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = Connection(url)

    def send(self, case: Case) -> Response | None:
        """The response to the request of a case; None if the connection is closed without one."""
        try:
            self._connection.send(raw(case.method, case.uri, case.headers, case.body))
            response = self._connection.response(case.method)
        except ConnectionError:
            response = None
        if response is None or response.header("connection") == "close":
            self.close()
            self._connection = Connection(self.url)
        return response

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def is_same(response: Response | None, expected: Answer) -> bool:
    """Whether a response has the status, the body, and the headers of an answer."""
    if response is None:
        return expected.status == 0
    return (response.status, response.body) == (expected.status, expected.body) and all(
        response.header(name.lower()) == value for name, value in expected.headers.items()
    )


def replay(era: str) -> Counter[str]:
    """Send all cases of an era; how many have which result."""
    server = Server(era, COLLECTIONS)
    counts: Counter[str] = Counter()
    with RunningEndpoint(Endpoint(release=era, collections=COLLECTIONS, keep=1)) as running:
        client = Client(running.url)
        for case in sampled_cases():
            if not case.has_answer(era):
                continue
            if not carried(case):
                counts["not carried by HTTP"] += 1
                continue
            response = client.send(case)
            now = running.events[-1].time if running.events else 0
            expected = server.respond(case.method, case.uri, case.headers, case.body, now=now)
            if is_same(response, expected):
                counts["same"] += 1
            elif event_target(case.uri) is None:
                counts["other API"] += 1
            else:
                counts["different"] += 1
                if counts["different"] <= SHOWN:
                    print(f"{era} {case.id}: {case.method} {case.uri[:100]}: {response}, not {expected!r}"[:1000])
        client.close()
    return counts


def main(eras: list[str]) -> int:
    """Send the cases of some eras, or of all."""
    total: Counter[str] = Counter()
    for era in eras or [era.name for era in catalog().eras]:
        found = replay(era)
        print(f"{era}: " + ", ".join(f"{count} {name}" for name, count in sorted(found.items())), flush=True)
        total += found
    print("total: " + ", ".join(f"{count} {name}" for name, count in sorted(total.items())))
    return 1 if total["different"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
