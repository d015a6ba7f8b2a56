"""JSON Schema documents: reading, lint, and comparison."""
