"""Named tuples that are created fast behave as those of ``typing``."""

from __future__ import annotations

import pickle

import pytest

from eventlint.inputs.record import Place, Record
from eventlint.named_tuples import NamedTuple


class Point(NamedTuple):
    """A point."""

    x: int
    y: int = 2

    @property
    def total(self) -> int:
        """The sum."""
        return self.x + self.y

    def moved(self, by: int) -> Point:
        """Another point."""
        return self._replace(x=self.x + by)


def test_a_named_tuple_has_fields_defaults_and_methods() -> None:
    """It is a tuple with the class's own documentation."""
    point = Point(1)
    assert point == (1, 2) == Point(x=1, y=2)
    assert (point.total, point.moved(3), Point._fields) == (3, (4, 2), ("x", "y"))
    assert (Point.__doc__, Point.__module__, Point.__qualname__, repr(point)) == (
        *("A point.", __name__, "Point"),
        "Point(x=1, y=2)",
    )
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    with pytest.raises(AttributeError):
        point.z = 1  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("value", [Point(1), Record(b"{}", Place(3))], ids=["point", "record"])
def test_a_named_tuple_can_be_pickled(value: object) -> None:
    """Worker processes receive them."""
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - written just now
