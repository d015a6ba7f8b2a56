"""Typed samples: what type checkers must take, and what they must reject."""
