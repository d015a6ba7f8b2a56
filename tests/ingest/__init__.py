"""How the ingest pipeline reads URLs."""
