"""Contracts of one's own, laid over the server's: the door to them; it must not know files of events, or output.

They are JSON Schemas that events must fit besides. They are only asked about events that the server takes, so they can
make eventlint refuse more, and never less.
"""

from eventlint.contract.contract import Contract, load_contract
from eventlint.contract.rule_listing import ContractRule

__all__ = ["Contract", "ContractRule", "load_contract"]
