"""The rules of the tier error: what the server refuses; one rule a file, and each file knows no other."""
