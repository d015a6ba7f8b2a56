"""The mirror of the server: answers requests byte for byte as each release does."""
