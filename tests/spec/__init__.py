"""Tests of ``eventlint.spec``."""
