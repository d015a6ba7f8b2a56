"""Knows ordinary URLs at a glance; it must not know how odd ones are read."""

import re

is_plain_url = re.compile(r"(?:https?://[a-z0-9.]+(?:/[\w/.?=&%#-]*)?)?\Z").match
"""Whether a text is an ordinary URL, or empty."""
