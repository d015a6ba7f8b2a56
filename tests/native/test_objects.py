"""Events as Python objects: the same verdict as for their JSON, and only for the types of ``json``."""

from __future__ import annotations

import json
from collections import OrderedDict
from enum import StrEnum
from itertools import islice
from typing import Any

import pytest

from eventlint.screen import native
from eventlint.spec import event_types
from tests.native.cases import mutations, relations, values
from tests.native.support import needs_engine
from tests.screen import event_pool

pytestmark = needs_engine


class Text(str):
    """A string of another class."""


class Color(StrEnum):
    """Strings of another class that json writes otherwise."""

    RED = "red"


def test_objects_have_the_verdict_of_their_json() -> None:
    """Events of every kind that json can read; both lists of terms."""
    seen = set()
    for reports in (True, False):
        engine = native.engine("latest", reports=reports)
        assert engine is not None
        for case in [*islice(values(), 0, None, 5), *relations(), *islice(mutations(4, "hostile"), 2_000)]:
            try:
                data = json.dumps(json.loads(case.data)).encode()
                event = json.loads(data)  # of case.data, it could have the halves of a character as two surrogates
            except (ValueError, RecursionError):
                continue
            verdict = engine.clean_object(case.event_type, event)
            assert verdict == engine.clean_bytes(case.event_type, data), data
            seen.add((reports, verdict))
    assert len(seen) == 4


@pytest.mark.parametrize("event_type", event_types())
def test_bytes_strings_and_objects(event_type: str) -> None:
    """The screen of an event type takes all of them, and nothing else."""
    engine = native.engine("latest", reports=True)
    assert engine is not None
    is_clean = engine.screen(event_type).is_clean
    event = event_pool.clean(event_type)
    text = json.dumps(event, indent=1)
    assert is_clean(event)
    assert is_clean(text)
    assert is_clean(text.encode())
    others: list[Any] = [None, 1, "", b"", [event], (event,), OrderedDict(event), bytearray(text.encode()), Text(text)]
    for other in [*others, text + "\ud83d", text.encode("utf-16"), "\ufeff" + text, text.encode() + b"\xff"]:
        assert not is_clean(other)


@pytest.mark.parametrize("odd", [Text("s-1"), Color.RED, "a\ud83d", b"s-1", 1, True, None, 1.0, {}, []])
def test_values_of_other_types_are_suspect(odd: object) -> None:
    """Also of subclasses, which may have code of their own."""
    engine = native.engine("latest", reports=False)
    assert engine is not None
    event = event_pool.clean("search")
    event["user"]["id"] = odd
    assert not engine.clean_object("search", event)
    event["user"] = {odd: "u-1"} if isinstance(odd, str | bytes | int) else odd
    assert not engine.clean_object("search", event)
    event = event_pool.clean("search")
    event["search"]["results"]["total_results"] = odd if not isinstance(odd, int) or isinstance(odd, bool) else 2**70
    assert not engine.clean_object("search", event)


def test_keys_need_not_be_interned() -> None:
    """Keys that were joined at run time are compared by their characters."""
    engine = native.engine("latest", reports=True)
    assert engine is not None
    event = json.loads(json.dumps(event_pool.clean("search")))
    fresh = {"".join(key): {"".join(list(below)): value for below, value in one.items()} for key, one in event.items()}
    assert engine.clean_object("search", fresh)
