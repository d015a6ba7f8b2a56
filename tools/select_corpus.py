"""Select cases of a larger corpus for ``tests/corpus``.

Usage: ``python -m tools.select_corpus FOLDER``. All cases of a file that is not named ``new-…`` are taken. Of each file
``new-….jsonl.gz``, the selection has the first case of each kind of request with a kind of answer, one in so many of
the others, and the cases that the catalog names.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.corpus import PACKAGED, REQUEST_KINDS

from eventlint.spec import catalog

EVERY = 12
"""Of the cases of the new kinds that are like another one, one in so many is taken."""
_UNITED = {"payload": False, "request": True}


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The cases of a file."""
    with gzip.open(path, "rt", encoding="utf-8", errors="surrogatepass") as lines:
        yield from map(json.loads, lines)


def write(path: Path, cases: list[dict[str, Any]]) -> None:
    """Write a file that depends only on its cases."""
    text = "".join(json.dumps(case, ensure_ascii=True) + "\n" for case in cases)
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write(text.encode())


def likeness(case: dict[str, Any]) -> str:
    """What cases have in common that only differ in details."""
    answers = [(answer["eras"], answer["status"], _words(answer)) for answer in case["answers"]]
    return json.dumps([case["kind"], sorted(case["headers"]), answers])


def _words(answer: dict[str, Any]) -> str:
    """The words of an answer, without numbers and quoted values."""
    if "json" in answer:
        return "accepted"
    text = answer["body"] if "body" in answer else base64.b64decode(answer["body_base64"]).decode("latin-1")
    text = re.sub(r"org\.elasticsearch[\w.$]*|\[[^\[\]]*\]|'[^']*'|0x[0-9a-fA-F]+|\d+", "", text)
    return " ".join(sorted(set(re.findall("[A-Za-z_]{4,}", text))))[:400]


def selected(path: Path) -> list[dict[str, Any]]:
    """The selection of a file with a new kind."""
    named = {trait.case for trait in catalog().traits.values()}
    seen: set[str] = set()
    found = []
    for number, case in enumerate(read(path)):
        like = likeness(case)
        if like not in seen or number % EVERY == 0 or case["id"] in named:
            found.append(case)
        seen.add(like)
    return found


def main(folder: Path) -> None:
    """Replace the cases of ``tests/corpus``."""
    paths = sorted(folder.glob("*.jsonl.gz"))
    united = [case for path in paths if not path.name.startswith(("new-", "urls", "ingest")) for case in read(path)]
    for name, is_request in _UNITED.items():
        write(PACKAGED / f"{name}.jsonl.gz", [case for case in united if (case["kind"] in REQUEST_KINDS) is is_request])
    for path in paths:
        if path.name.startswith("new-"):
            write(PACKAGED / path.name.removeprefix("new-"), selected(path))
    shutil.copy(folder / "releases.json", PACKAGED / "releases.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
