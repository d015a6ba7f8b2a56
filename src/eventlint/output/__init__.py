"""Findings in, text out: one table of renderers; it must not know how findings are found, nor where text goes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from eventlint.output.base import Rendered, Renderer, Style, Summary

__all__ = ["RENDERERS", "Rendered", "Renderer", "Style", "Summary", "renderer"]

RENDERERS: dict[str, str] = {
    "text": "eventlint.output.text:Text",
    "concise": "eventlint.output.text:Concise",
    "json": "eventlint.output.json_format:Json",
    "jsonl": "eventlint.output.json_format:JsonLines",
    "sarif": "eventlint.output.sarif:Sarif",
    "github": "eventlint.output.github:GitHub",
    "gitlab": "eventlint.output.gitlab:GitLab",
    "junit": "eventlint.output.junit:JUnit",
    "markdown": "eventlint.output.markdown_table:Markdown",
}
"""Each format's name, and the class that renders it; the class is imported when it is asked for."""

_STATISTICS = "eventlint.output.text:Statistics"


def renderer(name: str, write: Callable[[str], object], style: Style) -> Renderer:
    """The renderer of a format.

    Args:
        name: One of :data:`RENDERERS`, or ``statistics``.
        write: Takes each piece of text.
        style: How text for people looks.
    """
    module, _, kind = RENDERERS.get(name, _STATISTICS).partition(":")
    found: Renderer = getattr(import_module(module), kind)(write, style)
    return found
