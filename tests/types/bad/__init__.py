"""Samples of mistakes; each line that ends with the mark must be refused, and no other."""
