"""``dataclass`` for the modules that every faulty event imports: the standard library's takes ten times as long.

``dataclasses`` imports ``inspect``, and compiles each method of each class. Here, all of them are compiled at once. The
classes are dataclasses for all others: ``dataclasses.fields``, ``replace`` and ``is_dataclass`` know them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import KW_ONLY as KW_ONLY
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    from collections import namedtuple

    KW_ONLY = "KW_ONLY"

    field = namedtuple("field", "default_factory")

    def dataclass(*, slots, frozen=False, kw_only=False, eq=True, repr=True):
        """The decorator of a class with slots; its module has to postpone the evaluation of annotations (PEP 563)."""
        options = {"slots": slots, "frozen": frozen, "kw_only": kw_only, "eq": eq, "repr": repr}

        def decorated(cls):
            fields, positional = _fields(cls.__annotations__, kw_only)
            defaults = {name: cls.__dict__[name] for name in fields if name in cls.__dict__}
            namespace = {name: value for name, value in cls.__dict__.items() if name not in defaults}
            del namespace["__dict__"], namespace["__weakref__"]
            made = {
                "__slots__": fields,
                "__match_args__": positional,
                "__replace__": replace,
                "__getstate__": _state,
                "__setstate__": _set_state,
                **({"__repr__": _repr} if repr else {}),
                **(_IMMUTABLE if frozen else {}),
            }
            made = type(cls)(cls.__name__, cls.__bases__, made | namespace)
            _add_methods(made, positional, defaults, is_frozen=frozen, is_compared=eq)
            for name in ("fields", "params"):
                attribute = _OfStandardLibrary(f"__dataclass_{name}__", options, positional, defaults)
                setattr(made, attribute.name, attribute)
            return made

        return decorated

    def replace(value, /, **changes):
        """A copy of a value of such a class with some fields changed."""
        return type(value)(**{name: getattr(value, name) for name in value.__slots__} | changes)

    def _fields(annotations, kw_only):
        """The names of all fields, and of those that may be given by position."""
        names = list(annotations)
        mark = next((at for at, name in enumerate(names) if annotations[name] == KW_ONLY), len(names))
        fields = (*names[:mark], *names[mark + 1 :])
        return fields, () if kw_only else fields[:mark]

    def _add_methods(cls, positional, defaults, *, is_frozen, is_compared):
        """Compile ``__init__``, and the methods for comparisons if the class has them."""
        space = {f"_default_{name}": value for name, value in defaults.items()}
        parameters, body = [], []
        for name in cls.__slots__:
            if len(parameters) == len(positional) < len(cls.__slots__):
                parameters.append("*")
            parameters.append(f"{name}=_default_{name}" if name in defaults else name)
            given = name
            if isinstance(defaults.get(name), field):
                given = f"{name} if {name} is not _default_{name} else _default_{name}.default_factory()"
            if is_frozen:
                space[f"_set_{name}"] = getattr(cls, name).__set__
                body.append(f" _set_{name}(self, {given})")
            else:
                body.append(f" self.{name} = {given}")
        lines = [f"def __init__(self, {', '.join(parameters)}):", *body]
        if is_compared:
            values, others = (f"({''.join(f'{one}.{name}, ' for name in cls.__slots__)})" for one in ("self", "other"))
            lines += ["def __eq__(self, other):", " if other.__class__ is not self.__class__: return NotImplemented"]
            lines += [f" return {values} == {others}", "def __hash__(self):", f" return hash({values})"]
        exec("\n".join(lines), space)  # noqa: S102 - the names of fields
        for name in ("__init__", "__eq__", "__hash__") if is_compared else ("__init__",):
            method = space[name]
            method.__qualname__, method.__module__ = f"{cls.__qualname__}.{name}", cls.__module__
            setattr(cls, name, method)
        cls.__init__.__annotations__ = {name: cls.__annotations__[name] for name in cls.__slots__} | {"return": None}

    def _repr(self):
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__qualname__}({values})"

    def _state(self):
        return [getattr(self, name) for name in self.__slots__]

    def _set_state(self, state):
        for name, value in zip(self.__slots__, state, strict=True):
            object.__setattr__(self, name, value)

    def _refuse_assignment(self, name, value):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _refuse_deletion(self, name):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    _IMMUTABLE = {"__setattr__": _refuse_assignment, "__delattr__": _refuse_deletion}

    class _OfStandardLibrary(namedtuple("_OfStandardLibrary", "name options positional defaults")):
        """An attribute that ``dataclasses`` reads from a dataclass; the first access makes it."""

        __slots__ = ()

        def __get__(self, instance, owner):
            import dataclasses

            namespace = {"__annotations__": {}, "__module__": owner.__module__, "__qualname__": owner.__qualname__}
            for name in owner.__slots__:
                value = self.defaults.get(name, dataclasses.MISSING)
                given = {"default": value}
                if isinstance(value, field):
                    given = {"default_factory": value.default_factory}
                namespace["__annotations__"][name] = owner.__annotations__[name]
                namespace[name] = dataclasses.field(**given, kw_only=name not in self.positional)
            same = dataclasses.dataclass(**self.options)(type(owner.__name__, (), namespace))
            return getattr(same, self.name)
