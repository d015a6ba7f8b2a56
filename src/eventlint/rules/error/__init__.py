"""Rules of the tier ``error``: what the server rejects. One file per rule."""
