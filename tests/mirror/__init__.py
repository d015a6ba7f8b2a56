"""Tests of ``eventlint.mirror``."""
