"""Tests of runs over large files."""
