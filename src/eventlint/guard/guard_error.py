"""The exception for a guard that could not do its work; it must not know how it works."""

from eventlint.errors import EventlintError


class GuardError(EventlintError):
    """The guard itself failed, and its policy is to send nothing then; what went wrong is its ``__cause__``."""
