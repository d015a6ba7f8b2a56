"""Fixes: edits of a payload's bytes."""
