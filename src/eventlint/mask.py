"""Hides secrets in text for people; it must not know where the text comes from, nor any other module.

Each character of a secret becomes an asterisk, so that places in a line stay where they are. Hidden are: the user and
the password in a URL, the values of parameters that are named like secrets, bearer and basic tokens, and e-mail
addresses. The work is linear in the length of the text.
"""

from __future__ import annotations

import re

_QUICK = "[@=]|(?i:bearer|basic)|%3[dD]"
_SECRETS = r"""(?ix)
    (?: (?<=://) | (?<=:~1~1) | (?<=:\\/\\/) ) [^\s/?\#@"'\\]++ (?=@)
    | (?<![\w-]) (?:access_?|auth_?|id_?|refresh_?|session_?|api_?|client_?|x-)?
      (?:token|password|passwd|pwd|secret|api_?key|session|sessionid|auth|key|sig|signature|code)
      (?:=|%3D) (?P<value>[^\s&;\#"'\\\]]++)
    | \b (?:bearer|basic) \s (?P<bearer>[\w.~+/=-]{8,}+)
    | (?<![\w.+-]) [\w.+-]++ @ [\w-]++ (?:\.[\w-]++)+
"""


def masked(text: str) -> str:
    """A text with its secrets hidden; it has as many characters as before."""
    return re.sub(_SECRETS, _stars, text) if re.search(_QUICK, text) else text


def _stars(match: re.Match[str]) -> str:
    whole = match[0]
    secret = match["value"] or match["bearer"]
    if secret is None:
        return "*" * len(whole)
    return whole[: len(whole) - len(secret)] + "*" * len(secret)
