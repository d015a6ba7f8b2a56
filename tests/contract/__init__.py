"""Tests of the room ``overlay``."""
