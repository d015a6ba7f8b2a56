"""Fuzzes eventlint with events of a grammar that does not use eventlint's schemas or readers: ``python -m tools.fuzz``."""
