"""Signals that end a run: the command line cleans up before the process ends."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from eventlint.cli import exit_codes as exits

_SIGNALS = ("SIGTERM", "SIGHUP")


class Terminated(SystemExit):
    """A signal ends the run. Only what cleans up may catch it.

    Attributes:
        name: The name of the signal.
    """

    def __init__(self, name: str) -> None:
        super().__init__(exits.FAILED)
        self.name = name

    def __reduce__(self) -> tuple[type[Terminated], tuple[str]]:
        return Terminated, (self.name,)


@contextmanager
def ending_signals() -> Iterator[None]:
    """Raise ``Terminated`` for the first signal that would end the process, and remove temporary files in the end.

    A signal that is ignored, as by ``nohup``, stays ignored.
    """
    handled: list[int] = []
    with suppress(ValueError):  # only the main thread can handle signals
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _terminate)
                handled.append(number)
    try:
        yield
    finally:
        _remove_temporary_files()
        for number in handled:
            signal.signal(number, signal.SIG_DFL)


def _terminate(number: int, frame: FrameType | None) -> None:
    for name in _SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise Terminated(signal.Signals(number).name)


def _remove_temporary_files() -> None:
    import sys

    files = sys.modules.get("eventlint.output.files")  # nothing was written if it was not imported
    if files is not None:
        files.remove_temporary_files()
