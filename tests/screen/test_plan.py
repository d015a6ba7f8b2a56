"""The plan is data: current, without names of rules, and run as its terms mean."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.screen_source import LISTS, source

from eventlint.ingest.uri_parts import uri_parts
from eventlint.rules import RULES
from eventlint.screen import functions, string_tests
from eventlint.screen import plan as plans
from eventlint.screen import terms as vocabulary
from eventlint.screen.code_generator import Source, leaf_test, run
from eventlint.screen.leaf_tests import LeafTests
from eventlint.screen.plan_compiler import compile_plan
from eventlint.spec import compiled
from tests.screen import event_pool, pool, reference

PLAN = compile_plan(plans.all_identifiers())


def test_the_packaged_plan_is_current() -> None:
    """The plan in the package is that of the schemas and rules; ``python -m tools.generate`` makes it."""
    assert plans.packaged() == PLAN


def test_the_packaged_functions_are_current() -> None:
    """The module with the functions is generated from the plan."""
    assert Path(functions.__file__).read_text() == source(PLAN)


def test_packaged_and_generated_functions_agree() -> None:
    """They come from the same plan, although all packaged functions share their constants."""
    assert {(identifier, lists) for identifier in PLAN["events"] for lists in LISTS} == set(functions.FUNCTIONS)
    for (identifier, lists), packaged in functions.FUNCTIONS.items():
        generated = run(PLAN, identifier, lists)
        answers = [(packaged(event), generated(event)) for event in event_pool.events(identifier.split(":")[3])]
        assert len({one for one, _ in answers}) == 2
        assert all(one == other for one, other in answers)


@pytest.mark.parametrize("key", sorted(functions.LEAVES), ids=range(len(functions.LEAVES)))
def test_packaged_and_generated_tests_of_leaves_agree(key: str) -> None:
    """They come from the same node, although all packaged functions share their constants."""
    node, packaged = json.loads(key), functions.LEAVES[key]
    generated = leaf_test(node, PLAN["sets"])
    values: list[Any] = [one.value for one in pool.strings()] if node["kind"] != "integer" else [0, 1]
    given = [(value,) if node["kind"] != "entries" else ("brand", value) for value in values[:2000]]
    assert [packaged(*one) for one in given] == [generated(*one) for one in given]


def test_every_leaf_has_a_packaged_test() -> None:
    """Otherwise, code is generated while an event is checked."""
    for identifier in plans.all_identifiers():
        plan = plans.plan_of(identifier)
        tests = LeafTests(compiled(identifier), plan["events"][identifier], plan["sets"])
        made = {tests[leaf] for leaf in tests.leaves}
        assert made
        assert made <= set(functions.LEAVES.values())


def test_an_expression_is_compiled_on_its_first_use() -> None:
    """Then the search replaces the function."""
    space: dict[str, Any] = {}
    space["find"] = first = string_tests.searcher(space, "find", "a+")
    assert first("baa") is not None
    assert space["find"] is not first
    assert first("b") is None


@pytest.mark.parametrize("text", [None, "", "{}", '{"format": 0}'])
def test_without_a_current_plan_events_are_compiled(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan that is missing, damaged, or of another format has no events."""
    path = tmp_path / "plan.json"
    if text is not None:
        path.write_text(text)
    monkeypatch.setattr(plans, "PATH", str(path))
    monkeypatch.setattr(plans, "packaged", plans.packaged.__wrapped__)
    identifier = plans.all_identifiers()[0]
    assert plans.packaged()["events"] == {}
    assert plans.plan_of.__wrapped__(identifier)["events"].keys() == {identifier}


def test_the_plan_is_pure_data() -> None:
    """JSON holds the plan as it is."""
    assert json.loads(json.dumps(PLAN)) == PLAN


def test_no_rule_is_named_in_the_plan() -> None:
    """Engines that run a plan know terms, not rules."""
    text = json.dumps(PLAN)
    assert [rule.name for rule in RULES if f'"{rule.name}"' in text] == []


def test_the_hash_depends_on_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another term gives another hash, the same plan the same one."""
    from eventlint.rules.lint import padded_id

    assert compile_plan(plans.all_identifiers())["hash"] == PLAN["hash"]
    monkeypatch.setattr(padded_id, "SCREEN", (("always",),))
    assert compile_plan(plans.all_identifiers())["hash"] != PLAN["hash"]


def test_a_rule_without_a_screen_suspects_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forgetting a screen costs time, never a finding."""
    from eventlint.rules.lint import empty_query

    monkeypatch.delattr(empty_query, "SCREEN")
    plan = compile_plan(plans.all_identifiers())
    search = plan["events"]["urn:eventlint:event:search:1-0-0"]["fields"]["search"]
    assert ["always"] in search["fields"]["query"]["report"]
    assert suspect(search["fields"]["query"], plan["sets"])("shoes")


def suspect(node: dict[str, Any], sets: dict[str, list[str]]) -> Any:
    """The generated test of a string node."""
    source = Source(sets, ("refuse", "report"))
    source.add(0, "def suspect(v):")
    source.add(1, f"return bool({source.suspect(node) or 'False'})")
    return source.function("suspect")


def leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    """All string nodes, and the parts of entries about one string."""
    if node["kind"] == "object":
        return [leaf for below in node["fields"].values() for leaf in leaves(below)]
    if node["kind"] == "array":
        return leaves(node["items"])
    return [node["key"], node["value"]] if node["kind"] == "entries" else [node] if node["kind"] == "string" else []


LEAVES = {json.dumps(leaf): leaf for event in PLAN["events"].values() for leaf in leaves(event)}


@pytest.mark.parametrize("leaf", LEAVES.values(), ids=range(len(LEAVES)))
def test_generated_code_means_what_the_terms_mean(leaf: dict[str, Any]) -> None:
    """The interpreter suspects exactly the strings that the terms suspect one by one."""
    test = suspect(leaf, PLAN["sets"])
    source = Source(PLAN["sets"], ("refuse", "report"))
    terms = [term for term in source.terms(leaf) if term[0] != "malformed"]
    for value in pool.strings():
        expected = reference.suspects(terms, value.value, value.raw)
        assert test(value.value) == expected, (value.value, terms)


_ENDINGS = ("key", "token", "sid", "auth-token", "2fa")
_HEADS = ("SK", "1//0", "sk-live")


@pytest.mark.parametrize(
    ("term", "pieces"),
    [
        (
            ("parameter", _ENDINGS),
            [*_ENDINGS, "KEY", "\u212aey", "au", "Key", "=", "]", "7", "\u0663", "a", "-", "\u017fid"],
        ),
        (("contains_any_after", "=/", _HEADS), [*_HEADS, "=", "/", "S", "sk", "sk-l", "1", "x"]),
    ],
    ids=["parameter", "contains_any_after"],
)
@given(data=st.data())
def test_a_term_means_the_same_for_all_strings(term: Any, pieces: list[str], data: st.DataObject) -> None:
    """Tests that are made for speed suspect what the term says: any case, digits and brackets, any delimiter."""
    text = "".join(data.draw(st.lists(st.sampled_from(pieces), max_size=8)))
    assert suspect({"report": [term]}, {})(text) == reference.suspects([term], text, b"")


def test_every_operation_is_used_and_explained() -> None:
    """The vocabulary holds no operation that no screen uses, and the reference knows each."""
    text = json.dumps([PLAN["events"], PLAN["payload"]])
    operations = {*vocabulary.OPERATIONS, *vocabulary.RELATIONS} - {"always"}
    assert {name for name in operations if f'["{name}"' not in text} == set()
    assert set(vocabulary.OPERATIONS) - {"always", "malformed", "not_integer"} <= set(reference._STRING)


def test_an_operation_that_ignores_words_suspects_no_word() -> None:
    """One test of the alphabet may replace a term only if the term is silent on every word within its limit."""
    dice = random.Random(3)
    alphabet = "abcXYZ0123456789-_"
    words = ["".join(dice.choice(alphabet) for _ in range(dice.randint(1, 20))) for _ in range(5000)]
    words += ["123-456-7890a", "a123-456-7890", "undefined", "null", "0" * 12]
    words = [word for word in words if word.isalnum() or string_tests.is_word(word)]
    for leaf in LEAVES.values():
        for term in Source(PLAN["sets"], ("refuse", "report")).terms(leaf):
            if term[0] == "in_query" or not vocabulary.OPERATIONS[term[0]].silent_on_words(term[1:]):
                continue
            assert not [word for word in words if term[0] != "malformed" and reference.suspects([term], word, b"")], (
                term
            )


IS_ODD_URL = suspect({"report": [["url"]]}, {})


@given(
    st.text("htps:/?#[]@!$&'()*+,;=%azAZ09.-_~ \\|{}^`\"<>\x00\u00e9\ud83d", max_size=40)
    | st.from_regex(r"https?://[a-z.]{1,9}(:\d{1,5})?/[ -~]{0,20}", fullmatch=True)
)
def test_the_pipeline_parses_an_ordinary_url_without_a_user(text: str) -> None:
    """One of its parsers reads an ordinary URL, and finds a scheme if there is any text, and no user."""
    if not IS_ODD_URL(text):
        parts = uri_parts(text)
        assert parts is not None
        assert parts.user_info is None
        assert (parts.scheme is None) == (text == "")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/a/b.html?x=1&y=%20#top",
        "http://localhost:8080/",
        "https://example.com?q=a+b",
        "https://example.com/~jane/(1);v=2",
    ],
)
def test_ordinary_urls_are_silent(url: str) -> None:
    """Most URLs of real events are ordinary."""
    assert not IS_ODD_URL(url)
