"""``NamedTuple`` for the modules that every start imports: ``typing`` takes three times as long to create a class.

It compiles each annotation, which nobody reads here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple

    _OF_CLASS = frozenset({"__annotations__", "__module__", "__qualname__"})

    class _Meta(type):
        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace["__annotations__"])
            defaults = [namespace[field] for field in fields if field in namespace]
            found = namedtuple(name, fields, defaults=defaults, module=namespace["__module__"])
            found.__annotations__ = namespace["__annotations__"]
            for key, value in namespace.items():
                if key not in _OF_CLASS and key not in fields:
                    setattr(found, key, value)
            return found

    class NamedTuple(metaclass=_Meta):
        """A named tuple; its module has to postpone the evaluation of annotations (PEP 563)."""
