"""Lists what the rules of the tiers loss and lint find in the accepted events of the tests' corpus."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from eventlint import check

CORPUS = Path(__file__).parent.parent / "tests/corpus"
HEAD = """\
# What the rules of the tiers loss and lint find in the accepted events of the corpus, by the ids of the cases.
# Made by the program: python -m tools.generate
"""


def _accepted() -> Iterator[tuple[str, str, bytes]]:
    """The id, the event type and the payload of each case that the newest era accepts."""
    eras = list(json.loads((CORPUS / "releases.json").read_bytes())["eras"])
    newest = eras[-1] if isinstance(eras[-1], str) else eras[-1]["name"]
    for name in ("payload.jsonl.gz", "ingest.jsonl.gz"):
        with gzip.open(CORPUS / name, "rt", encoding="utf-8", errors="surrogatepass") as lines:
            for line in lines:
                case = json.loads(line)
                if "fate" in case:
                    yield case["id"], case["event_type"], case["payload"].encode("utf-8", "surrogatepass")
                elif any(newest in answer["eras"] and answer["status"] == 202 for answer in case["answers"]):
                    kind = case["uri"].partition("?")[0].rpartition("/")[2]
                    yield case["id"], kind, _body(case)


def _body(case: dict[str, str]) -> bytes:
    if "body_base64" in case:
        from base64 import b64decode

        return b64decode(case["body_base64"])
    return case["body"].encode("utf-8", "surrogatepass")


def listed() -> str:
    """The list: one line a case with findings."""
    lines = []
    for name, kind, body in _accepted():
        findings = check(body, kind).findings
        if findings:
            told = (f"{finding.rule}@{_short(finding.pointer)}" for finding in findings)
            lines.append(f"{name} {' '.join(told)}")
    return HEAD + "\n".join(lines) + "\n"


def _short(pointer: str) -> str:
    """A pointer on one line and in ASCII."""
    text = pointer.replace(" ", "~s").encode("ascii", "backslashreplace").decode()
    text = "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)
    return text if len(text) <= 60 else text[:59] + "*"
