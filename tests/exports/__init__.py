"""Tests of ``eventlint.exports``, with the tools that the exports are for."""
