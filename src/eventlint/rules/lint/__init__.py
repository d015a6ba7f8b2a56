"""Rules of the tier ``lint``: what the server stores but is probably a mistake. One file per rule."""
