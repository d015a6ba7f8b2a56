"""Strings used in place of a missing value, and the parts of a URL's query."""

import re

from eventlint.jsontext.measures import query_of

PLACEHOLDERS = frozenset(
    {
        *("undefined", "null", "NULL", "Null", "None", "nil", "NaN", "Infinity", "-Infinity"),
        *("[object Object]", "[object HTMLElement]", "[object Undefined]", "[object Null]"),
        *("TODO", "TBD", "FIXME", "XXX", "N/A", "n/a", "(null)", "<nil>", "<null>", "{}", "[]", "%s", "%d"),
    }
)
"""What programs write where a value is missing, and people where they mean to write one later."""

TEMPLATE_STARTS = frozenset("{$<%#[")
"""With what a template begins that nobody has filled in."""

TEMPLATE_ENDS = (("".join(sorted(TEMPLATE_STARTS - {"%"})), ">]}"), ("%", ")}ds"))
"""Starts of templates, and of placeholders that begin like one, each with the characters with which they end."""

_TEMPLATE = r"\{\{.*\}\}|\$\{.*\}|<%.*%>|\{%.*%\}|#\{.*\}|%[({]\w+[)}]s?|\{[A-Za-z_]\w*\}|<[A-Za-z_][\w -]*>"


def is_placeholder(text: str) -> bool:
    """Whether a whole text is a placeholder, or a template that nobody has filled in."""
    if text in PLACEHOLDERS:
        return True
    return text[:1] in TEMPLATE_STARTS and len(text) < 200 and re.fullmatch(_TEMPLATE, text) is not None


def parameters(url: str) -> list[tuple[str, str]]:
    """The names and values in the query of a URL, decoded, in their order."""
    from urllib.parse import unquote

    pairs = [part.partition("=") for part in re.split("[&;]", query_of(url))]
    return [(unquote(name), unquote(value)) for name, _, value in pairs if value]
