"""The OpenAPI document is valid, agrees with the server, and covers all answers."""

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
from eventlint.exports.example_requests import path_of
from eventlint.exports.mistakes import mistakes
from eventlint.exports.openapi import openapi
from eventlint.mirror.request_checks import COMMON, OWN
from eventlint.model import Request
from eventlint.spec import catalog, event, event_types, release
from tests.corpus import COLLECTIONS, cases, sampled_cases
from tests.exports.loopback import listening
from tests.exports.node import needs_node, run

ERAS = [era.name for era in catalog().eras]
NEWEST = release()
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
DOCUMENT = openapi(NEWEST)
OPERATIONS = {path.rpartition("/")[2]: item["post"] for path, item in DOCUMENT["paths"].items()}


def validator(name: str) -> Draft202012Validator:
    """A validator for one of the schemas of the document."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]})


def examples() -> Iterator[tuple[dict[str, Any], Any]]:
    """Each example of a body or an answer, with its schema."""
    for operation in OPERATIONS.values():
        answers = [answer for answer in operation["responses"].values() if "content" in answer]
        for body in (operation["requestBody"], *answers):
            for content in body["content"].values():
                for example in content.get("examples", {}).values():
                    yield content["schema"], example["value"]


@pytest.mark.parametrize("era", ERAS)
def test_document_is_valid(era: str) -> None:
    """The document of each era is valid under the schema and the rules of the OpenAPI Initiative."""
    validate(json.loads(json.dumps(openapi(release(era)))))


@needs_node
def test_redocly_finds_no_error(tmp_path: Path) -> None:
    """Redocly finds no error, and warns only about the missing license."""
    (tmp_path / "openapi.json").write_text(json.dumps(DOCUMENT))
    done = run("redocly", "lint", "--format", "json", "openapi.json", cwd=tmp_path)
    result = json.loads(done.stdout[done.stdout.index("{") :])
    assert (done.returncode, result["totals"]["errors"]) == (0, 0)
    assert {problem["ruleId"] for problem in result["problems"]} <= {"info-license"}


def test_event_types_have_paths() -> None:
    """Each event type has its own path."""
    assert tuple(OPERATIONS) == event_types()


def test_examples_are_valid() -> None:
    """Each example is valid under its schema."""
    count = 0
    for schema, value in examples():
        count += 1
        assert list(Draft202012Validator({**schema, "components": DOCUMENT["components"]}).iter_errors(value)) == []
    assert count > 50


def test_answers_of_the_corpus_are_valid() -> None:
    """The JSON answers of real servers are valid under the schemas of answers."""
    by_kind = {True: validator("AcceptedAnswer"), False: validator("ErrorAnswer")}
    wrong = []
    for case in sampled_cases():
        for answer in case.answers:
            body = answer["json"] if "json" in answer else answer.get("body", "")
            try:
                value = json.loads(body) if isinstance(body, str) else body
            except ValueError:
                continue
            if answer["status"] >= 202 and not by_kind[answer["status"] < 300].is_valid(value):
                wrong.append(case.id)
    assert wrong == []


@pytest.mark.parametrize("era", ERAS)
def test_statuses_of_the_corpus_are_documented(era: str) -> None:
    """The document has every status with which a server answers a POST to the endpoint."""
    document = openapi(release(era))
    statuses = {path.rpartition("/")[2]: set(item["post"]["responses"]) for path, item in document["paths"].items()}
    missing = {
        (case.event_type, case.answer(era)["status"])
        for case in cases()
        if case.has_answer(era)
        and case.method == "POST"
        and case.uri.startswith("/_application/analytics/")
        and case.event_type in statuses
        if str(case.answer(era)["status"]) not in statuses[case.event_type]
    }
    assert missing == set()


def test_parameters_are_those_of_the_server() -> None:
    """The parameters, in the path or the query string, are exactly those that the server knows."""
    parameters = DOCUMENT["components"]["parameters"]
    in_path = {name for name, one in parameters.items() if one["in"] == "path"}
    assert {*parameters, "event_type"} == {*COMMON, *OWN}
    assert in_path == {"collection_name"}
    for operation in OPERATIONS.values():
        assert {one["$ref"].rpartition("/")[2] for one in operation["parameters"]} == set(parameters)


def _examples(response: dict[str, Any]) -> list[tuple[str, Any]]:
    """The examples of a response; none if it is a reference."""
    return list(response.get("content", {}).get("application/json", {}).get("examples", {}).items())


@pytest.mark.parametrize("event_type", event_types())
def test_examples_of_rejections_are_answers_to_mistakes(event_type: str) -> None:
    """Each example of a rejection is named after the violated rule, and answers such a mistake as the server does."""
    responses = OPERATIONS[event_type]["responses"]
    examples = {
        (name, status): example["value"]
        for status in ("400", "500")
        for name, example in _examples(responses.get(status, {}))
    }
    seen = set()
    for mistake in mistakes(event(event_type)):
        request = Request(
            method="POST",
            uri=path_of(event_type),
            headers={"Content-Type": "application/json"},
            body=mistake.payload.encode(),
        )
        report = check_request(request)
        if report.first_error is not None and report.answer is not None:
            name = report.first_error.rule, str(report.answer.status)
            if name not in seen:
                assert json.loads(report.answer.body) == examples[name]
            seen.add(name)
    assert {"missing-field", "unknown-field", "wrong-type", "invalid-json"} <= {name for name, _ in seen}


def test_deprecation_depends_on_the_era() -> None:
    """The operations and the header show the deprecation if and only if the era has the trait."""
    marks = {}
    for era in catalog().eras:
        document = openapi(release(era.name))
        marked = {item["post"].get("deprecated", False) for item in document["paths"].values()}
        assert marked == {"Warning" in document["components"]["headers"]}
        marks[era.name] = marked == {True}
    assert marks == {era.name: "deprecated-api" in era.traits for era in catalog().eras}


@pytest.mark.skipif(
    importlib.util.find_spec("schemathesis") is None, reason="schemathesis is not installed; tox -e exports has it"
)
@pytest.mark.parametrize("era", [ERAS[0], ERAS[-1]])
def test_server_conforms_to_the_document(era: str, tmp_path: Path) -> None:
    """Valid and invalid requests generated from the document get documented answers."""
    (tmp_path / "openapi.json").write_text(json.dumps(openapi(release(era))))
    with listening(era) as url:
        words = ["run", "openapi.json", "--url", url, "--checks", CHECKS, "--max-examples", "20", "--seed", "1"]
        command = [sys.executable, "-m", "schemathesis.cli", *words, "--no-color"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout


def test_loopback_server_gives_the_answers_of_the_model() -> None:
    """The answer over HTTP is that of the model."""
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
