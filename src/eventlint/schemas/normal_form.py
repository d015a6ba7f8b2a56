"""The normal form of a schema: schemas with the same normal form accept the same values.

In the normal form, references are resolved, and annotations and keywords without effect are removed. Where a schema
contains itself, ``{"$rec": N}`` replaces the reference to the schema N levels above. The steps are in
:mod:`eventlint.schemas.simplify`.
"""

from __future__ import annotations

from typing import Any

from eventlint.schemas import format_language, simplify
from eventlint.schemas.keywords import ANNOTATIONS, KNOWN, LISTS, NAMED, ONE
from eventlint.schemas.validity import MAX_SIZE, Library, Resolver, Schema, TooLargeError


class Normalizer:
    """Makes normal forms of the documents of one library."""

    def __init__(self, library: Library, *, with_examples: bool = False) -> None:
        """Prepare.

        Args:
            library: The documents.
            with_examples: Whether to keep examples and defaults.
        """
        self._library = library
        self._kept = {"examples", "default"} if with_examples else set()
        self._left = MAX_SIZE
        self._careful = False

    def form(self, uri: str) -> Schema:
        """The normal form of a document.

        Args:
            uri: The document's address.

        Raises:
            TooLargeError: It is too large with all references resolved.
        """
        self._left = MAX_SIZE
        found = self._library.root(uri)
        if found is None:
            return {"$ref": uri}
        try:
            self._careful = False
            for count, one in enumerate(self._library.reached(*found)):
                # Keywords without another effect may decide what is evaluated.
                self._careful |= isinstance(one, dict) and any(key.startswith("unevaluated") for key in one)
                if count > MAX_SIZE:
                    raise TooLargeError
            return self._form(*found, ())
        except RecursionError as error:
            raise TooLargeError from error

    def _form(self, schema: Schema, resolver: Resolver, above: tuple[int, ...]) -> Schema:
        self._left -= 1
        if self._left < 0:
            raise TooLargeError
        if not isinstance(schema, dict):
            return schema
        resolver = self._library.inside(schema, resolver)
        base: dict[str, Any] = {}
        members: list[Schema] = []
        for key, value in schema.items():
            if key in self._kept:
                base["examples"] = base.get("examples", []) + (value if key == "examples" else [value])
            elif key == "format" and self._library.asserts_formats and format_language.asserted(schema):
                base[key] = value
            elif key in ANNOTATIONS or key not in KNOWN:
                continue
            elif key in ("$ref", "$dynamicRef"):
                members.append(self._target(key, value, resolver, above))
            elif key == "allOf":
                members += [self._form(below, resolver, above) for below in value]
            elif key in ONE:
                base[key] = self._form(value, resolver, above)
            elif key in LISTS:
                base[key] = [self._form(below, resolver, above) for below in value]
            elif key in NAMED:
                base[key] = {name: self._form(below, resolver, above) for name, below in value.items()}
            else:
                base[key] = value
        return simplify.conjunction(base, members, careful=self._careful)

    def _target(self, key: str, reference: str, resolver: Resolver, above: tuple[int, ...]) -> Schema:
        found = self._library.resolve(resolver, reference)
        if found is None or (key == "$dynamicRef" and "$dynamicAnchor" in str(found[0])[:10_000]):
            return {"$ref": reference}
        target, inside = found
        if id(target) in above:
            return {"$rec": len(above) - above.index(id(target))}
        return self._form(target, inside, (*above, id(target)))
