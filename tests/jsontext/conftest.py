"""The tests of this room begin with the large expressions compiled, which otherwise wait until they are worth it."""

from __future__ import annotations

import pytest

from eventlint.jsontext import lazy_regex, locate, plain_values


@pytest.fixture(autouse=True, scope="session")
def _compiled_expressions() -> None:
    for module in (plain_values, locate):
        for value in vars(module).values():
            if isinstance(value, lazy_regex.Lazy):
                value.match(b" " * lazy_regex.PATIENCE)
