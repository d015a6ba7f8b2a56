"""Knows ordinary URLs at a glance; it must not know how odd ones are read."""

import re

_SIGNS = r"0-9A-Za-z_!.~'()*;:@&=+$,\-"

is_plain_url = re.compile(
    r"(?:https?://[0-9A-Za-z.\-]++(?::[0-9]{1,5})?+"
    rf"(?:/(?:[{_SIGNS}/]++|%[0-9A-Fa-f]{{2}})*+)?+"
    rf"(?:\?(?:[{_SIGNS}/?]++|%[0-9A-Fa-f]{{2}})*+)?+"
    rf"(?:#(?:[{_SIGNS}/?]++|%[0-9A-Fa-f]{{2}})*+)?+)?+\Z"
).match
"""Whether a text is an absolute URL of the web without a user, or empty, so that it can surely be taken apart."""
