"""AIS files to frames: one reader a format, one schema for all."""
