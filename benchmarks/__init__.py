"""Benchmarks: the speed of eventlint relative to other programs in the same run."""
