"""The configuration of the files in an editor: which one is closest, and the job that it gives."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from eventlint.baseline import Baseline
from eventlint.config import NAMES, Config, Configurations
from eventlint.errors import EventlintError
from eventlint.job import File, Job, file_of
from eventlint.job_settings import JobOptions, contract_paths, excluded, ignored_by, included, is_of_contract, job_of

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.job_settings import Matcher

WATCHED = ("**/eventlint.toml", "**/pyproject.toml", "**/*.json")
"""The files whose changes a client is to report: configurations, schemas and baselines, as glob patterns."""

MAX_DIAGNOSTICS = 1000
DEBOUNCE = 100


class ClientOptions(NamedTuple):
    """The options that the client sends when it starts the server.

    Attributes:
        configuration: A configuration file for all files; None to use the closest one of each file.
        release: The releases to check for; empty to use those of the configuration.
        select: Only these rules and tiers.
        ignore: Rules and tiers to leave out.
        max_diagnostics: How many diagnostics of a file are shown.
        debounce: How long to wait after a change before the file is checked, in milliseconds.
        rule_url: The address of the rules' pages, in which ``{rule}`` is the name; None for pages in temporary files.
        code_lenses: Whether to show the answer above each request.
        open_pages: Whether the server asks the client to show the page of a rule that is explained. False is for
            clients that show the text that the command returns.
    """

    configuration: str | None = None
    release: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    max_diagnostics: int = MAX_DIAGNOSTICS
    debounce: int = DEBOUNCE
    rule_url: str | None = None
    code_lenses: bool = True
    open_pages: bool = True


class FileSettings(NamedTuple):
    """What decides how a file is checked.

    Attributes:
        config: The configuration.
        job: What to check.
        file: The file, and what its path determines.
        contract: The custom contract; None without one.
        is_checked: Whether ``eventlint check`` without a path checks the file: it is included, and not excluded.
        is_schema: Whether the file is a document of the contract, and not an event.
        error: Why the configuration or the contract cannot be used; None if they can.
        baseline: The known findings; None without a baseline.
    """

    config: Config
    job: Job
    file: File
    is_checked: bool = True
    is_schema: bool = False
    error: str | None = None
    baseline: Baseline | None = None

    @property
    def contract(self) -> Contract | None:
        """The custom contract; None without one."""
        return self.job.contract


class _OpenFile(File):
    """A file in an editor, which can be edited even if it was never saved."""

    @cached_property
    def is_editable(self) -> bool:
        """Whether offsets in its events are those in the file: they are, because no editor shows a compressed file."""
        return True


class _Loaded(NamedTuple):
    """What one configuration file gives."""

    config: Config
    job: Job
    is_excluded: Matcher
    is_included: Matcher
    is_schema: Matcher
    error: str | None
    baseline: Baseline | None


class Workspace:
    """The configurations of the open files; each is read once, and again when a file that it is from changes."""

    def __init__(self, folders: Iterable[str] = (), options: ClientOptions | None = None) -> None:
        self.folders = [os.path.abspath(folder) for folder in folders]
        self.options = options or ClientOptions()
        self._configurations = Configurations()
        self._loaded: dict[str | None, _Loaded] = {}
        self._seen: dict[str, tuple[int, int] | None] = {}

    def reload(self) -> None:
        """Forget all configurations, contracts and baselines, so that they are read again."""
        self._configurations = Configurations()
        self._loaded = {}
        self._seen = {}

    def has_changed(self) -> bool:
        """Whether a file that a configuration is from was written, created or removed since it was read."""
        return any(_stamp(path) != stamp for path, stamp in self._seen.items())

    def settings(self, path: str) -> FileSettings:
        """The settings of a file; it need not exist."""
        loaded = self._of(path)
        try:
            return self._settings(loaded, path)
        except EventlintError as error:  # a pattern for paths is wrong
            return self._settings(_unusable(loaded.config, str(error)), path)

    def _settings(self, loaded: _Loaded, path: str) -> FileSettings:
        file = _OpenFile(*file_of(loaded.job, path))
        return FileSettings(
            config=loaded.config,
            job=loaded.job,
            file=file,
            is_checked=loaded.is_included(path) and not loaded.is_excluded(path),
            is_schema=loaded.is_schema(path),
            error=loaded.error,
            baseline=loaded.baseline,
        )

    def _of(self, path: str) -> _Loaded:
        folder = os.path.dirname(os.path.abspath(path))
        self._watch_folders(folder)
        try:
            config = self._config(folder)
        except EventlintError as error:
            return _unusable(Config(), str(error))
        if config.path not in self._loaded:
            self._loaded[config.path] = self._load(config)
        return self._loaded[config.path]

    def _config(self, folder: str) -> Config:
        """The configuration of the files in a folder, or else that of the folder of the workspace."""
        if self.options.configuration:
            return self._configurations.load(self.options.configuration)
        found = self._configurations.nearest(folder)
        if found is None:
            below = os.path.join(folder, "")
            top = next((top for top in self.folders if below.startswith(os.path.join(top, ""))), None)
            found = self._configurations.nearest(top) if top is not None else None
        return found or Config()

    def _load(self, config: Config) -> _Loaded:
        options = JobOptions(release=self.options.release, select=self.options.select, ignore=self.options.ignore)
        for source in set(config.sources.values()):
            self._watch(source)
        try:
            contract = self._contract(config)
            job = job_of(options, config, contract)
            path = next(iter(config.paths_to_read("baseline")), None)
            if path is not None:
                self._watch(path)
            return _Loaded(
                config=config,
                job=job,
                is_excluded=excluded(config),
                is_included=included(config),
                is_schema=is_of_contract(contract, config),
                error=None,
                baseline=None if path is None else Baseline(path),
            )
        except EventlintError as error:
            return _unusable(config, str(error))
        except Exception as error:  # a file that cannot be checked must not look clean
            return _unusable(config, f"the configuration cannot be used: unexpected {type(error).__name__}")

    def _contract(self, config: Config) -> Contract | None:
        paths = contract_paths(config)
        if not paths:
            return None
        from eventlint.contract.contract import loaded

        for path in paths:
            self._watch(path)
        contract = loaded(paths, config.get("contract-versions", {}), ignored_by(config))
        for path in contract.files:
            self._watch(path)
        return contract

    def _watch_folders(self, folder: str) -> None:
        """Watch where a configuration of a folder is, or could be."""
        above = ""
        while above != folder:
            for name in NAMES:
                self._watch(os.path.join(folder, name))
            above, folder = folder, os.path.dirname(folder)

    def _watch(self, path: str) -> None:
        absolute = os.path.abspath(path)
        if absolute not in self._seen:
            self._seen[absolute] = _stamp(absolute)


def _unusable(config: Config, error: str) -> _Loaded:
    """What a configuration gives that cannot be used: nothing is left out, so that the error is shown in each file."""
    return _Loaded(
        config=config,
        job=job_of(JobOptions(), Config(), None),
        is_excluded=lambda _: False,
        is_included=lambda _: True,
        is_schema=_schema_matcher(config),
        error=error,
        baseline=None,
    )


def _schema_matcher(config: Config) -> Matcher:
    try:
        files = {os.path.abspath(path) for path in config.paths("contracts")}
        is_below = is_of_contract(None, config)
        return lambda path: os.path.abspath(path) in files or is_below(path)
    except EventlintError:
        return lambda _: False


def _stamp(path: str) -> tuple[int, int] | None:
    """What changes when a file is written; None if there is no file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def client_options(given: Any) -> tuple[ClientOptions, list[str]]:
    """The options in what a client sent, and what is wrong with it; an option that is wrong has its default."""
    known = {_camel(name): name for name in ClientOptions._fields}
    values: dict[str, Any] = {}
    problems: list[str] = []
    for key, value in (given if isinstance(given, Mapping) else {}).items():
        name = known.get(key)
        if name is None:
            problems.append(f"unknown option {key!r}; allowed: {', '.join(known)}")
            continue
        default = ClientOptions._field_defaults[name]
        if isinstance(default, tuple):
            value = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value
            is_right = isinstance(value, tuple) and all(isinstance(one, str) for one in value)
        elif default is None:
            is_right = value is None or isinstance(value, str)
            value = value or None
        else:
            is_right = type(value) is type(default) and (isinstance(value, bool) or value >= 0)
        if is_right:
            values[name] = value
        else:
            problems.append(f"option {key!r} has the wrong type")
    return ClientOptions(**values), problems


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
