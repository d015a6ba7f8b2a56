"""What a walk over a payload finds, and how much of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from eventlint.jsontext.reader import Reader
from eventlint.mirror.faults import Fault, Part
from eventlint.mirror.leaf import Leaf, LeafFilter
from eventlint.mirror.plain_runs import Choice, Problem, Run
from eventlint.spec.nodes import Entries, Node

MAX_FAULTS = 1_000
"""How many faults of one payload are kept, and how many dropped elements, and results for leaves; others are counted.

A hostile payload can have millions.
"""


class StopWalkError(Exception):
    """The walk stops before the end of the payload."""


class WalkResults:
    """What a walk has found up to the place where its reader is.

    Attributes:
        faults: The faults that were found, in the order in which the server meets them.
        examined: What examining the strings and numbers that the leaf filter chose gave.
        dropped: The pointers and offsets of array elements that the server drops silently.
        omitted: How many more faults, dropped elements and chosen leaves there are than are kept.
    """

    def __init__(
        self,
        reader: Reader,
        leaf_filter: LeafFilter | None,
        examine: Callable[[Leaf], Iterable[Any]] | None,
        *,
        first_only: bool,
    ) -> None:
        self.faults: list[Fault] = []
        self.examined: list[Any] = []
        self.dropped: list[tuple[tuple[Part, ...], int]] = []
        self.omitted = 0
        self._reader = reader
        self._leaf_filter = leaf_filter
        self._examine = examine or _nothing
        self._first_only = first_only
        self._enclosing: list[tuple[str, str]] = []
        self._path: list[Part] = []
        self._unreadable_keys: list[tuple[int, tuple[Part, ...]]] = []

    @property
    def omitted_comments(self) -> int:
        """How many comments were read that are not kept."""
        return self._reader.comment_count - len(self._reader.comments)

    @property
    def comments(self) -> list[tuple[int, int]]:
        """The first byte of each comment that was read, and the byte after it."""
        return self._reader.comments

    def _fault(
        self,
        kind: str,
        offset: int,
        *args: Any,
        server_offset: int | None = None,
        column_shift: int = 0,
        below: tuple[Part, ...] = (),
        reading: str = "key",
    ) -> None:
        if len(self.faults) >= MAX_FAULTS:
            self.omitted += 1
            return
        reader = self._reader
        self.faults.append(
            Fault(
                kind,
                offset,
                args,
                pointer=(*self._path, *below),
                enclosing=tuple(self._enclosing),
                token_start=reader.key_start if reader.in_key else reader.token_start,
                server_offset=offset if server_offset is None else server_offset,
                column_shift=column_shift,
                reading=reading,
            )
        )
        if self._first_only:
            raise StopWalkError

    def _take(self, run: Run, keep: Callable[[int, int], None], step: Callable[[int], None]) -> None:
        """Take the values of a run, and read those again that have a problem to keep.

        Args:
            run: The run.
            keep: Keeps the values from one number to another, without the latter.
            step: Reads the value with a number, before which the reader is.
        """
        at = 0
        self.omitted += run.counted
        for problem in run.problems:
            if not self._is_counted(problem):
                keep(at, problem.at)
                self._reader.pos = run.starts[problem.at]
                step(problem.at)
                at = problem.at + 1
        if at < run.size:
            keep(at, run.size)
            self._reader.pos = run.end

    def _choice(self) -> Choice:
        return Choice(self._leaf_filter, keeps=self._keeps_leaves)

    @property
    def _keeps_leaves(self) -> bool:
        """Whether leaves are examined; otherwise they are counted."""
        return not self.omitted and len(self.examined) < MAX_FAULTS

    def _is_counted(self, problem: Problem) -> bool:
        """Count what is wrong with a value of a run; False if some of it is to be kept."""
        leaves = problem.leaves
        if (problem.faults and len(self.faults) < MAX_FAULTS) or (problem.dropped and len(self.dropped) < MAX_FAULTS):
            return False
        if leaves and self._keeps_leaves:
            has_others = problem.faults or problem.dropped
            return not has_others and not any(True for leaf in leaves for _ in self._examine(leaf))
        self.omitted += problem.faults + problem.dropped + problem.leaf_count
        return True

    def _duplicate(self, key: str, below: tuple[Part, ...] = ()) -> None:
        reader = self._reader
        self._fault("duplicate", reader.key_start, key, server_offset=reader.key_end - 1, column_shift=1, below=below)

    def _keep(self, node: Node, value: Any, entry: str | None = None) -> None:
        """Examine a string or number if the filter chooses it."""
        if self._leaf_filter is None:
            return
        reader = self._reader
        raw = reader.data[reader.start : reader.pos]
        if self._leaf_filter(node, value, raw, entry):
            if not self._keeps_leaves:
                self.omitted += 1
            else:
                self.examined += self._examine(Leaf(tuple(self._path), node, reader.start, value, raw, entry))

    def _keep_key(self, node: Entries, key: str) -> None:
        """Examine the key of an entry if it is not plain ASCII."""
        if self._leaf_filter is None:
            return
        reader = self._reader
        raw = reader.data[reader.key_start : reader.key_end]
        if not raw.isascii() or b"\\" in raw:
            if not self._keeps_leaves:
                self.omitted += 1
            else:
                leaf = Leaf(tuple(self._path), node, reader.key_start, key, raw, key, is_name=True)
                self.examined += self._examine(leaf)

    def _drop(self, offset: int, index: int) -> None:
        """Keep an element that the server drops, while the path leads to the next one."""
        if len(self.dropped) >= MAX_FAULTS:
            self.omitted += 1
        else:
            self.dropped.append(((*self._path[:-1], index), offset))

    def _keep_unreadable_key(self) -> None:
        if len(self._unreadable_keys) >= MAX_FAULTS:
            self.omitted += 1
        else:
            self._unreadable_keys.append((self._reader.key_start, tuple(self._path)))


def _nothing(leaf: Leaf) -> tuple[()]:
    """Examines nothing."""
    return ()
