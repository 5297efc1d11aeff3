"""Codes that records carry, one file each: `parse(text)` gives the canonical code or None, `why(text)` the reason."""
