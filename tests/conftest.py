"""Settings of Hypothesis for all tests."""

from hypothesis import HealthCheck, settings

# How fast a machine is must not decide whether a test passes: the first draw builds tables of characters.
settings.register_profile("eventlint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("eventlint")
