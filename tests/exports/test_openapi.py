"""The OpenAPI document: it is valid, it keeps its word, and it forgets no answer."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from eventlint import Server, check_request
from eventlint.exports.example_answers import COLLECTION
from eventlint.exports.openapi import openapi
from eventlint.mirror.request_checks import COMMON, OWN
from eventlint.model import Request
from eventlint.spec import catalog, event_types
from tests.corpus import COLLECTIONS, cases
from tests.exports.loopback import listening
from tests.exports.node import needs_node, run

ERAS = [era.name for era in catalog().eras]
NEWEST = catalog().release("latest")
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
DOCUMENT = openapi(NEWEST.era, NEWEST.name)
OPERATIONS = {path.rpartition("/")[2]: item["post"] for path, item in DOCUMENT["paths"].items()}


def validator(name: str) -> Draft202012Validator:
    """A validator for one of the document's schemas."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]})


def examples() -> Iterator[tuple[dict[str, Any], Any]]:
    """Each example of a body or an answer, and its schema."""
    for operation in OPERATIONS.values():
        answers = [answer for answer in operation["responses"].values() if "content" in answer]
        for told in (operation["requestBody"], *answers):
            for content in told["content"].values():
                for example in content.get("examples", {}).values():
                    yield content["schema"], example["value"]


@pytest.mark.parametrize("era", ERAS)
def test_the_document_is_valid(era: str) -> None:
    """The OpenAPI Initiative's schema and the rules beside it hold, for each era."""
    validate(json.loads(json.dumps(openapi(catalog().release(era).era, era))))


@needs_node
def test_another_linter_takes_it(tmp_path: Path) -> None:
    """Redocly finds no error, and warns only of the licence that the server's API has not told."""
    (tmp_path / "openapi.json").write_text(json.dumps(DOCUMENT))
    done = run("redocly", "lint", "--format", "json", "openapi.json", cwd=tmp_path)
    told = json.loads(done.stdout[done.stdout.index("{") :])
    assert (done.returncode, told["totals"]["errors"]) == (0, 0)
    assert {problem["ruleId"] for problem in told["problems"]} <= {"info-license"}


def test_each_event_type_has_a_path() -> None:
    """The body depends on the event type, so there is a path for each."""
    assert tuple(OPERATIONS) == event_types()


def test_examples_are_valid() -> None:
    """Each example is valid under the schema that it stands beside."""
    count = 0
    for schema, value in examples():
        count += 1
        assert list(Draft202012Validator({**schema, "components": DOCUMENT["components"]}).iter_errors(value)) == []
    assert count > 50


def test_answers_of_the_corpus_are_valid() -> None:
    """What servers answered in JSON is valid under the schema of its kind of answer."""
    by_kind = {True: validator("AcceptedAnswer"), False: validator("ErrorAnswer")}
    wrong = []
    for case in cases():
        for told in case.answers:
            body = told["json"] if "json" in told else told.get("body", "")
            try:
                value = json.loads(body) if isinstance(body, str) else body
            except ValueError:
                continue
            if told["status"] >= 202 and not by_kind[told["status"] < 300].is_valid(value):
                wrong.append(case.id)
    assert wrong == []


@pytest.mark.parametrize("era", ERAS)
def test_each_status_of_the_corpus_is_told(era: str) -> None:
    """A server answers a post to the endpoint with no status that the document does not tell."""
    document = openapi(catalog().release(era).era, era)
    told = {path.rpartition("/")[2]: set(item["post"]["responses"]) for path, item in document["paths"].items()}
    missing = {
        (case.event_type, case.answer(era)["status"])
        for case in cases()
        if case.method == "POST" and case.uri.startswith("/_application/analytics/") and case.event_type in told
        if str(case.answer(era)["status"]) not in told[case.event_type]
    }
    assert missing == set()


def test_parameters_are_those_of_the_server() -> None:
    """Each name that the server knows is a parameter, in the path or in the query string; no other is."""
    told = DOCUMENT["components"]["parameters"]
    in_path = {name for name, one in told.items() if one["in"] == "path"}
    assert {*told, "event_type"} == {*COMMON, *OWN}
    assert in_path == {"collection_name"}
    for operation in OPERATIONS.values():
        assert {one["$ref"].rpartition("/")[2] for one in operation["parameters"]} == set(told)


def test_answers_with_mistakes_are_asked_for() -> None:
    """An example of a refusal is named after the rule that is broken, and is what the server says."""
    operation = OPERATIONS["search_click"]
    told = operation["responses"]["400"]["content"]["application/json"]["examples"]["missing-field"]
    body = {name: value for name, value in operation["requestBody"]["content"]["application/json"]["examples"][
        "example-1"
    ]["value"].items() if name not in ("document", "page")}  # fmt: skip
    request = Request(
        method="POST",
        uri=f"/_application/analytics/{COLLECTION}/event/search_click",
        headers={"Content-Type": "application/json"},
        body=json.dumps(body).encode(),
    )
    report = check_request(request)
    assert report.first_error is not None
    assert report.answer is not None
    assert (report.first_error.rule, json.loads(report.answer.body)) == ("missing-field", told["value"])


def test_only_releases_that_deprecate_the_api_say_so() -> None:
    """The header and the mark stand where the era has the trait."""
    marks = {}
    for era in catalog().eras:
        document = openapi(era, era.name)
        marked = {item["post"].get("deprecated", False) for item in document["paths"].values()}
        assert marked == {"Warning" in document["components"]["headers"]}
        marks[era.name] = marked == {True}
    assert marks == {era.name: "deprecated-api" in era.traits for era in catalog().eras}


@pytest.mark.skipif(
    importlib.util.find_spec("schemathesis") is None, reason="schemathesis is not installed; tox -e exports has it"
)
@pytest.mark.parametrize("era", [ERAS[0], ERAS[-1]])
def test_a_server_keeps_to_the_document(era: str, tmp_path: Path) -> None:
    """Requests made from the document, good and bad ones, get answers that it tells."""
    release = catalog().release(era)
    (tmp_path / "openapi.json").write_text(json.dumps(openapi(release.era, era)))
    with listening(era) as url:
        words = ["run", "openapi.json", "--url", url, "--checks", CHECKS, "--max-examples", "20", "--seed", "1"]
        command = [sys.executable, "-m", "schemathesis.cli", *words, "--no-color"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_the_loopback_server_answers_as_the_model() -> None:
    """What comes over the wire is what the model says."""
    import urllib.request

    body = b'{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"}}'
    path = "/_application/analytics/site/event/search"
    headers = {"Content-Type": "application/json"}
    with listening(NEWEST.name) as url:
        request = urllib.request.Request(url + path, body, headers, method="POST")  # noqa: S310 - a loopback address
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            got = answer.status, answer.read(), answer.headers["X-elastic-product"]
    model = Server(NEWEST.name, COLLECTIONS).respond("POST", path, headers, body)
    assert got == (model.status, model.body, model.headers["X-elastic-product"])
