"""The rule of the tier ``contract``; it must not know contracts, nor the rules that their authors name."""
