"""Tests of ``eventlint.ingest``."""
