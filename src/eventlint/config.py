"""The configuration: one table of settings defines validation, error messages and the JSON Schema."""

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from eventlint.errors import ConfigError
from eventlint.model import TIERS
from eventlint.spec import event_types

_STRING = {"type": "string"}
_STRINGS = {"type": "array", "items": _STRING}


def settings() -> dict[str, dict[str, Any]]:
    """The settings: the JSON Schema of each, by name."""
    return {
        "include": {**_STRINGS, "description": "Files, folders and globs to check if the command line names none."},
        "exclude": {**_STRINGS, "description": "Files and folders to leave out, as .gitignore patterns."},
        "release": {**_STRINGS, "description": "The server releases to check for (default: the newest)."},
        "collections": {**_STRINGS, "description": "The collections that exist (default: every legal name)."},
        "contracts": {
            **_STRINGS,
            "description": "Files and folders with custom contracts: JSON Schemas that events must also match.",
        },
        "contract-versions": {
            "type": "object",
            "additionalProperties": _STRING,
            "description": "The version of a contract to use, by its $id without the version (default: the newest).",
        },
        "events": {
            "type": "object",
            "additionalProperties": {"enum": list(event_types())},
            "description": "The event type of files, by a .gitignore pattern. The first match wins.",
        },
        "envelope": {
            "type": "object",
            "properties": {
                name: {"type": "string", "pattern": "^/"} for name in ("payload", "event_type", "collection")
            },
            "additionalProperties": False,
            "description": "JSON Pointers to the parts of an event that is wrapped in a larger object.",
        },
        "select": {**_STRINGS, "description": "The rules to check: rule names, tiers, or all (default: all)."},
        "ignore": {**_STRINGS, "description": "The rules not to check: rule names or tiers."},
        "per-path-ignores": {
            "type": "object",
            "additionalProperties": _STRINGS,
            "description": "Rules to ignore in some files, by a .gitignore pattern.",
        },
        "per-pointer-ignores": {
            "type": "object",
            "additionalProperties": _STRINGS,
            "description": "Rules to ignore below some JSON Pointers; * matches any one key or index.",
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
            "description": "Findings not to report: the rule, the reason, and optionally files and a JSON Pointer.",
        },
        "baseline": {**_STRING, "description": "A file with known findings; they do not make the run fail."},
        "format": {**_STRING, "description": "The output format."},
        "output": {
            **_STRINGS,
            "description": "Additional output files, as FORMAT:FILE or, if the suffix is that of the format, FILE.",
        },
        "fail-on": {
            "type": "array",
            "items": {"enum": list(TIERS)},
            "description": "The tiers that make the run fail (default: error, contract, loss).",
        },
        "skip-unknown": {"type": "boolean", "description": "Whether to skip events whose type cannot be determined."},
        "jobs": {"type": "integer", "minimum": 1, "description": "The number of worker processes."},
    }


class Config(NamedTuple):
    """A configuration.

    Attributes:
        path: The file; None for the default configuration.
        folder: The folder that paths and patterns in the file are relative to.
    """

    path: str | None = None
    folder: str = "."
    values: Mapping[str, Any] = {}  # nothing writes to it

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a setting, or the default."""
        return self.values.get(name, default)

    def relative(self, path: str) -> str:
        """A path from the configuration, relative to the current folder."""
        return os.path.relpath(os.path.join(self.folder, path)) if self.path else path


def load(path: str | None = None, start: str = ".") -> Config:
    """Load the configuration of a folder: the closest one in the folder or in a parent of it.

    Raises:
        ConfigError: The file cannot be read, or a setting in it is wrong.
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
    """The settings in a file; None for a ``pyproject.toml`` without ``[tool.eventlint]``."""
    import tomllib

    try:
        with open(path, "rb") as file:
            raw = file.read()
        if os.path.basename(path) == "pyproject.toml" and b"eventlint" not in raw:
            return None
        document = tomllib.loads(raw.decode())
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
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
    return f"; did you mean {near[0]!r}?" if near else f"; allowed: {', '.join(known)}"


_TYPES: dict[str, tuple[type, str]] = {
    "string": (str, "a string"),
    "array": (list, "an array"),
    "object": (dict, "a table"),
    "boolean": (bool, "true or false"),
    "integer": (int, "an integer"),
}


def _fault(value: object, schema: Mapping[str, Any]) -> str | None:
    """What is wrong with a value, or None; supports only the keywords that the settings use."""
    if "enum" in schema:
        listed = ", ".join(schema["enum"])
        return None if value in schema["enum"] else f"{value!r} is not one of {listed}"
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
            return f"key {missing[0]!r} is missing in {value!r}"
    if isinstance(value, str) and schema.get("pattern") == "^/" and not value.startswith("/"):
        return f"{value!r} is not a JSON Pointer; start it with a slash"
    if isinstance(value, int) and value < schema.get("minimum", value):
        return f"must be at least {schema['minimum']}"
    return None


def config_schema() -> dict[str, Any]:
    """The JSON Schema of a configuration file."""
    properties = {
        name: {"anyOf": [schema, _STRING], "description": schema["description"]}
        if schema.get("items") == _STRING
        else schema
        for name, schema in settings().items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:eventlint:configuration:1-0-0",
        "title": "eventlint configuration",
        "description": "The table [tool.eventlint] of a pyproject.toml, or a whole eventlint.toml.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
