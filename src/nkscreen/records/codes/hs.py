"""Harmonized System codes: digits by pairs, chapter first, with the leading zeros that spreadsheets lose put back."""

from __future__ import annotations

import re

from nkscreen.records.codes._text import clean, remembered

LONGEST = 12
"""Digits of the longest national tariff code; the first six are the same everywhere."""

RESERVED_CHAPTER = "77"
"""Chapter 77 is kept empty in the Harmonized System. 98 and 99 are national chapters, which customs data do use."""

_LABEL = re.compile(
    r"^(?:HS|HTS|HTSUS|HSN|NCM|TARIC|H\.S\.|TARIFF)(?: ?(?:CODE|NO|NUMBER)\.?)?[\s:#.-]*", re.IGNORECASE
)
_GROUPS = re.compile(r"[0-9]+(?:[. -][0-9]+)*\.?")


@remembered
def parse(text: str) -> str | None:
    """The digits of a code, an even number of them from 2 to 12, or None.

    An odd number of digits has lost a zero: at the front where a spreadsheet took the code for a whole number
    (`30617` is `030617`), at the end where it took it for a decimal one (`8451.3` is `8451.30`). `8451.0` is `8451`.
    """
    bare = _LABEL.sub("", clean(text))
    if not _GROUPS.fullmatch(bare):
        return None
    head, *tail = re.split(r"[. -]", bare.rstrip("."))
    if tail == ["0"] or (len(tail) == 1 and len(head) > 4 and not tail[0].strip("0")):
        tail = []  # a whole number written as a decimal one
    digits = head + "".join(tail)
    if len(digits) % 2:
        digits = f"{digits}0" if tail and len(head) % 2 == 0 else f"0{digits}"
    chapter = digits[:2]
    return digits if 2 <= len(digits) <= LONGEST and chapter not in ("00", RESERVED_CHAPTER) else None


def why(text: str) -> str:
    """One sentence on why a text is not read as an HS code, and what to write instead."""
    shown = text[:60]
    digits = re.sub(r"[^0-9]", "", shown)
    if digits.startswith((RESERVED_CHAPTER, "00")) and digits.strip("0"):
        return (
            f"“{shown}” has no chapter of the Harmonized System (01 to 97, 98 and 99); write the code from its heading."
        )
    if re.fullmatch(r"\s*[0-9.]+E\+?[0-9]+\s*", shown, re.IGNORECASE):
        return f"“{shown}” was rounded by a spreadsheet; write the code as text."
    return f"“{shown}” is no HS code; write 2 to {LONGEST} digits, such as 2701.12."
