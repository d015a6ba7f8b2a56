"""The API that finds events in the data stream of a collection, as tests read them: a part of the server's queries."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from eventlint.jsontext.measures import utf16_length
from eventlint.mirror.request_checks import INDEX_PREFIX
from eventlint.serve.collections import Collections
from eventlint.serve.received import Received
from eventlint.serve.reply import Call, Reply, refused
from eventlint.serve.store import Query, Store
from eventlint.spec import catalog

PREFIX = INDEX_PREFIX
APIS = ("_search", "_count", "_refresh")

_SUPPORTED = "eventlint serve supports match_all, term, and range on @timestamp; size, from, sort on @timestamp"
_IGNORED = frozenset(
    {
        *("allow_no_indices", "allow_partial_search_results", "batched_reduce_size", "ccs_minimize_roundtrips"),
        *(
            "error_trace",
            "expand_wildcards",
            "filter_path",
            "format",
            "human",
            "ignore_throttled",
            "ignore_unavailable",
        ),
        *("max_concurrent_shard_requests", "pre_filter_shard_size", "preference", "pretty", "request_cache", "routing"),
        *("search_type", "source", "source_content_type", "timeout", "track_scores", "track_total_hits", "typed_keys"),
    }
)
"""The parameters that do not change which events are found, or how."""
_KEYS = frozenset({"from", "query", "size", "sort", "timeout", "track_total_hits", "version", "seq_no_primary_term"})
_BOUNDS: Mapping[str, Callable[[int, int], bool]] = {
    "gt": lambda time, bound: time > bound,
    "gte": lambda time, bound: time >= bound,
    "lt": lambda time, bound: time < bound,
    "lte": lambda time, bound: time <= bound,
}
_TIME = "@timestamp"
_DEFAULT_SIZE = 10
_MOST = 10_000
"""The default of the server's setting ``index.max_result_window``."""
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_NOT_INDEXED = ("search", "results", "items")


class UnsupportedError(ValueError):
    """A query that is not supported; the text says what is."""


class Search(NamedTuple):
    """What is searched for.

    Attributes:
        matches: Whether an event is found.
        is_newest_first: The order by time.
        is_sorted: Whether the request asks for an order.
    """

    matches: Callable[[Mapping[str, Any]], bool]
    first: int = 0
    size: int = _DEFAULT_SIZE
    is_newest_first: bool = False
    is_sorted: bool = False


def respond(call: Call, collections: Collections, store: Store) -> Reply:
    """The answer to a request to one of the APIs."""
    index, api = call.parts
    name = index.removeprefix(PREFIX)
    if not name.endswith("*") and not collections.exists(name):
        return _no_such_index(index)
    if api == "_refresh":
        return Reply(200, {"_shards": {"total": 2, "successful": 1, "failed": 0}})
    try:
        search = _search(call)
    except UnsupportedError as error:
        return refused(400, "illegal_argument_exception", str(error))
    pairs = [(event, event.stored or {}) for event in _events(name, collections, store)]
    found = [pair for pair in pairs if search.matches(pair[1])]
    shards = {"total": 1, "successful": 1, "skipped": 0, "failed": 0}
    if api == "_count":
        return Reply(200, {"count": len(found), "_shards": shards})
    found.sort(key=lambda pair: pair[0].time, reverse=search.is_newest_first)
    shown = found[search.first : search.first + search.size]
    has_score = bool(shown) and not search.is_sorted
    hits = {
        "total": {"value": len(found), "relation": "eq"},
        "max_score": 1.0 if has_score else None,
        "hits": [_hit(*pair, is_sorted=search.is_sorted) for pair in shown],
    }
    return Reply(200, {"took": 1, "timed_out": False, "_shards": shards, "hits": hits})


def _events(name: str, collections: Collections, store: Store) -> list[Received]:
    """The events of a collection, or of all whose names begin alike, that are stored and not deleted."""
    query = Query(verdict="accepted", collection=None if name.endswith("*") else name)
    start = name.rstrip("*")
    return [
        event
        for event in store.events(query)
        if event.document is not None
        and event.collection is not None
        and event.collection.startswith(start)
        and event.id > collections.deleted_up_to(event.collection)
    ]


def _hit(event: Received, source: Mapping[str, Any], *, is_sorted: bool) -> dict[str, Any]:
    day = datetime.fromtimestamp(event.time / 1000, UTC).strftime("%Y.%m.%d")
    hit = {
        "_index": f".ds-{PREFIX}{event.collection}-{day}-000001",
        "_id": f"eventlint-{event.id:010}",
        "_score": None if is_sorted else 1.0,
        "_routing": source["session"]["id"],
        "_source": source,
    }
    return {**hit, "sort": [event.time]} if is_sorted else hit


def _no_such_index(index: str) -> Reply:
    problem = {
        "type": "index_not_found_exception",
        "reason": f"no such index [{index}]",
        "resource.type": "index_or_alias",
        "resource.id": index,
        "index_uuid": "_na_",
        "index": index,
    }
    return Reply(404, {"error": {"root_cause": [problem], **problem}, "status": 404})


def _search(call: Call) -> Search:
    """What a request searches for.

    Raises:
        UnsupportedError: It is not supported.
    """
    unknown = sorted(set(call.parameters) - _IGNORED - {"from", "size", "sort"})
    if unknown:
        raise UnsupportedError(f"unsupported parameter [{unknown[0]}]; {_SUPPORTED}")
    body = call.body.decode("utf-8", "replace").strip() or call.parameters.get("source", "{}")
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnsupportedError(f"the body is not JSON; {_SUPPORTED}") from error
    if not isinstance(asked, dict):
        raise UnsupportedError(f"the body is not an object; {_SUPPORTED}")
    for key in asked:
        if key not in _KEYS:
            raise UnsupportedError(f"unsupported key [{key}]; {_SUPPORTED}")
    order = _order(call.parameters.get("sort") or asked.get("sort"))
    first = _number("from", call.parameters.get("from", asked.get("from", 0)))
    size = _number("size", call.parameters.get("size", asked.get("size", _DEFAULT_SIZE)))
    if first + size > _MOST:
        raise UnsupportedError(f"from + size must be at most [{_MOST}] but was [{first + size}]")
    return Search(_query(asked.get("query", {"match_all": {}})), first, size, order == "desc", order is not None)


def _number(name: str, value: object) -> int:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise UnsupportedError(f"[{name}] must be a whole number; {_SUPPORTED}")
    return int(text)


def _order(sort: object) -> str | None:
    """``asc`` or ``desc``; None without an order, which is that of arrival."""
    if isinstance(sort, list):
        if len(sort) > 1:
            raise UnsupportedError(f"unsupported sort; {_SUPPORTED}")
        sort = sort[0] if sort else None
    if sort is None:
        return None
    if isinstance(sort, str):
        field, _, order = sort.partition(":")
        sort = {field: order or "asc"}
    if isinstance(sort, dict) and list(sort) == [_TIME]:
        below = sort[_TIME]
        order = below.get("order", "asc") if isinstance(below, dict) else below
        if order in ("asc", "desc"):
            return str(order)
    raise UnsupportedError(f"unsupported sort; {_SUPPORTED}")


def _query(query: object) -> Callable[[Mapping[str, Any]], bool]:
    if isinstance(query, dict) and len(query) == 1:
        kind, below = next(iter(query.items()))
        if kind == "match_all" and isinstance(below, dict):
            return lambda source: True
        if kind == "term" and isinstance(below, dict) and len(below) == 1:
            return _term(*next(iter(below.items())))
        if kind == "range" and isinstance(below, dict) and list(below) == [_TIME]:
            return _range(below[_TIME])
        raise UnsupportedError(f"unsupported query [{kind}]; {_SUPPORTED}")
    raise UnsupportedError(f"unsupported query; {_SUPPORTED}")


def _term(field: str, wanted: object) -> Callable[[Mapping[str, Any]], bool]:
    if isinstance(wanted, dict):
        if list(wanted) != ["value"]:
            raise UnsupportedError(f"unsupported term query; {_SUPPORTED}")
        wanted = wanted["value"]
    if isinstance(wanted, dict | list) or wanted is None:
        raise UnsupportedError(f"a term must be a string or a number; {_SUPPORTED}")
    if field == _TIME:
        at = _milliseconds(wanted, time.time())
        return lambda source: source[_TIME] == at
    text = str(wanted).lower() if isinstance(wanted, bool) else str(wanted)
    return lambda source: any(text == str(value) for value in _indexed(source, field.split(".")))


def _indexed(value: Any, path: list[str], done: tuple[str, ...] = ()) -> Iterator[Any]:
    """The values at a path that the index has."""
    if done == _NOT_INDEXED:
        return
    if isinstance(value, list):
        for one in value:
            yield from _indexed(one, path, done)
    elif isinstance(value, Mapping):
        if done == ("search", "filters"):  # a flattened field; keys may contain points
            key = ".".join(path)
            found = [below for name, below in value.items() if not path or name == key]
            yield from _indexed(found, [], ("flattened",))
        elif path and path[0] in value:
            yield from _indexed(value[path[0]], path[1:], (*done, path[0]))
    elif not path and not (isinstance(value, str) and utf16_length(value) > catalog().limits.keyword_utf16_units):
        yield value


def _range(bounds: object) -> Callable[[Mapping[str, Any]], bool]:
    if not isinstance(bounds, dict) or not set(bounds) <= set(_BOUNDS):
        raise UnsupportedError(f"a range may have gt, gte, lt, and lte; {_SUPPORTED}")
    now = time.time()
    limits = [(_BOUNDS[name], _milliseconds(value, now)) for name, value in bounds.items()]
    return lambda source: all(compare(source[_TIME], limit) for compare, limit in limits)


def _milliseconds(value: object, now: float) -> int:
    """A time in milliseconds since the epoch: a number of them, ISO 8601, or ``now-5m``.

    Raises:
        UnsupportedError: It is none of these.
    """
    text = str(value)
    if not isinstance(value, bool) and re.fullmatch(r"\d{1,15}", text, re.ASCII):
        return int(text)
    relative = re.fullmatch(r"now(?:([+-])(\d{1,9})([smhdw]))?", text, re.ASCII)
    if relative is not None:
        sign, amount, unit = relative.groups()
        offset = int(f"{sign}{amount}") * _UNITS[unit] if sign else 0
        return int((now + offset) * 1000)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnsupportedError(f"not a time: [{text[:40]}]; use milliseconds, ISO 8601, or now-5m") from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)
