"""Findings in, text out: one renderer for each output format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from eventlint.output.base import Rendered, Renderer, Style, Summary
from eventlint.output.summary import summary_line

__all__ = [
    "RENDERERS",
    "Rendered",
    "Renderer",
    "Style",
    "Summary",
    "renderer",
    "summary_line",
]

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
"""The name of each format, and its class, which is imported on first use."""

STATISTICS: dict[str, str] = {
    "statistics": "eventlint.output.statistics:Statistics",
    "statistics-json": "eventlint.output.statistics:StatisticsJson",
}
"""The renderers of ``--statistics``."""


def renderer(name: str, write: Callable[[str], object], style: Style) -> Renderer:
    """Create the renderer of a format: one of :data:`RENDERERS` or :data:`STATISTICS`."""
    module, _, class_name = {**RENDERERS, **STATISTICS}[name].partition(":")
    found: Renderer = getattr(import_module(module), class_name)(write, style)
    return found
