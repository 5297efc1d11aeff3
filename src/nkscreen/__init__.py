"""nkscreen."""
