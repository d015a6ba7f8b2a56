"""The tests of this room use the large expressions, which otherwise wait until they are worth it."""

from __future__ import annotations

import pytest

from eventlint.jsontext import lazy_regex, locate, plain_values


@pytest.fixture(autouse=True)
def _compiled_expressions(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (plain_values, locate):
        for value in vars(module).values():
            if isinstance(value, lazy_regex.Lazy):
                monkeypatch.setattr(value, "match", value.match)  # it is the first one again after the test
                value.match(b" " * lazy_regex.PATIENCE)
