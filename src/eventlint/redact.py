"""Finds secrets and personal data in text and redacts them.

These are redacted: user and password in a URL, values of parameters whose names indicate a secret, bearer and basic
tokens, e-mail addresses, and telephone numbers. Each character becomes an asterisk, so that columns stay the same. The
time is linear in the length of the text.
"""

from __future__ import annotations

import re

EMAIL = r"(?<![\w.+-])[\w.+-]++(?:@|%40)[\w-]++(?:\.[\w-]++)+"
"""An e-mail address, plain or in a URL."""

PHONE = r"""(?<![\w+.-]) (?: (?:\+|%2B) [1-9] (?:[\s().-]{0,2} \d){7,14} (?![\w-])
    | (?:\(\d{3}\)\s? | \d{3}[-.\s]) \d{3} [-.\s] \d{4} (?![\w-]) )"""
"""A telephone number with a plus sign or in North American form; a verbose expression."""

SECRET_NAME_ENDINGS = (
    *("token", "password", "passwd", "pwd", "secret", "api_key", "api-key", "apikey", "session", "sessionid"),
    *("session_id", "sid", "jwt", "auth", "key", "sig", "signature", "code"),
)
"""The last words of the names of parameters that hold a secret, in lower case."""

SECRET_NAME = rf"""(?:access_?|auth_?|id_?|refresh_?|session_?|api_?|client_?|csrf_?|xsrf_?|x-)?
    (?:{"|".join(SECRET_NAME_ENDINGS)})"""
"""The name of a parameter that holds a secret. It is a verbose expression."""

_PREFILTER = r"(?i:[@=+]|bearer|basic|%3d|%40|%2b|\d{3}[-.)\s]\s?\d{3}[-.\s]\d{4})"
_SECRETS = rf"""(?ix)
    (?: (?<=://) | (?<=:~1~1) | (?<=:\\/\\/) ) [^\s/?\#@"'\\]++ (?=@)
    | (?<![\w-]) {SECRET_NAME} (?:=|%3D) (?P<value>[^\s&;\#"'\\\]]++)
    | \b (?:bearer|basic) \s (?P<bearer>[\w.~+/=-]{{8,}}+)
    | {EMAIL}
    | {PHONE}
"""


def redact(text: str) -> str:
    """Replace each character of a secret with an asterisk."""
    return re.sub(_SECRETS, _asterisks, text) if re.search(_PREFILTER, text) else text


def _asterisks(match: re.Match[str]) -> str:
    secret = match["value"] or match["bearer"] or match[0]
    return match[0][: -len(secret)] + "*" * len(secret)
