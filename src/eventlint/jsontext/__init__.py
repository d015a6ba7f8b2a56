"""JSON as the server reads it: bytes to tokens, objects to bytes, offsets to positions."""
