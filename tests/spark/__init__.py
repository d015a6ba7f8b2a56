"""Spark: the same verdicts as the command, on DataFrames."""
