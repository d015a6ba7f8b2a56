"""Tests of the native engine; all that need it are skipped if it is not built."""
