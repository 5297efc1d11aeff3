"""UN/EDIFACT: transport, customs and terminal messages to shipments and vessels."""

from nkscreen.formats.edifact.reading import is_edifact, read_edifact

__all__ = ["is_edifact", "read_edifact"]
