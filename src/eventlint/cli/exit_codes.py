"""The exit codes; the highest that applies wins."""

CLEAN = 0
"""Nothing was found of the tiers that fail."""

FINDINGS = 1
"""There are findings of the tiers that fail."""

USAGE = 2
"""The command line cannot be understood."""

NO_INPUT = 3
"""There was nothing to check."""

FAILED = 4
"""The job could not be done: an unreadable file, a broken configuration or schema."""

INTERRUPTED = 130
"""The run was interrupted from the keyboard."""
