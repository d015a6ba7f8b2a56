"""Fixes: the only code that edits a user's files."""
