"""Settings of Hypothesis for all tests, and of coverage for the programs that they start."""

import os

from hypothesis import HealthCheck, settings

if "PYTEST_XDIST_WORKER" in os.environ:
    # Only the processes of the tests are measured: some tests list what the programs that they start import.
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)

# How fast a machine is must not decide whether a test passes: the first draw builds tables of characters.
settings.register_profile("eventlint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("eventlint")
