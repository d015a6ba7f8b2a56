"""Editors use the language server."""
