"""Recognizes ordinary URLs with one regular expression."""

import re

_SIGNS = r"0-9A-Za-z_!.~'()*;:@&=+$,\-"

is_plain_url = re.compile(
    r"(?:https?://[0-9A-Za-z.\-]++(?::[0-9]{1,5})?+"
    rf"(?:/(?:[{_SIGNS}/]++|%[0-9A-Fa-f]{{2}})*+)?+"
    rf"(?:\?(?:[{_SIGNS}/?]++|%[0-9A-Fa-f]{{2}})*+)?+"
    rf"(?:#(?:[{_SIGNS}/?]++|%[0-9A-Fa-f]{{2}})*+)?+)?+\Z"
).match
"""Whether a string is empty or an ordinary HTTP URL without credentials, which the pipeline always parses."""
