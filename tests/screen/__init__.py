"""Screens: what they promise, and that the fast path and the full check agree."""
