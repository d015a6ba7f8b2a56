"""Fuzzes eventlint with events of its own grammar: ``python -m tools.fuzz``."""
