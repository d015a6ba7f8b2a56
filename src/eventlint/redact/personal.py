"""E-mail addresses and telephone numbers: the expressions that redaction and the rule ``personal-data`` share."""

from __future__ import annotations

from eventlint.redact.expressions import Span, compiled
from eventlint.redact.quick_tests import may_have_at_in_brackets, may_have_phone, part_with_at_signs

NOT_A_DOMAIN = r"(?!(?:png|jpe?g|gif|svg|webp|avif|ico|css|m?js|ts|jsx|tsx|json|html?|php|woff2?|map)\b)"
"""What is not the last part of a domain, although it looks like one: the suffixes of files."""

_DOMAIN = rf"(?:(?:[\w-]++\.)+(?:{NOT_A_DOMAIN}[^\W\d_]{{2,24}}|xn--[\w-]+)(?![\w-])|\[[0-9A-Fa-f:.]{{3,45}}\])"

EMAIL = (
    rf"""(?<![\w.+'!$*^`{{|}}~%-])(?!'?git@)(?:[\w.+'!$*^`{{|}}~-]|%(?!40)[0-9A-Fa-f]{{2}})++"""
    rf"(?:@|%40|＠){_DOMAIN}"
)
"""An e-mail address, plain or in a URL. The last part of the domain is not a number, as in ``node@18.0.0``, nor the
suffix of a file, as in ``logo@2x.png``."""

PHONE = r"""(?<![\w+.-]) (?: (?:\+|%2B) [1-9] (?:[\s().-]{0,2} \d){7,14} (?![\w-])
    | (?:\([2-9]\d{2}\)\s? | [2-9]\d{2}[-.\s]) [2-9]\d{2} [-.\s] \d{4} (?![\w-]) )"""
"""A telephone number with a plus sign or in North American form, in which neither the area code nor the exchange begins
with 0 or 1; a verbose expression."""

_ODD_EMAIL = rf"""(?ix)
    " [\w\ .+'-]{{1,64}} " @ {_DOMAIN}
    | (?<![\w.+-]) (?:[\w.+-]++) (?: \s@\s?{_DOMAIN}
        | \s? [(\[{{] \s? at \s? [)\]}}] \s? [\w-]++ (?: (?: \. | \s? [(\[{{] \s? dot \s? [)\]}}] \s? ) [\w-]++ )++ )"""
"""An e-mail address with a quoted name, with spaces, or disguised: ``jane (at) example (dot) com``."""


def personal_spans(text: str, text_shape: str) -> list[Span]:
    """The start and the end of each e-mail address and telephone number.

    Args:
        text: The text.
        text_shape: Its shape, see :func:`eventlint.redact.quick_tests.shape`.
    """
    found = []
    has_sign = "@" in text
    if "＠" in text or (has_sign and "%40" in text):
        found += [match.span() for match in compiled(EMAIL).finditer(text)]
    elif has_sign:
        found += [match.span() for match in compiled(EMAIL).finditer(text, *part_with_at_signs(text))]
    if (has_sign and ('"@' in text or " @" in text)) or may_have_at_in_brackets(text_shape):
        found += [match.span() for match in compiled(_ODD_EMAIL).finditer(text)]
    if may_have_phone(text, text_shape):
        found += [match.span() for match in compiled(f"(?x){PHONE}").finditer(text)]
    return found
