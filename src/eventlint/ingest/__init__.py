"""What the ingest pipeline does with an accepted event: how it parses URLs."""
