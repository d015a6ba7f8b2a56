"""Docs and exports follow the schema versions of a release, which are data only."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eventlint.spec import catalog
from tests.made_up_release import FIELD, RELEASE, made_up

OLD = catalog().eras[-1].releases[-1]
"""The newest release without the field."""

OLDEST = catalog().eras[0].name
PROGRAM = f"""
import json
from eventlint.docs import build
from eventlint.docs.html_page import page
from eventlint.docs.markdown_pages import whole
from eventlint.exports import FORMATS, export
from eventlint.exports.schema_list import find, listed
from eventlint.spec import release

found = {{}}
for name in ("{OLD}", "{RELEASE}"):
    document = build(name)
    texts = {{form: export(form, release(name)) for form in FORMATS}}
    texts |= {{"markdown": whole(document), "html": page(document)}}
    search = document.event("search")
    found[name] = {{
        "has_field": sorted(form for form, text in texts.items() if "{FIELD}" in text),
        "events": [[event.name, event.version, event.releases] for event in document.events],
        "rules": next((field.rules for field in search.fields if field.name == "{FIELD}"), None),
        "valid": [[example.status, "{FIELD}" in example.payload] for example in search.valid],
    }}
found["versions"] = [row.version for row in listed() if row.name == "search" and row.kind == "object"]
found["newest"] = find("object:search").version
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What docs and exports show for an old release and for the made-up one."""
    return json.loads(made_up(tmp_path_factory.mktemp("made-up")).python(PROGRAM))


def test_only_the_new_release_has_the_new_field(found: Any) -> None:
    """All docs and exports of the new release have the field, and those of an old release do not."""
    assert found[OLD]["has_field"] == []
    assert found[RELEASE]["has_field"] == [
        "html",
        "json-schema-bundle",
        "markdown",
        "openapi",
        "typed-dict",
        "typescript",
    ]
    assert found[OLD]["rules"] is None
    assert {"wrong-type", "keyword-too-long", "placeholder-value"} <= set(found[RELEASE]["rules"])


def test_versions_are_those_of_the_release(found: Any) -> None:
    """Each event shows the version of its schema and the releases that use it; the newest version is the default."""
    old, new = f"{OLDEST} to {OLD}", f"{OLDEST} to {RELEASE}"
    assert found[OLD]["events"] == [
        ["page_view", "1-0-0", new],
        ["search", "1-0-0", old],
        ["search_click", "1-0-0", old],
    ]
    assert found[RELEASE]["events"] == [
        ["page_view", "1-0-0", new],
        ["search", "1-1-0", RELEASE],
        ["search_click", "1-1-0", RELEASE],
    ]
    assert (found["versions"], found["newest"]) == (["1-0-0", "1-1-0"], "1-1-0")


def test_valid_examples_are_accepted(found: Any) -> None:
    """The valid examples of both releases are accepted, with and without the new field."""
    assert found[OLD]["valid"] == [[202, False], [202, False]]
    assert found[RELEASE]["valid"] == [[202, False], [202, True]]
