"""Rules of the tier ``loss``: what the server accepts and then drops or changes. One file per rule."""
