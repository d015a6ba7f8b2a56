"""Pages that are generated while the site is built: the API, the example contract, and files that pages link to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from eventlint import load_contract
from eventlint.docs import build, markdown_pages
from tools.docs_site.pages import API, CONTRACT, ROOT, shown

MODULES = {
    "eventlint": "checks of events, and the values that describe findings",
    "eventlint.guard": "guards for clients, services and functions",
    "eventlint.types": "typed dictionaries for events",
    "eventlint.strategies": "events for Hypothesis",
    "eventlint.pytest_plugin": "assertions for pytest",
    "eventlint.serve": "the local endpoint",
    "eventlint.arrow": "columns of events in Arrow's format",
    "eventlint.spark": "events in Spark",
}
"""The public modules, and what is in them."""

_EXAMPLE = "examples/contracts/schemas"
_LANGUAGES = {"py": "python", "yml": "yaml", "mjs": "js", "cjs": "js"}
_SHOWN_BYTES = 100_000
_SKIPPED = {"__pycache__", "node_modules"}


def write(folder: Path, pages: Iterable[str]) -> dict[str, Path]:
    """Write the pages below a folder. The keys of the result are their paths as if they were in the repository."""
    texts = {**_api(), **_example_contract()}
    files = {path: folder / path for path in texts}
    for path in shown(pages):
        texts[path] = _source(ROOT / path)
        files[path] = folder / "source" / f"{path}.md"
    for path, file in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(texts[path], "utf-8")
    return files


def _api() -> dict[str, str]:
    """A page for each public module, and the list of them. Sphinx fills them from the docstrings."""
    introduction = "The public modules. :doc:`/stability` lists what may change in a release."
    rows = "".join(f"   * - :doc:`{module}`\n     - {purpose}\n" for module, purpose in MODULES.items())
    index = f"{_title('API')}{introduction}\n\n.. list-table::\n   :widths: auto\n\n{rows}"
    pages = {f"{API}/README.rst": index}
    for module in MODULES:
        pages[f"{API}/{module}.rst"] = f"{_title(module)}.. automodule:: {module}\n   :members:\n"
    return pages


def _title(text: str) -> str:
    return f"{text}\n{'=' * len(text)}\n\n"


def _example_contract() -> dict[str, str]:
    """What ``eventlint docs`` writes about the contract of the examples."""
    document = build(contract=load_contract(ROOT / _EXAMPLE), title="Example of a documented contract")
    return {f"{CONTRACT}/{name}": text for name, text in markdown_pages.pages(document, rules_at="../rules").items()}


def _source(path: Path) -> str:
    """A page with the content of a file, or of the files in a folder."""
    name = path.relative_to(ROOT).as_posix()
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    parts = [f"# {name}\n"]
    for file in files:
        inside = file.relative_to(path)
        if any(part in _SKIPPED or part.startswith(".") for part in inside.parts):
            continue
        heading = f"\n## {inside.as_posix()}\n" if file != path else ""
        parts.append(f"{heading}\n{_block(file)}")
    return "".join(parts)


def _block(file: Path) -> str:
    data = file.read_bytes()
    if b"\0" in data or len(data) > _SHOWN_BYTES:
        return f"A file of {len(data):,} bytes.\n"
    text = data.decode("utf-8", "replace").rstrip("\n")
    suffix = "docker" if file.name == "Dockerfile" else file.suffix.removeprefix(".")
    fence = "`" * 8
    return f"{fence}{_LANGUAGES.get(suffix, suffix) or 'text'}\n{text}\n{fence}\n"
