"""Fedwire's own message format, with tags such as {4200}, which ISO 20022 replaced in July 2025; archives keep it."""

from nkscreen.formats.fedwire.reading import known, read_fedwire

__all__ = ["known", "read_fedwire"]
