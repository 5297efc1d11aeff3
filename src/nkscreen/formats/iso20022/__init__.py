"""ISO 20022 messages: payments of any version in any wrapper, read by the local names of their elements."""

from nkscreen.formats.iso20022.reading import known, read_iso20022

__all__ = ["known", "read_iso20022"]
