"""The rules of the tier lint: what is stored, yet most likely not what was meant; one rule a file."""
