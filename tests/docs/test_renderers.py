"""Both renderers show the whole document, and nothing else."""

from __future__ import annotations

import dataclasses
import html
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from eventlint.docs import ContractRule, Document, build
from eventlint.docs import markdown_pages as markdown
from eventlint.docs.document_model import Code
from eventlint.docs.html_page import page

ROOT = Path(__file__).parent.parent.parent
VOID = {"meta", "link", "input", "wbr", "br", "hr", "img"}
RULE = ContractRule(pointer="/search/query", name="house-rule", message="Not longer than a line.", source="house.json")
DOCUMENT = build(contract_rules=[RULE, dataclasses.replace(RULE, pointer="", name="house-event")])
PAGE = page(DOCUMENT)
WHOLE = markdown.whole(DOCUMENT)
PAGES = markdown.pages(DOCUMENT)
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1))`|*"
READER = MarkdownIt("commonmark", {"html": True}).enable("table")
TEXT = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" |`*_[]<>&\\~#$!()"), min_size=1)


class Parsed(HTMLParser):
    """The elements of a page in order, with their attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        """Record text."""
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of all elements with a tag."""
        return [attributes for name, attributes in self.elements if name == tag]

    def ids(self) -> list[str]:
        """All ids."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


PARSED = Parsed(PAGE)


def anchors() -> list[str]:
    """The anchors of all events, fields, rules and sentences."""
    found = [rule.anchor for rule in DOCUMENT.rules]
    for event in DOCUMENT.events:
        found += [event.anchor, *(field.anchor for field in event.fields), *(one.anchor for one in event.requirements)]
    return found


def test_elements_are_closed() -> None:
    """Every element is closed, in the right order."""
    assert (PARSED.unbalanced, PARSED.open) == ([], [])


def test_ids_are_unique_and_cover_all_anchors() -> None:
    """Every field, rule and sentence can be linked to; no ID occurs twice."""
    ids = PARSED.ids()
    assert len(set(ids)) == len(ids)
    assert set(anchors()) <= set(ids)


def test_links_lead_to_ids_of_the_page() -> None:
    """Every link, label and ARIA reference leads to an ID of the page."""
    ids = set(PARSED.ids())
    assert {link["href"] for link in PARSED.all("a")} <= {f"#{name}" for name in ids}
    for _, attributes in PARSED.elements:
        for name in ("for", "aria-labeledby", "aria-describedby"):
            assert set(attributes.get(name, "").split()) <= ids


def test_nothing_is_fetched() -> None:
    """No element refers to anything outside the page, and the policy allows only its style and script."""
    for tag, attributes in PARSED.elements:
        assert "src" not in attributes
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert attributes.get("href", "#").startswith(("#", "data:,")), tag
    style = "".join(text for tag, text in PARSED.texts if tag == "style")
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = [meta["content"] for meta in PARSED.all("meta") if "http-equiv" in meta]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_headings_are_in_order() -> None:
    """There is one heading of the first level, and no level is skipped."""
    levels = [int(tag[1]) for tag, _ in PARSED.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))


def test_page_has_landmarks_and_a_skip_link() -> None:
    """There is a header, a labeled navigation, a main part and a footer; the first link leads to the main part."""
    names = [tag for tag, _ in PARSED.elements]
    assert [names.count(tag) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert PARSED.all("nav")[0]["aria-label"]
    assert PARSED.all("a")[0]["href"] == f"#{PARSED.all('main')[0]['id']}"
    assert PARSED.all("html")[0]["lang"] == "en"


def test_tables_have_heads_and_inputs_have_labels() -> None:
    """Every header cell has a scope, every table a name, and every input a label."""
    assert all(head.get("scope") in ("col", "row") for head in PARSED.all("th"))
    assert all(table["aria-label"] for table in PARSED.all("table"))
    labeled = {label["for"] for label in PARSED.all("label")}
    assert {box["id"] for box in PARSED.all("input")} <= labeled


def test_search_covers_all_fields_and_rules() -> None:
    """Every field and rule can be found, and screen readers announce the results."""
    found = {attributes["data-search"] for _, attributes in PARSED.elements if "data-search" in attributes}
    wanted = {f"{event.name}{field.pointer}" for event in DOCUMENT.events for field in event.fields}
    assert found == wanted | {rule.name for rule in DOCUMENT.rules}
    assert [one["role"] for _, one in PARSED.elements if one.get("aria-live") == "polite"] == ["status"]


@pytest.mark.parametrize(
    "text", [html.unescape("".join(text for _, text in PARSED.texts)), None], ids=["html", "markdown"]
)
def test_whole_document_is_shown(text: str | None) -> None:
    """The text contains all sentences, descriptions, payloads, answers, manuals and contract rules."""
    shown = WHOLE if text is None else text
    for event in DOCUMENT.events:
        for one in event.requirements:
            assert (markdown.inline(one.sentence) if text is None else "".join(one.sentence)) in shown
        for field in event.fields:
            assert (markdown.escaped(field.description) if text is None else field.description) in shown
        for example in (*event.valid, *event.invalid):
            assert example.payload in shown
            assert example.answer.rstrip() in shown
    assert shown.count(RULE.message) == 2 * len(DOCUMENT.events) - 1
    assert all(heading in shown for rule in DOCUMENT.rules for heading, _ in rule.sections)


def test_markdown_has_all_anchors_and_its_links_lead_to_them() -> None:
    """Every anchor occurs once in the document, and every link leads to one."""
    parsed = Parsed(READER.render(WHOLE))
    assert sorted(parsed.ids()) == sorted(anchors())
    assert {link["href"] for link in parsed.all("a") if "href" in link} <= {f"#{name}" for name in parsed.ids()}


@pytest.mark.parametrize("rules_at", [None, "../rules"])
def test_links_between_pages_lead_to_files_and_anchors(rules_at: str | None) -> None:
    """Every link leads to a rendered page or a page of the project, and to an anchor on it."""
    made = markdown.pages(DOCUMENT, rules_at)
    ids = {name: Parsed(READER.render(text)).ids() for name, text in made.items()}
    for name, text in made.items():
        for link in Parsed(READER.render(text)).all("a"):
            target, _, anchor = link.get("href", "").partition("#")
            if not target:
                continue
            path = _plain(PurePosixPath(name).parent / target)
            if rules_at and path.startswith("../"):
                assert (ROOT / "docs/specification" / path).is_file()
            else:
                assert not anchor or anchor in ids[path]


def _plain(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def test_pages_of_the_project_are_up_to_date() -> None:
    """The pages in ``docs/specification`` are the rendered ones."""
    made = markdown.pages(build(), rules_at="../rules")
    assert {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/specification").iterdir()} == made


def hostile(value: Any, name: str = "") -> Any:
    """A copy in which every string that may come from others is hostile; equal strings stay equal."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        copied = {field.name: hostile(getattr(value, field.name), field.name) for field in dataclasses.fields(value)}
        return type(value)(**copied)
    if isinstance(value, tuple):
        return tuple(hostile(one, name) for one in value)
    if isinstance(value, str) and name not in ("anchor", "tier", "effect"):
        return type(value)(value + EVIL) if isinstance(value, Code) else value + EVIL
    return value


def test_hostile_strings_stay_text_in_html() -> None:
    """A string with HTML in it creates no element, no attribute and no link."""
    parsed = Parsed(page(hostile(DOCUMENT)))
    names = [tag for tag, _ in parsed.elements]
    assert (names.count("script"), names.count("img")) == (1, 0)
    assert {name for _, attributes in parsed.elements for name in attributes if name.startswith("on")} == set()
    assert all(link["href"].startswith("#") for link in parsed.all("a"))
    assert (parsed.unbalanced, parsed.open) == ([], [])


def test_hostile_strings_stay_text_in_markdown() -> None:
    """A string with HTML or Markdown in it creates no element and no link; manuals of rules come from the package."""
    evil: Document = hostile(DOCUMENT)
    evil = dataclasses.replace(
        evil,
        rules=tuple(dataclasses.replace(rule, summary="A rule.", facts="A fact.", sections=()) for rule in evil.rules),
    )
    parsed = Parsed(READER.render(markdown.whole(evil)))
    names = [tag for tag, _ in parsed.elements]
    assert (names.count("script"), names.count("img")) == (0, 0)
    assert all(link["href"].startswith("#") for link in parsed.all("a") if "href" in link)


@given(TEXT)
def test_escaped_text_is_shown_literally(text: str) -> None:
    """Any escaped text is shown literally, in a paragraph and in a cell of a table."""
    wanted = " ".join(text.split())
    escaped = markdown.escaped(text)
    assert "".join(data for _, data in Parsed(READER.renderInline(escaped)).texts) == wanted
    cell = READER.render("\n".join(markdown.table(["a"], [escaped])))
    assert [data for tag, data in _joined(cell) if tag == "td"] == ([wanted] if wanted else [])


@given(TEXT)
def test_code_is_shown_literally(text: str) -> None:
    """Any text as inline code is shown literally, also in a cell of a table."""
    wanted = " ".join(text.split())
    assert "".join(data for _, data in Parsed(READER.renderInline(markdown.code(text))).texts) == wanted
    cell = READER.render("\n".join(markdown.table(["a"], [markdown.code(text)])))
    assert [data for tag, data in _joined(cell) if tag == "code"] == ([wanted] if wanted else [])


def _joined(text: str) -> list[tuple[str, str]]:
    """The text of each element in one piece, without blank ones."""
    found: list[tuple[str, str]] = []
    for tag, data in Parsed(text).texts:
        if found and found[-1][0] == tag:
            found[-1] = (tag, found[-1][1] + data)
        else:
            found.append((tag, data))
    return [(tag, data) for tag, data in found if data.strip()]


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_browser_runs_the_script(tmp_path: Path) -> None:
    """The policy allows the script of the page, which shows the hidden search."""
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    done = subprocess.run(
        [*command, "--dump-dom", f"file://{tmp_path}/index.html"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    (form,) = Parsed(done.stdout).all("form")
    assert "hidden" in PARSED.all("form")[0]
    assert "hidden" not in form
