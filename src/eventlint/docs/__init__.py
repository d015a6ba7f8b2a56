"""Documentation of the events and the rules, made from the schemas and the rules; it must not know files or streams.

:func:`build` makes a :class:`Document`, which knows no format. The renderers take one:
:mod:`eventlint.docs.markdown_pages` and :mod:`eventlint.docs.html_page` (the latter needs the extra ``docs``).
"""

from eventlint.docs.builder import build
from eventlint.docs.document_model import Document, OwnRule

__all__ = ["Document", "OwnRule", "build"]
