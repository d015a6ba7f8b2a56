"""Exports are held against the tools that they are made for."""
