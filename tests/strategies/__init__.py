"""Generated events are what they are said to be."""
