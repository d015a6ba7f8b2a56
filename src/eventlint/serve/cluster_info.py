"""What clients ask about a cluster before they use it: its version, nodes, health, license and features."""

from __future__ import annotations

from typing import Any

from eventlint.mirror.headers import Headers
from eventlint.serve.http import Scope
from eventlint.serve.reply import Call, Reply

CLUSTER = "eventlint"
_ID = "eventlint-serve-000000"
"""The ID of the cluster, of its node, and of its license; IDs of the server have 22 characters, too."""
_START = "1970-01-01T00:00:00.000000000Z"
_UNKNOWN_VERSION = "0.0.0"
"""Stands for versions that depend on the build, and that no client checks."""
_FOREVER = 4_102_444_800_000
"""When the license ends: in the year 2100, in milliseconds since the epoch."""
_FEATURES = ("analytics", "enterprise_search", "security")


def knows(parts: list[str]) -> bool:
    """Whether a path is one of these APIs."""
    return tuple(parts) in _APIS


def respond(call: Call) -> Reply:
    """The answer to a request to one of these APIs."""
    return Reply(200, _APIS[tuple(call.parts)](call), is_pretty=tuple(call.parts) in _PRETTY)


def _main(call: Call) -> dict[str, Any]:
    release = call.judge.release.name
    return {
        "name": CLUSTER,
        "cluster_name": CLUSTER,
        "cluster_uuid": _ID,
        "version": {
            "number": release,
            "build_flavor": "default",
            "build_type": "docker",
            "build_hash": call.judge.build_hash,
            "build_date": _START,
            "build_snapshot": False,
            "lucene_version": _UNKNOWN_VERSION,
            "minimum_wire_compatibility_version": _UNKNOWN_VERSION,
            "minimum_index_compatibility_version": _UNKNOWN_VERSION,
        },
        "tagline": "You Know, for Search",
    }


def _license(call: Call) -> dict[str, Any]:
    return {
        "license": {
            "status": "active",
            "uid": _ID,
            "type": "enterprise",
            "issue_date": "1970-01-01T00:00:00.000Z",
            "issue_date_in_millis": 0,
            "expiry_date": "2100-01-01T00:00:00.000Z",
            "expiry_date_in_millis": _FOREVER,
            "max_nodes": None,
            "max_resource_units": 1,
            "issued_to": CLUSTER,
            "issuer": CLUSTER,
            "start_date_in_millis": 0,
        }
    }


def _xpack(call: Call) -> dict[str, Any]:
    return {
        "build": {"hash": call.judge.build_hash, "date": _START},
        "license": {
            "uid": _ID,
            "type": "enterprise",
            "mode": "enterprise",
            "status": "active",
            "expiry_date_in_millis": _FOREVER,
        },
        "features": {name: {"available": True, "enabled": True} for name in _FEATURES},
        "tagline": "You know, for X",
    }


def _health(call: Call) -> dict[str, Any]:
    return {
        "cluster_name": CLUSTER,
        "status": "green",
        "timed_out": False,
        "number_of_nodes": 1,
        "number_of_data_nodes": 1,
        "active_primary_shards": 1,
        "active_shards": 1,
        "relocating_shards": 0,
        "initializing_shards": 0,
        "unassigned_shards": 0,
        "delayed_unassigned_shards": 0,
        "number_of_pending_tasks": 0,
        "number_of_in_flight_fetch": 0,
        "task_max_waiting_in_queue_millis": 0,
        "active_shards_percent_as_number": 100.0,
    }


def _nodes(call: Call) -> dict[str, Any]:
    address = publish_address(call.scope, Headers(call.request.headers).first("Host"))
    transport, _, _ = address.rpartition("/")[2].rpartition(":")
    return {
        "_nodes": {"total": 1, "successful": 1, "failed": 0},
        "cluster_name": CLUSTER,
        "nodes": {
            _ID: {
                "name": CLUSTER,
                "transport_address": f"{transport}:9300",
                "host": transport,
                "ip": transport,
                "version": call.judge.release.name,
                "build_flavor": "default",
                "build_type": "docker",
                "build_hash": call.judge.build_hash,
                "roles": ["data", "ingest", "master"],
                "attributes": {},
                "http": {
                    "bound_address": [address],
                    "publish_address": address,
                    "max_content_length_in_bytes": 104_857_600,
                },
            }
        },
    }


def publish_address(scope: Scope, host: str | None) -> str:
    """The address that clients are to use: ``ADDRESS:PORT`` or ``NAME/ADDRESS:PORT``.

    It is the one that the client used, because only this one certainly leads here, also through a forwarded port.
    """
    address, port = scope.get("server") or ("127.0.0.1", 9200)
    shown = f"[{address}]" if ":" in str(address) else str(address)
    default = port or 9200
    if not host:
        return f"{shown}:{default}"
    name, colon, given = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not colon:
        name, given = host, "443" if scope.get("scheme") == "https" else "80"
    if not given.isdigit():
        return f"{shown}:{default}"
    is_address = name.startswith("[") or name.replace(".", "").isdigit()
    return f"{name}:{given}" if is_address else f"{name}/{shown}:{given}"


_APIS = {
    (): _main,
    ("_license",): _license,
    ("_xpack",): _xpack,
    ("_cluster", "health"): _health,
    ("_nodes", "_all", "http"): _nodes,
    ("_nodes", "http"): _nodes,
}
_PRETTY = ((), ("_license",))
"""The APIs whose answers the server indents."""
