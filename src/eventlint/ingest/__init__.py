"""What becomes of an accepted event: how the ingest pipeline takes URLs apart; it must not know rules or requests."""
