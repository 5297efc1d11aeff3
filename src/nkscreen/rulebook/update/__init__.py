"""Updates of a rule pack: its lock, its packed and signed form, and what a new version changes."""
