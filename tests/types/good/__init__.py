"""Samples that both type checkers must take."""
