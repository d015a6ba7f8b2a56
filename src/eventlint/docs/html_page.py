"""The document as one HTML file that needs no other and asks nothing of a network; it must not know schemas or rules.

Every text goes through Jinja's escaping. Manuals are Markdown, in which HTML is switched off. A policy in the file
allows its own style and script, each by its hash, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources
from typing import TYPE_CHECKING, Any

from eventlint.docs.document_model import Code, Document, Inline
from eventlint.docs.markdown_pages import EFFECTS, TIER_SAYS
from eventlint.errors import UsageError
from eventlint.model import TIERS

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = "templates"


def page(document: Document) -> str:
    """The file.

    Args:
        document: What is told.

    Raises:
        UsageError: The libraries that it needs are not installed.
    """
    style, script = _file("style.css"), _file("script.js")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            document=document,
            tiers=TIERS,
            tier_says=TIER_SAYS,
            effects=EFFECTS,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
        .rstrip("\n")
        + "\n"
    )


def _file(name: str) -> str:
    return resources.files("eventlint.docs").joinpath(_FOLDER, name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The hash of a style or a script, as a policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _environment() -> Environment:
    try:
        from jinja2 import Environment, FunctionLoader, StrictUndefined
        from markdown_it import MarkdownIt
        from markupsafe import Markup, escape
    except ImportError as error:
        raise UsageError(f"HTML needs {error.name}: pip install 'eventlint[docs]'") from error
    # A manual has no need of links, and one could lead out of the file.
    reader = MarkdownIt("js-default", {"html": False}).disable(["image", "link", "autolink", "reference"])

    def manual(text: str, level: int = 0) -> Markup:
        """A text of a manual; with a level, its headings stand below it."""
        made: str = reader.render(text)
        return Markup(re.sub(r"(</?h)([1-6])", lambda found: f"{found[1]}{min(6, level + int(found[2]))}", made))  # noqa: S704

    def manual_line(text: str) -> Markup:
        """A line of a manual."""
        return Markup(reader.renderInline(text))  # noqa: S704 - it escapes

    def sentence(parts: Inline) -> Markup:
        """A sentence in parts."""
        made = Markup()
        for part in parts:
            made += Markup("<code>{}</code>").format(part) if isinstance(part, Code) else escape(part)
        return made

    filters: dict[str, Any] = {"manual": manual, "manual_line": manual_line, "sentence": sentence, "raw": Markup}
    environment = Environment(
        loader=FunctionLoader(_file),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment
