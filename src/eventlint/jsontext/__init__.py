"""The server's JSON reader: bytes in, tokens and faults with places out; it must not know events or answers."""
