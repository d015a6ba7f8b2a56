"""Tests of ``eventlint.docs``."""
