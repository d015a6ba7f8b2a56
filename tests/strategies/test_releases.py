"""The strategies follow the schema of the release that they are called for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventlint.spec import catalog
from tests.made_up_release import FIELD, RELEASE, MadeUp, made_up

OLD = catalog().eras[-1].name
"""The newest release without the field."""

PROGRAM = """
import json
from itertools import islice
from eventlint import strategies as of

counted = {{}}
for release in ("{old}", "{new}", "latest"):
    found = counted[release] = {{}}
    for event_type in ("search", "search_click"):
        def draws(strategy, number=60):
            return list(islice(of.drawn(strategy, 1), number))

        def has_field(event):
            event = json.loads(event) if isinstance(event, bytes) else event
            return "{field}" in event["search"]

        found[event_type] = {{
            "events": sum(map(has_field, draws(of.events(event_type, release=release)))),
            "payloads": sum(map(has_field, draws(of.payloads(event_type, release=release, without=of.EDGE_CASES)))),
            "requests": sum(b'"{field}"' in one.body for one in draws(of.requests(event_type, release=release))),
            "wrong-type": sum(
                one.pointer == "/search/{field}"
                for one in draws(of.invalid_events(event_type, "wrong-type", release=release), 200)
            ),
            "unknown-field": sum(
                one.pointer == "/search/{field}"
                for one in draws(of.invalid_events(event_type, "unknown-field", release=release), 400)
            ),
            "keyword-too-long": sum(
                one.pointer == "/search/{field}"
                for one in draws(of.lossy_payloads(event_type, "keyword-too-long", release=release), 120)
            ),
        }}
print(json.dumps(counted))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    """A copy of the package with a made-up release."""
    return made_up(tmp_path_factory.mktemp("made-up"))


@pytest.fixture(scope="module")
def counted(package: MadeUp) -> Any:
    """For each release, event type and strategy: how many draws have the new field, or point to it."""
    return json.loads(package.python(PROGRAM.format(old=OLD, new=RELEASE, field=FIELD)))


@pytest.mark.parametrize("event_type", ["search", "search_click"])
def test_the_new_release_draws_the_new_field(counted: Any, event_type: str) -> None:
    """Events have it, mutations change it, and it is never an unknown field; ``latest`` means the same release."""
    found = counted[RELEASE][event_type]
    assert [name for name, count in found.items() if not count] == ["unknown-field"]
    assert counted["latest"] == counted[RELEASE]


@pytest.mark.parametrize("event_type", ["search", "search_click"])
def test_an_old_release_draws_the_new_field_as_unknown_only(counted: Any, event_type: str) -> None:
    """No valid event has it, and it is drawn as an unknown field."""
    assert [name for name, count in counted[OLD][event_type].items() if count] == ["unknown-field"]


def test_events_of_the_new_release_are_clean(package: MadeUp) -> None:
    """The checker has no findings for what the strategies draw for the same release."""
    program = f"""
from itertools import islice
from eventlint import check, strategies as of
for event in islice(of.drawn(of.events("search", release="{RELEASE}"), 2), 50):
    assert check(event, "search", release="{RELEASE}").findings == (), event
"""
    assert package.python(program) == ""


def test_the_copy_is_not_the_package_under_test(package: MadeUp, tmp_path: Path) -> None:
    """The program imports the copy, and the copy has its own catalog."""
    where = package.python(
        "import eventlint, eventlint.spec as s; print(eventlint.__file__, s.catalog().eras[-1].name)"
    )
    assert where.split() == [str(package.package / "__init__.py"), RELEASE]
