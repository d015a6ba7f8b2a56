"""Tests of ``eventlint.jsontext``."""
