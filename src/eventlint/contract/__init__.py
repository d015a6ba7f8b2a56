"""Custom contracts: JSON Schemas of an organization that events must match in addition to the server's rules.

A contract only checks events that the server accepts, so it can make eventlint reject more, and never less.
"""

from eventlint.contract.contract import Contract, load_contract
from eventlint.contract.rule_listing import ContractRule

__all__ = ["Contract", "ContractRule", "load_contract"]
