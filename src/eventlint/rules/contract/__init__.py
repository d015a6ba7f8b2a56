"""The rule of the tier ``contract``."""
