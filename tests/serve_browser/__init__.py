"""The page of the endpoint, and real trackers, in a browser."""
