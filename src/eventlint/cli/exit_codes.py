"""The exit codes; if several apply, the highest wins."""

CLEAN = 0
"""No findings of the tiers that make the run fail."""

FINDINGS = 1
"""Findings of the tiers that make the run fail."""

USAGE = 2
"""The command line is wrong."""

NO_INPUT = 3
"""Nothing was checked."""

FAILED = 4
"""I/O or configuration error."""

INTERRUPTED = 130
"""The user interrupted the run."""
