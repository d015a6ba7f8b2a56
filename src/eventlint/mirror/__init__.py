"""The mirror of the server: requests in, answers out; it must not know findings, files or output."""
