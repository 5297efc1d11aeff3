"""Text that the formats cut into lines of fixed width, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence

WIDTHS = frozenset({35, 45, 50, 70, 512})
"""Field widths at which EDIFACT and X12 cut: names 35, N10 45, L5 50, FTX 70 (512 from D.00)."""

NAME_WIDTH = 35
"""A name of this length, or a little less where the cut fell on a space, may go on."""

_FORM = re.compile(
    r"(?:^|[\s,.])(?:LTD|LTDA|LIMITED|LLC|L\.L\.C|INC|CORP|CORPORATION|CO|COMPANY|GMBH|AG|S\.?A|SAS|S\.?P\.?A|B\.?V|N\.?V"
    r"|PLC|PTE|PTY|JSC|OOO|SRL|S\.?R\.?L|BHD|SDN BHD|A/S|OY|KG)\.?\)?$",
    re.IGNORECASE,
)


def joined(lines: Sequence[str]) -> str:
    """Lines as one text: without a space where a line fills its width, with one where it does not.

    Of three lines and more the longest tells the width; it is also one of the known ones.
    """
    lines = [line for line in lines if line.strip()]
    longest = max(map(len, lines), default=0)
    widths = WIDTHS | {longest} if len(lines) > 2 and longest >= NAME_WIDTH else WIDTHS
    text = ""
    for index, line in enumerate(lines):
        cut = index and len(lines[index - 1]) in widths
        text += line if cut or not index else f" {line.lstrip()}"
    return text.strip()


def named(first: str, further: Sequence[str]) -> dict[str, object]:
    """A party's name from its first line and lines that continue it: the name, what else it may be, and whether it may
    be cut. The join with and without a space and the first line alone are all kept, since a cut may fall anywhere."""
    lines = [line.strip() for line in (first, *further) if line.strip()]
    if not lines:
        return {}
    name = joined(lines)
    found: dict[str, object] = {"name": name}
    aliases = [" ".join(lines), "".join(lines), lines[0]] if len(lines) > 1 else []
    if aliases := [alias for alias in dict.fromkeys(aliases) if alias != name]:
        found["aliases"] = aliases
    if any(len(line) >= NAME_WIDTH - 1 for line in lines) or len(lines) > 1:
        found["name_truncated"] = True
    return found


def continues(name: str, line: str) -> bool:
    """Whether an address line looks like the end of the name above it: a bracket left open, or a company's legal form
    that the name has not, in a line without a number."""
    if name.count("(") > name.count(")"):
        return ")" in line
    bare = line.strip()
    if any(map(str.isdigit, bare)) or len(bare) > NAME_WIDTH or not bare:
        return False
    return bool(_FORM.search(bare)) and not _FORM.search(name.strip())


def looks_like_text(value: str) -> bool:
    """Whether a value may be words rather than a code: letters on both sides of a space."""
    left, _, right = value.strip().partition(" ")
    return any(map(str.isalpha, left)) and any(map(str.isalpha, right))
