"""The rules of the tier loss: what the server accepts, and then loses or changes; one rule a file."""
