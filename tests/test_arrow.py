"""Columns of events: every layout of Arrow gives the results of the checker, and the recipes in the docs run."""

from __future__ import annotations

import contextlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs eventlint[arrow]")

import pyarrow as pa

from eventlint import Checker, UsageError, arrow
from eventlint.full_check import full_check
from eventlint.mirror.request_checks import target_faults
from tests.spark.rows import rows

ROOT = Path(__file__).parents[1]
GOOD = '{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"shoes"}}'
STRINGS = [name for name in ("string", "large_string", "string_view") if hasattr(pa, name)]
"""The types of strings that the library has; older ones have no views."""
BINARY = [name.replace("string", "binary") for name in STRINGS]


def verdicts(column: Any) -> list[tuple[bool, bool, list[str]]]:
    """The results of a column, with the names of the rules only."""
    column.validate(full=True)
    found = column.to_pylist()
    return [(one["ok"], one["accepted"], [finding["rule"] for finding in one["findings"]]) for one in found]


def expected(checker: Checker, made: list[Any]) -> list[tuple[bool, bool, list[str]]]:
    """What the checker reports about each row."""
    reports = [
        checker.check(payload or b"", event_type or "", collection=collection)
        for payload, event_type, collection in made
    ]
    return [(one.ok, one.accepted, [finding.rule for finding in one.findings]) for one in reports]


@pytest.mark.parametrize("layout", [*BINARY, *STRINGS])
def test_every_layout_has_the_results_of_the_checker(layout: str) -> None:
    """Also in slices, in chunks, and with dictionaries for types."""
    made = rows(400)
    if "string" in layout:  # only Spark makes strings that are not UTF-8
        made = [row for row in made if row[0] is None or _is_utf8(row[0])]
    values = [row[0] if row[0] is None or "binary" in layout else row[0].decode() for row in made]
    column = pa.array(values, getattr(pa, layout)())
    types = pa.array([row[1] for row in made]).dictionary_encode()
    collections = pa.array([row[2] for row in made])
    checker = Checker("8.12")
    wanted = expected(checker, made)
    assert verdicts(arrow.check(column, types, collection=collections, checker=checker)) == wanted
    part = arrow.check(column[3:99], types[3:99], collection=collections[3:99], checker=checker)
    assert verdicts(part) == wanted[3:99]
    chunks = pa.chunked_array([column[:7], column[7:7], column[7:]])
    chunked = arrow.check(chunks, types, collection=collections, checker=checker)
    assert [len(chunk) for chunk in chunked.chunks] == [7, 0, len(made) - 7]
    assert verdicts(chunked) == wanted


TEXT = '{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"shoes","filters":{"brand":["acme","b"]}}}'
SUSPECT_STRINGS = {
    "one": TEXT.replace("shoes", "jane@example.com"),
    "several": TEXT.replace("s-1", " s-1").replace("u-1", "undefined").replace("shoes", "{{query}}"),
    "not ASCII": TEXT.replace("u-1", "ü\N{NO-BREAK SPACE}").replace("shoes", "靴 jane@example.com 😀"),
    "escapes": TEXT.replace("u-1", r"\u00a0u\t").replace("shoes", r"jane\u0040example.com"),
    "an array of an entry": TEXT.replace('"b"', '"{{b}}"').replace("shoes", "Schuhe für null"),
    "a key": TEXT.replace("brand", r"a\u0000b"),
    "several lines": json.dumps(json.loads(TEXT.replace("u-1", "null").replace("shoes", "ß")), indent=1),
    "carriage returns": TEXT.replace(",", ",\r\n").replace("s-1", "s-1 ").replace("b", "${b}"),
    "an array of objects": TEXT.replace(
        '"shoes"', '"shoes","results":{"items":[{"document":{"id":"1"}},{"page":{"url":"/a b","title":"null"}}]}'
    ),
    "clean after all": TEXT.replace("shoes", "a @ b. c"),
    "and a fault": TEXT.replace("u-1", "null").replace('"query"', '"q"'),
    "and a relation": TEXT.replace("s-1", "null").replace("u-1", "null"),
}
"""Events that have suspect strings; only the last two have more that is suspect."""


@pytest.mark.parametrize("rules", [{}, {"ignore": ["lint"]}, {"select": ["placeholder-value", "padded-id"]}], ids=str)
def test_suspect_strings_have_the_results_of_the_full_check(rules: dict[str, list[str]]) -> None:
    """The native engine lists them, so that the event is not read again; not so in a collection that does not exist."""
    events = [event.encode() for event in SUSPECT_STRINGS.values()] * 2
    collections = ["site"] * len(SUSPECT_STRINGS) + ["other"] * len(SUSPECT_STRINGS)
    checker = Checker(collections=["site"], **rules)  # type: ignore[arg-type]
    found = arrow.results_of(checker, pa.array(events), "search", pa.array(collections)).column()
    wanted = arrow.ResultColumn(len(events))
    for index, (event, collection) in enumerate(zip(events, collections, strict=True)):
        faults = target_faults(collection, "search", checker.release, checker.collections)
        report = full_check(event, "search", checker.release, faults, collection)
        wanted.add_report(index, event, checker._restricted(report))
    assert found.to_pylist() == wanted.column().to_pylist()


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_a_string_that_is_not_utf8_is_a_finding() -> None:
    """Spark makes such strings; Arrow does not look into them."""
    buffers = pa.array([GOOD.encode(), b'{"\xff": 1}']).buffers()
    column = pa.Array.from_buffers(pa.string(), 2, buffers)
    found = arrow.check(column, "search").to_pylist()
    assert [one["accepted"] for one in found] == [True, False]


def test_labels_that_are_not_utf8_are_unknown() -> None:
    """Spark makes such strings; a type is compared by its bytes, and a collection has replacement characters."""
    labels = pa.array([b"search", b"\xffsearch", b"se\xe9rch", b"search"])
    types = pa.Array.from_buffers(pa.string(), 4, labels.buffers())
    events = pa.array([GOOD] * 4)
    assert verdicts(arrow.check(events, types)) == expected(
        Checker(), [(GOOD, name, None) for name in ("search", "\ufffdsearch", "se\ufffdrch", "search")]
    )
    checker = Checker(collections=["search"])
    found = [one["accepted"] for one in arrow.check(events, "search", collection=types, checker=checker).to_pylist()]
    assert found == [True, False, False, True]


@pytest.mark.parametrize("layout", [*STRINGS, "dictionary"])
def test_every_layout_of_labels_has_the_results_of_the_checker(layout: str) -> None:
    """For collections of all kinds: one, many, none, and a column that has only nulls."""
    kind = pa.dictionary(pa.int8(), pa.string()) if layout == "dictionary" else getattr(pa, layout)()
    names = ["search", "click", None, "", "page_view", "search"] * 3
    collections = ["site", "BAD*", None, "", "other"]
    checker = Checker(collections=["site"])
    for column in (["site"] * 18, [*(collections * 4)[:18]], [f"c{number}" for number in range(18)], [None] * 18):
        made = [(GOOD.encode(), name, one) for name, one in zip(names, column, strict=True)]
        events = pa.array([GOOD] * 18)
        result = arrow.check(events, pa.array(names, kind), collection=pa.array(column, kind), checker=checker)
        assert verdicts(result) == expected(checker, made)
    nulls = arrow.check(events, pa.nulls(18), collection=pa.nulls(18), checker=checker)
    assert verdicts(nulls) == expected(checker, [(GOOD.encode(), None, None)] * 18)


def test_columns_of_strings_need_no_functions_of_arrow() -> None:
    """Importing them takes longer than checking some hundred events."""
    code = f"""
import sys

class NoPandas:  # pyarrow.array() imports pandas if it is installed, which imports the functions
    def find_spec(self, name, *_):
        if name == "pandas":
            raise ImportError(name)

sys.meta_path.insert(0, NoPandas())
import pyarrow as pa
from eventlint import arrow

events, types = pa.array([{GOOD!r}, "{{}}"]), pa.array(["search", "page_view"])
for chunked in (events, pa.chunked_array([events[:1], events[1:]])):
    arrow.check(chunked, types, collection=types).to_pylist()
    arrow.check(chunked, "search", collection="site").to_pylist()
print("pyarrow.compute" in sys.modules)
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"


def test_a_sparse_result_is_null_only_for_clean_events() -> None:
    """With the clean result in its place, it is the result of the check."""
    made = rows(300)
    events = pa.array([row[0] for row in made], pa.binary())
    types, collections = pa.array([row[1] for row in made]), pa.array([row[2] for row in made])
    sparse = arrow.results_of(Checker(), events, types, collections).column(sparse=True)
    sparse.validate(full=True)
    clean = {"ok": True, "accepted": True, "findings": []}
    every = arrow.check(events, types, collection=collections).to_pylist()
    assert sparse.to_pylist() == [None if one == clean else one for one in every]
    assert 0 < sparse.null_count < len(made)


def test_columns_that_are_checked_together_have_the_results_of_each() -> None:
    """Suspect events are checked in another order, and before the end of a column if it has many."""
    checker = Checker("8.12", collections=["site"])
    columns = [list(zip(*part, strict=True)) for part in (rows(2500), rows(30)[::-1], rows(3))]
    together = [
        arrow.results_of(checker, pa.array(events, pa.binary()), pa.array(types), pa.array(collections))
        for events, types, collections in columns
    ]
    arrow.check_suspects(together)
    for results, (events, types, collections) in zip(together, columns, strict=True):
        found = results.column().to_pylist()
        for one, event, event_type, collection in zip(found, events, types, collections, strict=True):
            report = checker.check(event or b"", event_type or "", collection=collection)
            assert [finding["rule"] for finding in one["findings"]] == [finding.rule for finding in report.findings]
            assert one["accepted"] == report.accepted


def test_the_results_of_no_events() -> None:
    """The type is the same."""
    result = arrow.check(pa.array([], pa.string()), "search")
    assert result.type == arrow.RESULT
    assert len(result) == 0


def test_a_column_of_nulls() -> None:
    """A null is an empty body."""
    assert verdicts(arrow.check(pa.nulls(2), "search")) == [(False, False, ["missing-body"])] * 2


def test_secrets_are_redacted() -> None:
    """Messages leave the program, as in all outputs."""
    event = (
        '{"session":{"id":"s-1"},"user":{"id":"u-1"},"search":{"query":"q","sort":{"name":"n","password=hunter2":1}}}'
    )
    found = arrow.check(pa.array([event]), "search").to_pylist()
    assert found[0]["findings"]
    assert "hunter2" not in str(found)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((pa.array([1]), "search"), "events must be a column of strings or binary values, not of int64"),
        ((pa.array([GOOD]), pa.array(["search", "search"])), "event_type has 2 values for 1 events"),
        ((pa.array([GOOD]), pa.array([1])), "event_type must be a column of strings, not of int64"),
        ((pa.array([GOOD]), ["search"]), "event_type must be a string or an Arrow column, not list"),
        (([GOOD], "search"), "events must be an Arrow column, not list"),
    ],
    ids=["events", "length", "type", "list", "events-list"],
)
def test_wrong_arguments(arguments: tuple[Any, Any], message: str) -> None:
    """The message says what is expected."""
    with pytest.raises(UsageError) as caught:
        arrow.check(*arguments)
    assert message in str(caught.value)


def recipes() -> dict[str, tuple[str, str]]:
    """The examples in the docs by their heading, with the output that is shown below each."""
    sections = re.split(r"^## ", (ROOT / "docs/dataframes.md").read_text(), flags=re.MULTILINE)[1:]
    code = {
        section.partition("\n")[0]: re.findall(r"```(?:python|text)\n(.*?)```", section, re.DOTALL)
        for section in sections
    }
    return {name: (blocks[0], blocks[1]) for name, blocks in code.items()}


@pytest.mark.parametrize("name", recipes())
def test_the_recipes_print_what_they_show(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each recipe reads the file that the first example of the page writes."""
    pytest.importorskip(name.lower(), reason=f"needs {name}")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/dataframes.md").read_text()
    writes = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0]
    code, shown = recipes()[name]
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(writes + code, {"__name__": "recipe"})  # noqa: S102 - it is the code that the docs show
    assert output.getvalue() == shown
