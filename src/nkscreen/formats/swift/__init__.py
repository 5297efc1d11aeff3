"""SWIFT MT messages: blocks and fields, parties in all their options, payments."""

from nkscreen.formats.swift.reading import known, read_swift

__all__ = ["known", "read_swift"]
