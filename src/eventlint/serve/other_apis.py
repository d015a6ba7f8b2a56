"""The server's other APIs: what clients and tests ask on their way to the events and back.

The words of the answers are the server's where its REST specification or its source has them; docs/serve.md lists what
is approximate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eventlint.mirror.headers import Headers
from eventlint.mirror.query_string import decode, parameters, segments
from eventlint.mirror.rendering import Refusal
from eventlint.mirror.request_checks import Examined, examine
from eventlint.mirror.server import rendered
from eventlint.mirror.transport import read_target
from eventlint.model import Answer, Request
from eventlint.serve import cluster_info, collections_api, search_api
from eventlint.serve.collections import Collections
from eventlint.serve.http import Scope
from eventlint.serve.judge import Judge, payload_of
from eventlint.serve.reply import Call, Reply
from eventlint.serve.store import Store


class OtherApis:
    """Answers requests that do not send an event."""

    def __init__(self, judge: Judge, collections: Collections, store: Store) -> None:
        self._judge = judge
        self.collections = collections
        self.store = store

    @staticmethod
    def is_private(method: str, path: str) -> bool:
        """Whether a request can read events, or create or delete collections."""
        return method in ("PUT", "DELETE") or search_api.PREFIX in path or "%" in path

    def examine(self, request: Request) -> Examined:
        """A request after the checks that all APIs share."""
        return examine(request, self._judge.release, None)

    def respond(self, request: Request, scope: Scope) -> Answer:
        """The answer to a request."""
        examined = self.examine(request)
        fault = examined.faults[0] if examined.faults else None
        if fault is None or fault.kind != "unknown-path" or isinstance(fault.answer, Refusal):
            return self._judge.server().answer(examined, {}, request)
        path, _, query = read_target(request.uri).partition("#")[0].partition("?")
        parts = [decode(part) for part in segments(path)]
        answer = self._methods(parts).get("GET" if request.method == "HEAD" else request.method)
        if answer is None:
            return self._judge.server().answer(examined, {}, request)
        asked = parameters(query)
        body = payload_of(request, Headers(request.headers), examined)
        reply = answer(Call(parts, asked, body, request, examined, scope, self._judge))
        if reply.is_pretty and asked.get("pretty", "true") != "false":
            examined = examined._replace(pretty=True)
        return rendered(reply.status, reply.document, examined, request, reply.headers)

    def _methods(self, parts: list[str]) -> Mapping[str, Callable[[Call], Reply]]:
        """The functions that answer requests to a path, by method."""
        if cluster_info.knows(parts):
            return {"GET": cluster_info.respond}
        if parts[:2] == ["_application", "analytics"] and len(parts) in (2, 3):
            found = {"GET": self._get_collections}
            return (
                found if len(parts) == 2 else {**found, "PUT": self._put_collection, "DELETE": self._delete_collection}
            )
        if len(parts) == 2 and parts[0].startswith(search_api.PREFIX) and parts[1] in search_api.APIS:
            return {"GET": self._search, "POST": self._search}
        return {}

    def _get_collections(self, call: Call) -> Reply:
        return collections_api.get(call, self.collections)

    def _put_collection(self, call: Call) -> Reply:
        return collections_api.put(call, self.collections)

    def _delete_collection(self, call: Call) -> Reply:
        return collections_api.delete(call, self.collections, self.store.last_id)

    def _search(self, call: Call) -> Reply:
        return search_api.respond(call, self.collections, self.store)
