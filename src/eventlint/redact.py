"""Knows secrets and personal data by their looks, and hides them; it must not know where a text comes from.

Each character of a secret becomes an asterisk, so that places in a line stay where they are. Hidden are: the user and
the password in a URL, the values of parameters that are named like secrets, bearer and basic tokens, e-mail addresses,
and telephone numbers. The work is linear in the length of the text.
"""

from __future__ import annotations

import re

EMAIL = r"(?<![\w.+-])[\w.+-]++(?:@|%40)[\w-]++(?:\.[\w-]++)+"
"""An e-mail address, as it stands in a text or in a URL."""

PHONE = r"""(?<![\w+.-]) (?: (?:\+|%2B) [1-9] (?:[\s().-]{0,2} \d){7,14} (?![\w-])
    | (?:\(\d{3}\)\s? | \d{3}[-.\s]) \d{3} [-.\s] \d{4} (?![\w-]) )"""
"""A telephone number: with a plus sign, or as it is written in North America. It is an expression of several lines."""

SECRET_NAME_ENDINGS = (
    *("token", "password", "passwd", "pwd", "secret", "api_key", "api-key", "apikey", "session", "sessionid"),
    *("session_id", "sid", "jwt", "auth", "key", "sig", "signature", "code"),
)
"""The last words of the names of parameters that hold a secret, in lower case."""

SECRET_NAME = rf"""(?:access_?|auth_?|id_?|refresh_?|session_?|api_?|client_?|csrf_?|xsrf_?|x-)?
    (?:{"|".join(SECRET_NAME_ENDINGS)})"""
"""The name of a parameter that holds a secret. It is an expression of several lines."""

_QUICK = r"(?i:[@=+]|bearer|basic|%3d|%40|%2b|\d{3}[-.)\s]\s?\d{3}[-.\s]\d{4})"
_SECRETS = rf"""(?ix)
    (?: (?<=://) | (?<=:~1~1) | (?<=:\\/\\/) ) [^\s/?\#@"'\\]++ (?=@)
    | (?<![\w-]) {SECRET_NAME} (?:=|%3D) (?P<value>[^\s&;\#"'\\\]]++)
    | \b (?:bearer|basic) \s (?P<bearer>[\w.~+/=-]{{8,}}+)
    | {EMAIL}
    | {PHONE}
"""


def redact(text: str) -> str:
    """A text with its secrets hidden; it has as many characters as before."""
    return re.sub(_SECRETS, _stars, text) if re.search(_QUICK, text) else text


def _stars(match: re.Match[str]) -> str:
    whole = match[0]
    secret = match["value"] or match["bearer"]
    if secret is None:
        return "*" * len(whole)
    return whole[: len(whole) - len(secret)] + "*" * len(secret)
