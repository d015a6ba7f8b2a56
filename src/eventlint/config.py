"""The configuration: one table of settings, from which the checks, the messages and the JSON Schema are made.

It must not know the command line, nor what a setting does.
"""

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from eventlint.errors import ConfigError
from eventlint.model import TIERS
from eventlint.spec import event_types

_STRING = {"type": "string"}
_STRINGS = {"type": "array", "items": _STRING}


def settings() -> dict[str, dict[str, Any]]:
    """The table: each setting's name, and its JSON Schema with a sentence and its default."""
    return {
        "include": {**_STRINGS, "description": "The files, folders and globs to check when none are named."},
        "exclude": {**_STRINGS, "description": "Patterns, as in a .gitignore, of files and folders to leave out."},
        "release": {
            **_STRINGS,
            "description": "The releases of the server to check for; the newest when there are none.",
        },
        "collections": {**_STRINGS, "description": "The collections that exist; every legal name when there are none."},
        "contracts": {
            **_STRINGS,
            "description": "Files and folders with contracts of one's own: JSON Schemas that events must fit besides.",
        },
        "contract-versions": {
            "type": "object",
            "additionalProperties": _STRING,
            "description": "The version to use of a contract, by its $id without the version; else the newest.",
        },
        "events": {
            "type": "object",
            "additionalProperties": {"enum": list(event_types())},
            "description": "The event type of files, by a pattern as in a .gitignore. The first that fits decides.",
        },
        "envelope": {
            "type": "object",
            "properties": {
                name: {"type": "string", "pattern": "^/"} for name in ("payload", "event_type", "collection")
            },
            "additionalProperties": False,
            "description": "JSON Pointers to an event's parts, where events stand in a larger object.",
        },
        "select": {
            **_STRINGS,
            "description": "The rules to check: names of rules, tiers, or all; all rules unless told otherwise.",
        },
        "ignore": {**_STRINGS, "description": "The rules not to check: names of rules, or tiers."},
        "per-path-ignores": {
            "type": "object",
            "additionalProperties": _STRINGS,
            "description": "Rules that are not checked in some files, by a pattern as in a .gitignore.",
        },
        "per-pointer-ignores": {
            "type": "object",
            "additionalProperties": _STRINGS,
            "description": "Rules that are not checked below some JSON Pointers; * is any one name or index.",
        },
        "suppress": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "rule": _STRING,
                    "path": _STRING,
                    "pointer": {"type": "string", "pattern": "^/"},
                    "reason": _STRING,
                },
                "required": ["rule", "reason"],
                "additionalProperties": False,
            },
            "description": "Findings that are known and meant: the rule, the files, the place, and why.",
        },
        "baseline": {**_STRING, "description": "A file with known findings, which do not fail."},
        "format": {**_STRING, "description": "How findings are shown."},
        "output": {
            **_STRINGS,
            "description": "Further outputs: a format, a colon, and a file (sarif:eventlint.sarif).",
        },
        "fail-on": {
            "type": "array",
            "items": {"enum": list(TIERS)},
            "description": "The tiers whose findings make the command fail; all but lint unless told otherwise.",
        },
        "skip-unknown": {
            "type": "boolean",
            "description": "Whether files whose event type nothing tells are passed over.",
        },
        "jobs": {"type": "integer", "minimum": 1, "description": "How many processes check files at the same time."},
    }


class Config(NamedTuple):
    """The configuration that was found.

    Attributes:
        path: Its file; None when there is none.
        folder: The folder that its paths and patterns are relative to.
        values: The settings that it has, by name.
    """

    path: str | None = None
    folder: str = "."
    values: Mapping[str, Any] = MappingProxyType({})

    def get(self, name: str, default: Any = None) -> Any:
        """A setting's value, or a default."""
        return self.values.get(name, default)


def load(path: str | None = None, start: str = ".") -> Config:
    """The configuration of a folder: the nearest upwards.

    Args:
        path: A file to read instead of looking for one.
        start: The folder to begin at.

    Raises:
        ConfigError: It cannot be read, or a setting cannot be.
    """
    if path is not None:
        return _checked(path, _table(path) or {})
    folder = os.path.abspath(start)
    while True:
        for name in ("eventlint.toml", "pyproject.toml"):
            candidate = os.path.join(folder, name)
            if os.path.isfile(candidate):
                table = _table(candidate)
                if table is not None:
                    return _checked(candidate, table)
        above = os.path.dirname(folder)
        if above == folder:
            return Config()
        folder = above


def _table(path: str) -> dict[str, Any] | None:
    """The settings in a file; None when it is a ``pyproject.toml`` that has none."""
    import tomllib

    try:
        with open(path, "rb") as file:
            raw = file.read()
        if os.path.basename(path) == "pyproject.toml" and b"eventlint" not in raw:
            return None
        document = tomllib.loads(raw.decode())
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    except ValueError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    if os.path.basename(path) != "pyproject.toml":
        return document
    tool = document.get("tool", {})
    table = tool.get("eventlint") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _checked(path: str, table: dict[str, Any]) -> Config:
    known = settings()
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            raise ConfigError(f"{path}: unknown setting {name!r}{_nearest(name, list(known))}")
        values[name] = value
        if known[name].get("items") == _STRING and isinstance(value, str):
            values[name] = [value]
        fault = _fault(values[name], known[name])
        if fault:
            raise ConfigError(f"{path}: {name}: {fault}")
    return Config(path=path, folder=os.path.dirname(os.path.abspath(path)), values=values)


def _nearest(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; the settings are {', '.join(known)}"


_TYPES: dict[str, tuple[type, str]] = {
    "string": (str, "a string"),
    "array": (list, "an array"),
    "object": (dict, "a table"),
    "boolean": (bool, "true or false"),
    "integer": (int, "a whole number"),
}


def _fault(value: object, schema: Mapping[str, Any]) -> str | None:
    """What is wrong with a value by its schema, of which the table above uses only a few keywords."""
    if "enum" in schema:
        listed = ", ".join(schema["enum"])
        return None if value in schema["enum"] else f"{value!r} is none of {listed}"
    kind, words = _TYPES[schema["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        return f"must be {words}, not {value!r}"
    if isinstance(value, list):
        return next(filter(None, (_fault(item, schema["items"]) for item in value)), None)
    if isinstance(value, dict):
        for key, below in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
            if not inner:
                return f"unknown key {key!r}{_nearest(key, list(schema['properties']))}"
            fault = _fault(below, inner)
            if fault:
                return f"{key}: {fault}"
        missing = [key for key in schema.get("required", ()) if key not in value]
        if missing:
            return f"{missing[0]!r} is missing in {value!r}"
    if isinstance(value, str) and schema.get("pattern") == "^/" and not value.startswith("/"):
        return f"{value!r} is no JSON Pointer; it must begin with a slash"
    if isinstance(value, int) and value < schema.get("minimum", value):
        return f"must be at least {schema['minimum']}"
    return None


def config_schema() -> dict[str, Any]:
    """The JSON Schema of the configuration."""
    properties = {
        name: {"anyOf": [schema, _STRING], "description": schema["description"]}
        if schema.get("items") == _STRING
        else schema
        for name, schema in settings().items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:eventlint:configuration:1-0-0",
        "title": "The configuration of eventlint",
        "description": "The table [tool.eventlint] of a pyproject.toml, or the whole of an eventlint.toml.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
