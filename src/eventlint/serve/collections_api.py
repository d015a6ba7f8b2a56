"""The API that creates, lists and deletes collections.

Source: the server's ``AnalyticsCollectionService`` and ``AnalyticsCollectionResolver``, and, for names that no data
stream can have, ``MetadataCreateIndexService``.
"""

from __future__ import annotations

import re

from eventlint.mirror.plain_answer import warning
from eventlint.mirror.rendering import Problem
from eventlint.mirror.request_checks import ILLEGAL, INDEX_PREFIX, MAX_INDEX_BYTES, is_legal
from eventlint.serve.collections import Collections
from eventlint.serve.reply import Call, Reply, refused

_ARGUMENT = "illegal_argument_exception"
_NOT_FOUND = "resource_not_found_exception"


def get(call: Call, collections: Collections) -> Reply:
    """The collections that the path names, or all."""
    names = [name for name in call.parts[2].split(",") if name] if len(call.parts) > 2 else []
    found: dict[str, dict[str, dict[str, str]]] = {}
    known = collections.names
    for name in names or ["*"]:
        if "*" in name:
            pattern = re.compile(".*".join(map(re.escape, name.split("*"))), re.DOTALL)
            matching = [one for one in known if pattern.fullmatch(one)]
        elif collections.exists(name):
            matching = [name]
        else:
            return _warned(call, refused(404, _NOT_FOUND, f"no such analytics collection [{name}] "))
        found.update({one: {"event_data_stream": {"name": INDEX_PREFIX + one}} for one in matching})
    return _warned(call, Reply(200, found))


def put(call: Call, collections: Collections) -> Reply:
    """Create a collection."""
    name = call.parts[2]
    if not is_legal(name):
        cause = Problem(_ARGUMENT, f"data_stream [{INDEX_PREFIX}{name}] {why_illegal(name)}")
        reason = f"error while creating analytics collection [{name}]"
        return _warned(call, refused(400, "status_exception", reason, cause))
    if not collections.create(name):
        reason = f"analytics collection [{name}] already exists"
        return _warned(call, refused(400, "resource_already_exists_exception", reason))
    return _warned(call, Reply(200, {"acknowledged": True, "name": name}))


def delete(call: Call, collections: Collections, last_id: int) -> Reply:
    """Delete a collection with the events up to an ID."""
    name = call.parts[2]
    if not collections.delete(name, last_id):
        return _warned(call, refused(404, _NOT_FOUND, f"analytics collection [{name}] does not exists"))
    return _warned(call, Reply(200, {"acknowledged": True}))


def why_illegal(name: str) -> str:
    """Why no data stream can have the name of a collection in its name."""
    size = len((INDEX_PREFIX + name).encode("utf-8", "surrogatepass"))
    if not ILLEGAL.isdisjoint(name):
        for one in "#:":
            if one in name:
                return f"must not contain '{one}'"
        listed = ", ".join(f"'{one}'" for one in sorted(ILLEGAL - set("#:")))
        return f"must not contain the following characters [{listed}]"
    if size > MAX_INDEX_BYTES:
        return f"name is too long, ({size} > {MAX_INDEX_BYTES})"
    return "must be lowercase"


def _warned(call: Call, reply: Reply) -> Reply:
    """The reply with the header of releases in which the API is deprecated."""
    return reply._replace(headers=warning(call.judge.release, call.judge.build_hash))
