"""Renders the document as one self-contained HTML file.

Jinja escapes every string. Manuals are Markdown, rendered with HTML disabled. A content security policy allows only the
file's own style and script, each by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources
from typing import TYPE_CHECKING

from eventlint.docs.document_model import Code, Document, Inline
from eventlint.docs.markdown_pages import DISABLED, EFFECTS, TIERS_EXPLAINED
from eventlint.errors import UsageError

if TYPE_CHECKING:
    from jinja2 import Environment


def page(document: Document) -> str:
    """Render the document as HTML.

    Raises:
        UsageError: The libraries that it needs are not installed.
    """
    template = _environment().get_template("page.html.j2")
    texts = {"tiers": TIERS_EXPLAINED, "effects": EFFECTS, "disabled": DISABLED}
    style, script = _file("style.css"), _file("script.js")
    hashes = {"style_hash": _hash(style), "script_hash": _hash(script)}
    return template.render(document=document, style=style, script=script, **texts, **hashes).rstrip("\n") + "\n"


def _file(name: str) -> str:
    return resources.files("eventlint.docs").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The hash of a style or a script for a content security policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _environment() -> Environment:
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
        from markdown_it import MarkdownIt
        from markupsafe import Markup, escape
    except ImportError as error:
        raise UsageError(f"HTML needs {error.name}: pip install 'eventlint[docs]'") from error
    # Links are disabled because one could lead out of the file.
    reader = MarkdownIt("js-default", {"html": False}).disable(["image", "link", "autolink", "reference"])

    def manual(text: str, level: int = 0) -> Markup:
        """A section of a manual, with its headings moved down by a number of levels."""
        html: str = reader.render(text)
        return Markup(re.sub(r"(</?h)([1-6])", lambda found: f"{found[1]}{min(6, level + int(found[2]))}", html))  # noqa: S704

    def manual_line(text: str) -> Markup:
        return Markup(reader.renderInline(text))  # noqa: S704 - it escapes

    def sentence(parts: Inline) -> Markup:
        code = Markup("<code>{}</code>")
        return Markup().join(code.format(part) if isinstance(part, Code) else escape(part) for part in parts)

    environment = Environment(
        loader=FunctionLoader(_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(manual=manual, manual_line=manual_line, sentence=sentence, raw=Markup)
    return environment
