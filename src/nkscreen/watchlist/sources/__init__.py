"""Readers of published lists, one file a publisher, all of one shape: `read(path) -> Snapshot`."""
