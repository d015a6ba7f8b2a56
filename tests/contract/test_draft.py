"""Drafts of contracts from recorded events."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import eventlint
from eventlint.cli import main
from eventlint.contract import Contract
from eventlint.contract.draft import Draft, Thresholds
from eventlint.schemas.documents import Document
from eventlint.schemas.json_places import read
from eventlint.schemas.lint import lint
from eventlint.spec import event_types, release
from eventlint.strategies import drawn, events
from tests.contract.conftest import search
from tests.strategies.support import DRAWS

HIDDEN: dict[str, Any] = {
    "$id": "urn:acme:hidden:1-0-0",
    "title": "Hidden",
    "description": "What a draft should recover.",
    "x-applies-to": {"events": ["search"]},
    "properties": {
        "session": {"properties": {"id": {"format": "uuid"}}},
        "search": {
            "required": ["search_application"],
            "properties": {
                "search_application": {"enum": ["website", "app", "kiosk"]},
                "query": {"maxLength": 80},
                "sort": {"properties": {"name": {"enum": ["relevance", "price"]}}},
                "page": {"properties": {"size": {"enum": [12, 24, 48]}}},
                "filters": {
                    "properties": {
                        "brand": {"enum": ["acme", "globex"]},
                        "since": {"type": "string", "format": "date"},
                        "color": {"type": "array", "items": {"enum": ["red", "blue"]}},
                    },
                    "additionalProperties": False,
                },
            },
        },
    },
}
Write = Callable[[list[Any]], Path]


def recorded(contract: Contract, number: int) -> list[Any]:
    """Events of the hidden contract."""
    return list(islice(drawn(events("search", contract=contract), 11), number))


@pytest.fixture
def hidden(tmp_path: Path) -> Contract:
    """The hidden contract."""
    (tmp_path / "hidden.json").write_text(json.dumps(HIDDEN))
    return eventlint.load_contract(tmp_path / "hidden.json")


def test_the_draft_recovers_values_formats_and_names(
    hidden: Contract, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The draft has the enums, formats, names and required fields; it is lint-clean, and all events meet it."""
    found = recorded(hidden, 10 * DRAWS)
    path = tmp_path / "search.ndjson"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in found))
    options = ["--min-count", "10", "--id", "urn:acme:draft", "--isolated"]
    assert main(["schema", "draft", *options, str(path), "-o", str(tmp_path / "draft")]) == 0
    assert f"from {len(found):,} search events" in capsys.readouterr().err
    document = json.loads((tmp_path / "draft/search/1-0-0.json").read_text())
    fields = document["properties"]["search"]["properties"]
    assert document["properties"]["session"]["properties"]["id"]["format"] == "uuid"
    assert document["properties"]["search"]["required"] == ["search_application"]
    assert fields["search_application"]["enum"] == ["app", "kiosk", "website"]
    assert fields["search_application"]["$comment"].startswith(f"To review: 3 values in {len(found):,}: app (")
    assert fields["sort"]["properties"]["name"]["enum"] == ["price", "relevance"]
    assert fields["page"]["properties"]["size"]["enum"] == [12, 24, 48]
    filters = fields["filters"]
    assert (set(filters["properties"]), filters["additionalProperties"]) == ({"brand", "since", "color"}, False)
    assert filters["properties"]["since"]["format"] == "date"
    assert filters["properties"]["brand"]["enum"] == ["acme", "globex"]
    assert filters["properties"]["color"]["items"]["enum"] == ["blue", "red"]
    assert lint([str(tmp_path / "draft")])[0] == []
    draft = eventlint.load_contract(tmp_path / "draft")
    assert all(draft.accepts(event, "search") for event in found)


@pytest.mark.parametrize("event_type", event_types())
@pytest.mark.parametrize(("seed", "number"), [(1, 1), (2, 3), (3, 40)])
def test_all_events_meet_the_draft(seed: int, number: int, event_type: str) -> None:
    """Whatever is recorded, with the lowest thresholds, the draft has no findings and accepts it."""
    draft = Draft(release(), Thresholds(1, 3, 1, 3))
    found = list(islice(drawn(events(event_type), seed), number))
    for event in found:
        draft.add(event, event_type)
    documents = [
        Document(path=name, name=name, text=read(json.dumps(one).encode()))
        for name, one in draft.documents("urn:made").items()
    ]
    made = Contract(documents)
    assert all(made.accepts(event, event_type) for event in found)
    assert len(documents) == 1


def test_what_is_left_out_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Events that the server rejects, of unknown type, and what is not JSON are counted; envelopes are read."""
    lines = [
        {"event_type": "search", "collection": "site", "payload": search()},
        {"event_type": "search", "collection": "shop", "payload": search(sort={})},
        {"event_type": "serch", "collection": "site", "payload": search()},
    ]
    path = tmp_path / "a.ndjson"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines) + "{\n")
    folder = str(tmp_path / "out")
    assert main(["schema", "draft", "--isolated", str(path), "-o", folder, "--collection", "site"]) == 0
    err = capsys.readouterr().err
    assert "from 1 search events" in err
    assert "1 of another collection" in err
    assert "1 of an unknown type" in err
    document = json.loads((tmp_path / "out/search/1-0-0.json").read_text())
    assert document["x-applies-to"] == {"events": ["search"], "collections": ["site"]}
    assert main(["schema", "draft", "--isolated", str(path), "-o", folder]) == 4  # never over an existing file
    path.write_text("")
    assert main(["schema", "draft", "--isolated", str(path), "-o", folder]) == 3
    assert main(["schema", "draft", "--isolated", str(path), "-o", folder, "--min-count", "0"]) == 2


def test_secrets_are_never_listed() -> None:
    """A value that looks like a secret is in no enum and no comment."""
    draft = Draft(release(), Thresholds(1, 12, 1, 30))
    token = "ghp_" + "a1B2" * 9
    for _ in range(50):
        draft.add(search(search_application=token), "search")
    assert token not in json.dumps(draft.documents("urn:made"))


def test_a_draft_holds_no_secret_of_filters() -> None:
    """Values of a filter whose name is that of a secret are not listed, and no name with personal data is."""
    draft = Draft(release())
    for number in range(300):
        filters = {"password": ["hunter2-Qx9"], "brand": ["acme"]}
        draft.add({"search": {"query": "shoes", "filters": filters}}, "search")
        click = {"search": {"query": "shoes", "filters": {"ann.lee@example.com": [str(number % 2)]}}}
        draft.add(click, "search_click")
    text = json.dumps(draft.documents("urn:acme"))
    assert "brand" in text
    assert "hunter2" not in text
    assert "ann.lee" not in text
