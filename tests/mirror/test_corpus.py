"""The mirror against the answers of real servers."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest

from eventlint import Answer, Server
from eventlint.spec import catalog
from tests.corpus import COLLECTIONS, Case, cases, sampled_cases

ERAS = [era.name for era in catalog().eras]


def agrees(expected: dict[str, Any], got: Answer) -> bool:
    """Whether a whole answer agrees: an accepted event as a value, all else byte for byte."""
    headers = {name.lower(): value for name, value in got.headers.items()}
    if got.status != expected["status"]:
        return False
    if "content_type" in expected and headers["content-type"] != expected["content_type"]:
        return False
    for name, value in re.findall(r"(\S+?)=\[([^\]]*)\]", expected.get("headers", "")):
        if headers.get(name.lower()) != value:
            return False
    if "json" in expected:
        return json.dumps(json.loads(got.body), sort_keys=True) == json.dumps(expected["json"], sort_keys=True)
    if "body_base64" in expected:
        return got.body == base64.b64decode(expected["body_base64"])
    text: str = expected["body"]
    return got.body == text.encode("utf-8", "surrogatepass")


def ask(server: Server, case: Case) -> Answer:
    """The mirror's answer to a case."""
    return server.respond(case.method, case.uri, case.headers, case.body, peer="127.0.0.1", now=1700000000000)


@pytest.mark.parametrize("era", ERAS)
def test_every_answer_equals_the_servers(era: str) -> None:
    """For every request of the corpus the mirror gives the answer that the releases of this era gave."""
    server = Server(era, COLLECTIONS)
    wrong = [
        case.id for case in sampled_cases() if case.has_answer(era) and not agrees(case.answer(era), ask(server, case))
    ]
    assert wrong == []


def test_an_answer_does_not_depend_on_what_came_before() -> None:
    """The same request gets the same bytes again."""
    server = Server("latest", COLLECTIONS)
    some = [case for case in cases()[::40] if "debug" not in case.uri]
    assert [ask(server, case) for case in some] == [ask(server, case) for case in some]
