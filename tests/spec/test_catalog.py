"""The catalog of releases, eras and traits."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import Server, UsageError
from eventlint.spec import catalog
from tests.corpus import cases, folder


def test_the_catalog_has_the_releases_of_the_corpus() -> None:
    """Each release of the corpus is in the catalog, in the era of the releases with the same answers."""
    recorded = json.loads((folder() / "releases.json").read_bytes())["eras"]
    assert [(era["name"], tuple(era["releases"])) for era in recorded] == [(e.name, e.releases) for e in catalog().eras]


def test_every_trait_belongs_to_some_eras() -> None:
    """Each trait is in the catalog, and some eras have it and others do not."""
    for name in catalog().traits:
        assert 0 < sum(name in era.traits for era in catalog().eras) < len(catalog().eras), name
    assert set().union(*(era.traits for era in catalog().eras)) == set(catalog().traits)


def test_the_case_of_a_trait_shows_it() -> None:
    """Eras with and without a trait answer its case differently."""
    by_id = {case.id: case for case in cases()}
    for trait in catalog().traits.values():
        if trait.case is None:
            continue
        case = by_id[trait.case]
        answers = [
            {case.answers.index(case.answer(era.name)) for era in catalog().eras if (trait.name in era.traits) == has}
            for has in (True, False)
        ]
        assert answers[0].isdisjoint(answers[1]), trait.name


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ("latest", "9.5.4"),
        ("8.8", "8.8.2"),
        ("8.8.0", "8.8.1"),
        ("8.19", "8.19.21"),
        ("8.19.15", "8.19.14"),
        ("9.4", "9.3.4"),
        ("10.0.0", "9.5.4"),
        ("9.5.3", "9.5.3"),
        ("9.0.0-SNAPSHOT", "9.0.0"),
    ],
)
def test_a_release_between_the_known_ones(asked: str, taken: str) -> None:
    """A release is taken as the newest known release at or before it."""
    assert catalog().release(asked).name == taken
    assert taken in Server(asked).era.releases


@pytest.mark.parametrize("asked", ["8.7.1", "7.17", "", "x", "8", "8.19.x", "٨.١٩"])
def test_a_release_without_the_api_is_a_usage_error(asked: str) -> None:
    """A release before the first, and a string that is not a release, are usage errors."""
    with pytest.raises(UsageError):
        Server(asked)


@given(st.text(max_size=12))
def test_any_text_is_a_release_or_a_usage_error(text: str) -> None:
    """No string raises anything else."""
    try:
        catalog().release(text)
    except UsageError:
        pass
