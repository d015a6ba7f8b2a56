"""Documentation of events and rules, generated from the schemas and the rules.

:func:`build` returns a :class:`Document`, which is independent of any format. Two renderers write it:
:mod:`eventlint.docs.markdown_pages` and :mod:`eventlint.docs.html_page` (which needs the extra ``docs``).
"""

from eventlint.docs.builder import build
from eventlint.docs.document_model import ContractRule, Document

__all__ = ["ContractRule", "Document", "build"]
