"""Harmonized System codes: digits by pairs, chapter first, with the leading zeros that spreadsheets lose put back."""

from __future__ import annotations

import re

from nkscreen.records.codes._text import MAX_LENGTH, clean, remembered

LONGEST = 12
"""Digits of the longest national tariff code; the first six are the same everywhere."""

RESERVED_CHAPTER = "77"
"""Chapter 77 is kept empty in the Harmonized System. 98 and 99 are national chapters, which customs data do use."""

_LABEL = re.compile(
    r"^(?:HS|HTS|HTSUS|HSN|NCM|TARIC|H\.S\.|TARIFF)(?: ?(?:CODE|NO|NUMBER)\.?)?[\s:#.-]*", re.IGNORECASE
)
_GROUPS = re.compile(r"[0-9]+(?:[. -][0-9]+)*\.?")
_BETWEEN = re.compile(r"[,;|/&+\n]|\band\b"), re.compile(r"\s+")

PAIR, HEADING, SUBHEADING = 2, 4, 6
"""Digits of the parts of a code; national tariffs go on from the subheading."""


@remembered
def parse(text: str) -> str | None:
    """The digits of a code, an even number of them from 2 to 12, or None.

    An odd number of digits has lost a zero: at the front where a spreadsheet took the code for a whole number
    (`30617` is `030617`), at the end where it took it for a decimal one (`8451.3` is `8451.30`). `8451.0` is `8451`.
    Two codes in one text (`2208.30 2204.21`) are not read as one; `several` gives them.
    """
    bare = _LABEL.sub("", clean(text))
    if not _GROUPS.fullmatch(bare):
        return None
    head, *tail = re.split(r"[. -]", bare.rstrip("."))
    if not _one_code(bare, [head, *tail]):
        return None
    if tail == ["0"] or (len(tail) == 1 and len(head) > 4 and not tail[0].strip("0")):
        tail = []  # a whole number written as a decimal one
    digits = head + "".join(tail)
    if len(digits) % 2:
        digits = f"{digits}0" if tail and len(head) % 2 == 0 else f"0{digits}"
    chapter = digits[:2]
    return digits if 2 <= len(digits) <= LONGEST and chapter not in ("00", RESERVED_CHAPTER) else None


def several(text: str) -> tuple[str, ...]:
    """The codes of a text that lists more than one (`2208.30, 2204.21`), each at least a heading; else nothing."""
    if len(text) > MAX_LENGTH or parse(text):
        return ()
    for between in _BETWEEN:
        parts = [part for part in between.split(_LABEL.sub("", clean(text))) if part.strip()]
        found = [code for part in parts if (code := parse(part)) and len(code) >= HEADING]
        # All or none: of a code among words the words may say what it is.
        if len(found) == len(parts) > 1:
            return tuple(dict.fromkeys(found))
    return ()


def _one_code(text: str, groups: list[str]) -> bool:
    """Whether groups of digits continue one another: by pairs, or by four digits of a national tariff at the end."""
    *before, last = groups
    digits = sum(map(len, before))
    if any(len(group) > PAIR for group in before[1:]) or not before:
        return not before
    if len(last) <= PAIR or (len(before) == 1 and not last.strip("0")):
        return True
    if digits <= HEADING:
        # "2208 2204" are two headings; no heading ends in 00, so that "8451 3000" is one code.
        return len(last) <= HEADING and ("." in text or last.endswith("00"))
    uniform = len(set(re.findall(r"[. -]", text.rstrip(".")))) == 1
    return digits <= SUBHEADING and len(last) <= HEADING and uniform and len(before) > 1


def why(text: str) -> str:
    """One sentence on why a text is not read as an HS code, and what to write instead."""
    shown = text[:60]
    if several(text):
        return f"“{shown}” lists several HS codes; write one line of goods for each."
    digits = re.sub(r"[^0-9]", "", shown)
    if digits.startswith((RESERVED_CHAPTER, "00")) and digits.strip("0"):
        return (
            f"“{shown}” has no chapter of the Harmonized System (01 to 97, 98 and 99); write the code from its heading."
        )
    if re.fullmatch(r"\s*[0-9.]+E\+?[0-9]+\s*", shown, re.IGNORECASE):
        return f"“{shown}” was rounded by a spreadsheet; write the code as text."
    return f"“{shown}” is no HS code; write 2 to {LONGEST} digits, such as 2701.12."
