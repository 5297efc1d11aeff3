"""What a report needs to know of a quarantined record, whichever reader set it aside."""

from __future__ import annotations

from typing import Protocol

from nkscreen.records import Source


class QuarantinedItem(Protocol):
    """A record that could not be read: its place, why and what to do, the field at fault and the raw content."""

    @property
    def source(self) -> Source: ...

    @property
    def reason(self) -> str: ...

    @property
    def field(self) -> str: ...

    @property
    def raw(self) -> dict[str, str] | str: ...
