"""Tests of custom contracts."""
