"""Requests in text files: the grammars of two dialects, the dev console and the HTTP file."""
