"""Who is named in the running texts of a record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nkscreen.alerts import Hit
from nkscreen.matching import Matcher
from nkscreen.records import Record


def text_hits(
    matcher: Matcher, record: Record, day: date, least: float, others: Iterable[Hit]
) -> tuple[tuple[Hit, ...], ...]:
    """Of each text of a record the listed entities named in it, save those that the whole text was a name of
    (`others`)."""
    known = {(hit.key, hit.path) for hit in others}
    return tuple(
        tuple(
            hit
            for hit in matcher.hits_in_text(path, text, day, least)
            if (hit.key, path.removesuffix(".text")) not in known
        )
        for path, text in record.texts()
    )
