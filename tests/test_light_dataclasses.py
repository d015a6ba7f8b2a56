"""The dataclasses that are created fast behave as those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from eventlint import Position
from eventlint import light_dataclasses as light
from eventlint.light_dataclasses import KW_ONLY


@light.dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A frozen class."""

    name: str
    size: int = 0
    extra: dict[str, int] = light.field(default_factory=dict)

    @property
    def half(self) -> float:
        """A property of the class."""
        return self.size / 2


@light.dataclass(slots=True, eq=False, repr=False)
class Mutable:
    """A class with fields by position and by name."""

    name: str
    size: int = 0
    _: KW_ONLY
    other: str
    last: str = "x"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FrozenOfLibrary:
    """As :class:`Frozen`."""

    name: str
    size: int = 0
    extra: dict[str, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True, eq=False, repr=False)
class MutableOfLibrary:
    """As :class:`Mutable`."""

    name: str
    size: int = 0
    _: dataclasses.KW_ONLY
    other: str
    last: str = "x"


PAIRS: list[tuple[Any, Any]] = [(Frozen, FrozenOfLibrary), (Mutable, MutableOfLibrary)]
ONE, OTHER = Frozen(name="a", size=3), Frozen(name="b", size=3)


@pytest.mark.parametrize(("own", "library"), PAIRS)
def test_the_constructor_has_the_same_parameters(own: Any, library: Any) -> None:
    """Parameters have names, kinds, annotations and defaults; a factory is shown in another way."""
    parameters, others = (list(inspect.signature(one).parameters.values()) for one in (own, library))
    assert [(one.name, one.kind, one.annotation) for one in parameters] == [
        (one.name, one.kind, one.annotation) for one in others
    ]
    assert [one.default for one in parameters if one.name != "extra"] == [
        one.default for one in others if one.name != "extra"
    ]


@pytest.mark.parametrize(("own", "library"), PAIRS)
def test_the_standard_library_knows_the_fields(own: Any, library: Any) -> None:
    """``fields``, ``is_dataclass`` and the parameters of the decorator are the same."""
    shown = [
        [(f.name, f.type, f.default, f.default_factory, f.kw_only) for f in dataclasses.fields(one)]
        for one in (own, library)
    ]
    assert shown[0] == shown[1]
    assert all(map(dataclasses.is_dataclass, (own, library)))
    assert repr(own.__dataclass_params__) == repr(library.__dataclass_params__)
    assert own.__match_args__ == library.__match_args__
    assert own.__slots__ == library.__slots__


def test_values_are_compared_by_their_fields() -> None:
    """Values of another class, with the same fields or not, are different."""
    assert Frozen(name="a", extra={"b": 1}) == Frozen(name="a", extra={"b": 1})
    assert ONE != OTHER
    other: Any = FrozenOfLibrary(name="a", size=3)
    assert other != ONE
    first, second = Position(line=1, column=2, offset=3), Position(line=1, column=2, offset=3)
    assert len({first, second, Position(line=1, column=2, offset=4)}) == 2
    assert Mutable("a", other="b") != Mutable("a", other="b")


def test_a_factory_is_called_for_each_value() -> None:
    """Defaults that can be changed are not shared."""
    assert ONE.extra == {}
    assert ONE.extra is not OTHER.extra


def test_copies_have_the_same_fields() -> None:
    """Pickles, copies, and copies with changes."""
    assert pickle.loads(pickle.dumps(ONE)) == ONE  # noqa: S301 - pickled on the same line
    assert copy.deepcopy(ONE) == ONE
    for replace in (light.replace, dataclasses.replace):
        assert replace(ONE, name="b") == OTHER
        assert replace(Mutable("a", 1, other="c"), last="z").last == "z"
        with pytest.raises(TypeError):
            replace(ONE, unknown=1)


def test_a_frozen_value_cannot_be_changed() -> None:
    """As in the standard library, with the same exception."""
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        ONE.name = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del ONE.name
    value = Mutable("a", other="b")
    value.size = 2
    assert (value.name, value.size, value.other, value.last) == ("a", 2, "b", "x")


def test_the_representation_names_the_fields() -> None:
    """Other methods and properties of the class are kept."""
    assert repr(ONE) == repr(FrozenOfLibrary(name="a", size=3)).replace("FrozenOfLibrary", "Frozen")
    assert ONE.half == 1.5
    assert Frozen.__doc__ == "A frozen class."


def test_a_missing_field_is_named() -> None:
    """The exception names the class."""
    with pytest.raises(TypeError, match=r"Frozen\.__init__\(\) missing 1 required keyword-only argument: 'name'"):
        Frozen()  # type: ignore[call-arg]
