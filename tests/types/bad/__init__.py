"""Samples of mistakes; each line that ends with the mark must be rejected, and no other."""
