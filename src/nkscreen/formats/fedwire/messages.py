"""From the text or JSON of messages to tags with their parts.

A tag is four digits in braces; what follows are parts of fixed width, or parts that each end with `*`. JSON as the
moov-io/wire library writes it has the same under names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

MAX_MESSAGE: Final = 200_000
"""Characters of one message; with all remittance tags and 9,000 characters of addenda it has some 20,000."""

_TAG: Final = re.compile(r"\{(\d{4})\}")
_LINE: Final = 35
_WIDTHS: Final = {"6": (30, 33), "6code": (26, 33)}
"""Of what banks tell each other (6100 to 6500) the width of the first line, less behind a code, and of the others."""

PARTIES: Final = frozenset(["4000", "4100", "4200", "4400", "5000", "5100", "5200"])
"""Tags whose parts are: kind of identifier (one character) with the identifier (34), name, three lines of address."""

_BEFORE: Final = {"6110": 3, "6210": 3, "6310": 3, "6410": 3, "6420": 5, "8200": 4, "7033": 5}
"""Characters of a code before the text."""

NAMES: Final = {
    "beneficiaryIntermediaryFI": "4000",
    "beneficiaryFI": "4100",
    "beneficiary": "4200",
    "accountDebitedDrawdown": "4400",
    "originator": "5000",
    "originatorFI": "5100",
    "instructingFI": "5200",
    "originatorToBeneficiary": "6000",
    "originatorOptionF": "5010",
}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: its number (or its name in JSON), and its parts, stripped."""

    number: str
    parts: tuple[str, ...]

    def get(self, index: int) -> str:
        """One part, "" where there is none."""
        return self.parts[index] if index < len(self.parts) else ""


def tags(text: str) -> Iterator[Tag]:
    """The tags of a message in order."""
    starts = list(_TAG.finditer(text))
    for start, end in zip(starts, [*(found.start() for found in starts[1:]), len(text)], strict=True):
        yield Tag(start[1], tuple(_parts(start[1], text[start.end() : end].strip("\r\n"))))


def messages(text: str) -> Iterator[str]:
    """The messages of a text: each begins with {1500}; what the Fed appended ({1100} to {1130}) stands behind it, or in
    files that begin with it, before."""
    opening = "{1100}" if text.lstrip().startswith("{1100}") else "{1500}"
    starts = [found.start() for found in re.finditer(re.escape(opening), text)][1:]
    for begin, end in zip([0, *starts], [*starts, len(text)], strict=True):
        yield text[begin:end]


def _parts(number: str, body: str) -> list[str]:
    code = _BEFORE.get(number, 0)
    body = body[code:]
    if "*" in body:
        return [part.strip() for part in body.split("*")]
    if number.startswith("6") and number != "6000":
        first, further = _WIDTHS["6code" if code else "6"]
        return [body[:first].strip(), *_cut(body[first:], further)]
    if number in PARTIES or number.startswith(("6", "9", "7")) or number == "5010":
        return _cut(body, _LINE)
    return [" ".join(body.split())]


def _cut(text: str, width: int) -> list[str]:
    return [text[at : at + width].strip() for at in range(0, len(text), width)]


def tags_of_json(message: Mapping[str, Any]) -> Iterator[Tag]:
    """The same from JSON: parties and the free text to the beneficiary by their tags, the rest by its names."""
    for name, node in message.items():
        number = NAMES.get(name, "")
        if isinstance(node, Mapping) and number in PARTIES:
            yield Tag(number, tuple(_party(node)))
        elif isinstance(node, Mapping):
            flat = dict(_leaves(node))
            yield from _known(name, flat)
            yield Tag(number or name[:100], tuple(flat.values()))


def _party(node: Mapping[str, Any]) -> list[str]:
    flat = dict(_leaves(node))
    order = ("identifier", "name", "addressLineOne", "addressLineTwo", "addressLineThree")
    code, *rest = (flat.pop(key, "") for key in ("identificationCode", *order))
    return [code + rest[0], *rest[1:], *flat.values()]


def _leaves(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        elif isinstance(value, str | int | float) and str(value).strip():
            yield str(key), str(value).strip()


def _known(name: str, flat: dict[str, str]) -> Iterator[Tag]:
    """Tags whose text form is one string: amount, day, sender and receiver, references."""
    if name == "amount" and "amount" in flat:
        yield Tag("2000", (flat.pop("amount"),))
    elif name == "inputMessageAccountabilityData":
        yield Tag(
            "1520", ("".join(flat.get(key, "") for key in ("inputCycleDate", "inputSource", "inputSequenceNumber")),)
        )
    elif name == "senderDepositoryInstitution":
        yield Tag("3100", (flat.pop("senderABANumber", "") + flat.pop("senderShortName", ""),))
    elif name == "receiverDepositoryInstitution":
        yield Tag("3400", (flat.pop("receiverABANumber", "") + flat.pop("receiverShortName", ""),))
    elif name == "senderReference" and flat:
        yield Tag("3320", (flat.pop("senderReference", ""),))
