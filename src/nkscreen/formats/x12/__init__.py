"""ANSI X12: ocean manifests, bookings, bills of lading, status messages and shipping notices to shipments."""

from nkscreen.formats.x12.reading import is_x12, read_x12

__all__ = ["is_x12", "read_x12"]
