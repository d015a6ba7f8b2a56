"""The configuration: one table of settings defines validation, error messages and the JSON Schema."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from typing import Any

from eventlint.errors import ConfigError
from eventlint.named_tuples import NamedTuple
from eventlint.spec import event_types
from eventlint.tiers import TIERS

_STRING = {"type": "string"}
_STRINGS = {"type": "array", "items": _STRING}

PACKAGE = "package:"
"""The start of the path of a folder in an installed package."""

NAMES = ("eventlint.toml", "pyproject.toml")
"""The names of configuration files; in one folder, the first has precedence."""


def settings() -> dict[str, dict[str, Any]]:
    """The settings: the JSON Schema of each, by name."""
    return {
        "extend": {**_STRING, "description": "A configuration file whose settings hold where this file has none."},
        "include": {**_STRINGS, "description": "Files, folders and globs to check if the command line names none."},
        "exclude": {**_STRINGS, "description": "Files and folders to leave out, as .gitignore patterns."},
        "force-exclude": {
            "type": "boolean",
            "description": "Whether include and exclude also hold for files that the command line names.",
        },
        "release": {**_STRINGS, "description": "The server releases to check for (default: the newest)."},
        "collections": {
            "anyOf": [_STRINGS, {"type": "object", "additionalProperties": _STRING}],
            "description": "The collections that exist (default: every legal name), as a list; or, as a table, the "
            "collection of the events in files, by a .gitignore pattern. The first match wins.",
        },
        "prefix": {
            **_STRINGS,
            "description": "Paths of proxies in front of the endpoint: /api/analytics for requests to "
            "/api/analytics/COLLECTION/event/TYPE.",
        },
        "contracts": {
            **_STRINGS,
            "description": "Files and folders with custom contracts: JSON Schemas that events must also match. "
            "package:NAME/FOLDER is a folder in an installed package.",
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
        "ignore": {
            **_STRINGS,
            "description": "The rules not to check: rule names or tiers. Rules of schema lint may be named, too.",
        },
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
        "max-event-size": {**_STRING, "description": "The largest event to read, such as 200M (default: 64M)."},
        "jobs": {
            "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "enum": ["auto"]}],
            "description": "The number of worker processes; auto means all cores for large input (default: auto).",
        },
    }


class Config(NamedTuple):
    """A configuration.

    Attributes:
        path: The file; None for the default configuration.
        values: The settings.
        sources: For each setting, the file that it is from. Its paths and patterns are relative to that file's folder.
    """

    path: str | None = None
    values: Mapping[str, Any] = {}  # nothing writes to it
    sources: Mapping[str, str] = {}

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a setting, or the default."""
        return self.values.get(name, default)

    def source(self, name: str) -> str:
        """The file that a setting is from, as a path to show."""
        return self.sources.get(name) or str(self.path)

    def folder(self, name: str) -> str:
        """The folder that the paths and patterns of a setting are relative to; the current one if it is not set."""
        source = self.sources.get(name)
        return os.path.dirname(os.path.abspath(source)) if source else "."

    def paths(self, name: str) -> list[str]:
        """The paths in a setting, relative to the current folder."""
        value = self.get(name, ())
        names = (value,) if isinstance(value, str) else value
        return [relative_path(_joined(self.folder(name), path)) for path in names]

    def paths_to_read(self, name: str) -> list[str]:
        """The paths in a setting whose files are read: inside of the repository, or else of the folder.

        Raises:
            ConfigError: A path leads elsewhere. A configuration can come from somebody else.
        """
        return [self._inside(name, path, repository_of(self.folder(name))) for path in self.paths(name)]

    def path_to_write(self, name: str, path: str) -> str:
        """A path in a setting, if it is inside of the folder of the configuration.

        Raises:
            ConfigError: It leads elsewhere.
        """
        folder = self.folder(name)
        return self._inside(name, relative_path(_joined(folder, path)), folder)

    def _inside(self, name: str, path: str, folder: str) -> str:
        if not is_inside(path, folder):
            raise ConfigError(f"{self.source(name)}: {name}: {path!r} is outside of {relative_path(folder)!r}")
        return path


def is_inside(path: str, folder: str) -> bool:
    """Whether a path is in a folder, also behind symbolic links."""
    top = os.path.realpath(folder)
    return os.path.join(os.path.realpath(path), "").startswith(os.path.join(top, ""))


def is_named_pipe(path: str) -> bool:
    """Whether a file is a pipe in a folder. Nobody may write to it, and then reading it would never end."""
    try:
        return stat.S_ISFIFO(os.stat(path).st_mode) and not os.path.abspath(path).startswith(("/dev/", "/proc/"))
    except (OSError, ValueError):
        return False


def refuse_endless(path: str) -> None:
    """Refuse a file whose reading may never end: a pipe in a folder, or a device other than ``/dev/null``.

    Raises:
        ConfigError: It is such a file.
    """
    try:
        mode = os.stat(path).st_mode
        is_device = (stat.S_ISCHR(mode) and not _is_null(path)) or stat.S_ISBLK(mode)
    except (OSError, ValueError):
        return
    if is_device or is_named_pipe(path):
        raise ConfigError(f"{path}: is {'a device' if is_device else 'a pipe'}")


def _is_null(path: str) -> bool:
    return os.path.samestat(os.stat(path), os.stat(os.devnull))


def repository_root(folder: str) -> str | None:
    """The root of the repository that a folder is in; None if it is in none."""
    top = os.path.abspath(folder)
    while not _is_repository(top):
        above = os.path.dirname(top)
        if above == top:
            return None
        top = above
    return top


def repository_of(folder: str, default: str | None = None) -> str:
    """The root of the repository that a folder is in; the default, or else the folder itself, if it is in none."""
    root = repository_root(folder)
    return root or (os.path.abspath(folder) if default is None else default)


def _is_repository(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))


def _joined(folder: str, path: str) -> str:
    """A path in a folder; backslashes separate names unless a file has such a name."""
    joined = os.path.join(folder, path)
    return joined if os.path.exists(joined) else os.path.join(folder, path.replace("\\", "/"))


def relative_path(path: str) -> str:
    """A path relative to the current folder, or as it is if it is on another drive."""
    try:
        return os.path.relpath(path)
    except ValueError:
        return path


class Configurations:
    """Finds the configuration of each folder, and reads each file once."""

    def __init__(self) -> None:
        self._nearest: dict[str, Config | None] = {}
        self._loaded: dict[str, Config] = {}

    def nearest(self, folder: str) -> Config | None:
        """The configuration in a folder, or else in the closest folder above that has one; None if there is none.

        The search ends at the root of the repository and at the home folder, so that a file that somebody else can
        write, such as one in ``/tmp``, does not apply.

        Raises:
            ConfigError: A file cannot be read, or a setting in it is wrong.
        """
        folder = os.path.abspath(folder)
        passed: list[str] = []
        found: Config | None = None
        while folder not in self._nearest:
            passed.append(folder)
            found = self._in_folder(folder)
            above = os.path.dirname(folder)
            is_last = _is_repository(folder) or folder == os.path.expanduser("~")
            if found is not None or above == folder or is_last:
                break
            folder = above
        else:
            found = self._nearest[folder]
        self._nearest.update(dict.fromkeys(passed, found))
        return found

    def _in_folder(self, folder: str) -> Config | None:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (table := _table(path)) is not None:
                return self._config(path, table, ())
        return None

    def load(self, path: str, extending: tuple[str, ...] = ()) -> Config:
        """A configuration file, with the settings of the file that it extends.

        Args:
            path: The file.
            extending: The absolute paths of the files that extend it.

        Raises:
            ConfigError: As for :meth:`nearest`.
        """
        return self._config(path, _table(path) or {}, extending)

    def _config(self, path: str, table: dict[str, Any], extending: tuple[str, ...]) -> Config:
        absolute = os.path.abspath(path)
        if absolute in extending:
            raise ConfigError(f"{path}: extend: the file extends itself")
        if absolute not in self._loaded:
            values = _checked(path, table)
            base = values.pop("extend", None)
            config = Config(path, values, dict.fromkeys(values, path))
            if base is not None:
                base = os.path.join(os.path.dirname(path), base)
                repository = repository_of(os.path.dirname(absolute), os.path.sep)
                if not is_inside(base, repository):
                    raise ConfigError(f"{path}: extend: {relative_path(base)!r} is outside of the repository")
                from_base = self.load(base, (*extending, absolute))
                config = Config(path, {**from_base.values, **values}, {**from_base.sources, **config.sources})
            self._loaded[absolute] = config
        return self._loaded[absolute]


def load(path: str | None = None, start: str = ".") -> Config:
    """Load a configuration file, or the one that is nearest to a folder (:meth:`Configurations.nearest`).

    Raises:
        ConfigError: The file cannot be read, or a setting in it is wrong.
    """
    configurations = Configurations()
    if path is not None:
        return configurations.load(path)
    return configurations.nearest(start) or Config()


def _table(path: str) -> dict[str, Any] | None:
    """The settings in a file; None for a ``pyproject.toml`` without ``[tool.eventlint]``."""
    import re
    import tomllib

    refuse_endless(path)
    try:
        with open(path, "rb") as file:
            raw = file.read()
        if os.path.basename(path) == "pyproject.toml" and b"eventlint" not in raw:
            return None
        if re.search(_DEEP_KEY, raw):  # tomllib would take memory that is quadratic in the number of parts
            raise ConfigError(f"{path}: a key has too many parts")
        document = tomllib.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    if os.path.basename(path) != "pyproject.toml":
        return document
    tool = document.get("tool", {})
    table = tool.get("eventlint") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.eventlint: must be a table, not {_shown(table)}")
    return table


def _checked(path: str, table: dict[str, Any]) -> dict[str, Any]:
    """The settings in a table, if all are right."""
    known = settings()
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            raise ConfigError(f"{path}: unknown setting {name!r}{_nearest(name, list(known))}")
        values[name] = value
        if _takes_strings(known[name]) and isinstance(value, str):
            values[name] = [value]
        fault = _fault(values[name], known[name])
        if fault:
            raise ConfigError(f"{path}: {name}: {fault}")
    return values


def _takes_strings(schema: Mapping[str, Any]) -> bool:
    """Whether a setting is a list of strings, so that it can also be one string."""
    return schema.get("items") == _STRING or _STRINGS in schema.get("anyOf", ())


def _nearest(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; allowed: {', '.join(known)}"


def _shown(value: object) -> str:
    """A value as a message shows it: the start of a long one, and the top of a deep one."""
    import reprlib

    short = reprlib.Repr()
    short.maxstring = short.maxother = 80
    short.maxlevel = 3
    return short.repr(value)


_DEEP_KEY = rb"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*"|'[^'\n]*')[ \t]*+\.[ \t]*+){64}"""
"""A dotted key with more than 64 parts."""


_TYPES: dict[str, tuple[type, str]] = {
    "string": (str, "a string"),
    "array": (list, "an array"),
    "object": (dict, "a table"),
    "boolean": (bool, "true or false"),
    "integer": (int, "an integer"),
}


def _fault(value: object, schema: Mapping[str, Any]) -> str | None:
    """What is wrong with a value, or None; supports only the keywords that the settings use."""
    if "anyOf" in schema:
        schema = next((one for one in schema["anyOf"] if isinstance(value, _TYPES[one["type"]][0])), schema["anyOf"][0])
    if "enum" in schema:
        listed = ", ".join(schema["enum"])
        return None if value in schema["enum"] else f"{_shown(value)} is not one of {listed}"
    kind, words = _TYPES[schema["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        return f"must be {words}, not {_shown(value)}"
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
            return f"key {missing[0]!r} is missing in {_shown(value)}"
    if isinstance(value, str) and schema.get("pattern") == "^/" and not value.startswith("/"):
        return f"{value!r} is not a JSON Pointer; start it with a slash"
    if isinstance(value, int) and value < schema.get("minimum", value):
        return f"must be at least {schema['minimum']}"
    return None


def config_schema() -> dict[str, Any]:
    """The JSON Schema of a configuration file."""
    properties = {
        name: {"anyOf": [*schema.get("anyOf", [schema]), _STRING], "description": schema["description"]}
        if _takes_strings(schema)
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
