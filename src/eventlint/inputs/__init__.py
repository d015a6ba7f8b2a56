"""Files in, events out, each with its position in the file."""
