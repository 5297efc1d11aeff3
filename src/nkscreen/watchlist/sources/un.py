"""The United Nations Security Council Consolidated List (XML, schema sc-sanctions.xsd).

The list names persons and entities. Vessels designated under resolution 1718 are not in it: the UN publishes them
apart, and they are part of the bundled list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from nkscreen import markup
from nkscreen.errors import ListError
from nkscreen.records.codes import dates
from nkscreen.watchlist.model import ListedDocument, ListedName, Listing, NameKind, Quality, Snapshot
from nkscreen.watchlist.sources.common import MAX_BIRTH_RANGE_YEARS, MAX_FACT, Reading, clean, load_bytes

ROOT = "CONSOLIDATED_LIST"

LEGAL_BASIS = {"DPRK": ("UNSCR 1718 (2006) para 8(d)", "asset freeze")}
"""UN_LIST_TYPE to the paragraph that orders the freeze (1718 Committee, resolutions page) and the measure."""

_ALIAS: dict[str, tuple[NameKind, Quality]] = {
    "good": ("alias", "strong"),
    "low": ("alias", "weak"),
    "a.k.a.": ("alias", "strong"),
    "f.k.a.": ("former", "strong"),
}
_SEVERAL = re.compile(r";|\s[a-z]\)\s")
_FORMER_NOTE = re.compile(r"^(?:formerly|previously) listed", re.IGNORECASE)
_BRACKETED_SCRIPT = re.compile(r"^(?P<latin>[^(]*[A-Za-z][^(]*)\((?P<script>[^A-Za-z)]*[^\x00-\u024f][^A-Za-z)]*)\)$")
_CROSS_REFERENCE = re.compile(r"\s*\([A-Z]{2}[ei]\.\d+\)$", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?P<type>.*\b(?:number|no|passport|card)\b[.:]*)\s*)?(?P<number>\S.*?)(?:\s*\((?:expire|issue|valid)[^)]*\))?",
    re.IGNORECASE,
)


def read(path: Path) -> Snapshot:
    """Read a UN consolidated list.

    Raises:
        ListError: not well-formed XML, another root, a document type declaration, or no entries.
    """
    root = _parse(path)
    reading = Reading(path)
    for element in root.iter("INDIVIDUAL", "ENTITY"):
        reading.read += 1
        _Entry(element, reading).add()
    return reading.snapshot(
        "UN",
        "UN Security Council Consolidated List",
        dates.parse_day(root.get("dateGenerated", "")[:10]),
        ("https://www.un.org/securitycouncil/content/un-sc-consolidated-list",),
    )


def _parse(path: Path) -> etree._Element:
    again = "download the list again; the last good list stays in use"
    try:
        root = markup.document(load_bytes(path))
    except markup.TypeDeclaredError as error:
        raise ListError(f"declares a document type, which UN lists never do; {again}", file=str(path)) from error
    except markup.MarkupError as error:
        reason = f"is not well-formed XML ({error.reason}); {again}"
        raise ListError(reason, file=str(path), row=error.line or 1) from error
    if root.tag != ROOT:
        raise ListError(f"has the root <{root.tag}>, not <{ROOT}>; {again}", file=str(path))
    return root


class _Entry:
    """One INDIVIDUAL or ENTITY element."""

    def __init__(self, element: etree._Element, reading: Reading) -> None:
        self.element, self.reading = element, reading
        self.line: int | None = int(element.sourceline) if element.sourceline else None  # type: ignore[call-overload]
        self.id = self.text("REFERENCE_NUMBER") or self.text("DATAID")
        self.notes: list[str] = []

    def text(self, path: str) -> str:
        return clean(self.element.findtext(path))

    def all(self, path: str) -> list[str]:
        return [text for text in (clean(found.text) for found in self.element.iterfind(path)) if text]

    def parts(self, suffix: str) -> list[etree._Element]:
        return [child for child in self.element if isinstance(child.tag, str) and child.tag.endswith(suffix)]

    def add(self) -> None:
        addresses = self.parts("_ADDRESS")
        exact, approximate = self.birth_dates()
        self.notes += [f"title: {title}" for title in self.all("TITLE/VALUE")]
        self.reading.add(
            {
                "id": self.id,
                "schema": "Person" if self.element.tag == "INDIVIDUAL" else "Organization",
                "names": tuple(dict.fromkeys(self.names())),
                "listings": (self.listing(),),
                "birth_dates": exact,
                "approximate_birth_dates": approximate,
                "birth_places": tuple(dict.fromkeys(filter(None, map(_place, self.parts("_PLACE_OF_BIRTH"))))),
                "genders": tuple(g for g in (self.text("GENDER").casefold(),) if g in {"male", "female"}),
                "nationalities": self.countries(self.all("NATIONALITY/VALUE")),
                "countries": self.countries([clean(address.findtext("COUNTRY")) for address in addresses]),
                "addresses": tuple(dict.fromkeys(filter(None, map(_place, addresses)))),
                "positions": tuple(self.all("DESIGNATION/VALUE")),
                "documents": tuple(self.documents()),
                "notes": tuple(self.notes),
            },
            line=self.line,
        )

    def countries(self, texts: list[str]) -> tuple[str, ...]:
        return self.reading.countries(texts, entry=self.id, line=self.line)

    def names(self) -> Iterator[ListedName]:
        name = " ".join(filter(None, map(self.text, ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"))))
        if name:
            yield ListedName(value=name)
        if script := self.text("NAME_ORIGINAL_SCRIPT"):
            yield ListedName(value=script, kind="original_script")
        for alias in self.parts("_ALIAS"):
            stated = clean(alias.findtext("QUALITY")).casefold()
            kind, quality = _ALIAS.get(stated, ("alias", "strong"))
            if stated and stated not in _ALIAS:
                self.reading.problem(f"entry {self.id}: alias quality {stated!r} read as strong", line=self.line)
            if _FORMER_NOTE.match(clean(alias.findtext("NOTE"))):
                kind = "former"
            for value in _SEVERAL.split(clean(alias.findtext("ALIAS_NAME"))):
                yield from _alias(value.strip(), kind, quality)

    def listing(self) -> Listing:
        programme = self.text("UN_LIST_TYPE")
        basis, measure = LEGAL_BASIS.get(programme, ("", ""))
        updates = [day for day in map(dates.parse_day, self.all("LAST_DAY_UPDATED/VALUE")) if day]
        listed = dates.parse_day(self.text("LISTED_ON")[:10])
        if listed is None:
            self.reading.problem(f"entry {self.id}: no readable listing date", line=self.line, field="LISTED_ON")
        return Listing(
            programme=programme or "UN",
            listed=listed,
            amended=max(updates, default=None),
            legal_basis=basis,
            measure=measure,
        )

    def birth_dates(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """All birth dates, and those of them that are approximate."""
        found: dict[str, None] = {}
        approximate: dict[str, None] = {}
        for birth in self.parts("_DATE_OF_BIRTH"):
            texts = {child.tag: clean(child.text) for child in birth}
            years = _years(texts)
            if years:
                for year in years if len(years) <= MAX_BIRTH_RANGE_YEARS + 1 else ():
                    found[year] = None
                if len(years) > MAX_BIRTH_RANGE_YEARS + 1:
                    self.notes.append(f"born between {years[0]} and {years[-1]}")
                continue
            text = texts.get("DATE", "")[:10] or texts.get("YEAR", "") or texts.get("NOTE", "")
            detail = f"{texts.get('NOTE', '')} {text}".strip()
            day = dates.parse_partial(detail) or dates.parse_partial(text)
            if day:
                found[day] = None
                if texts.get("TYPE_OF_DATE") == "APPROXIMATELY":
                    approximate[day] = None
            elif text:
                self.notes.append(f"birth date: {text}")
        for alias in self.parts("_ALIAS"):
            if day := dates.parse_partial(clean(alias.findtext("DATE_OF_BIRTH"))[:10]):
                found[day] = None
        return tuple(found), tuple(approximate)

    def documents(self) -> Iterator[ListedDocument]:
        for document in self.parts("_DOCUMENT"):
            kind = clean(document.findtext("TYPE_OF_DOCUMENT2")) or clean(document.findtext("TYPE_OF_DOCUMENT"))
            stated = clean(document.findtext("NUMBER")) or (kind if re.search(r"\d", kind) else "")
            match = _NUMBER.fullmatch(stated) if len(stated) <= MAX_FACT else None
            if match:
                issuer = clean(document.findtext("ISSUING_COUNTRY")) or clean(document.findtext("COUNTRY_OF_ISSUE"))
                country = self.countries([issuer])
                named = clean(match["type"] or "").rstrip(".:") if match["type"] else kind.rstrip(".: ")
                yield ListedDocument(type=named, number=match["number"], country=country[0] if country else None)
            elif kind:
                self.notes.append(f"{kind}: {stated or clean(document.findtext('NOTE')) or 'no number given'}")


def _alias(value: str, kind: NameKind, quality: Quality) -> Iterator[ListedName]:
    value = _CROSS_REFERENCE.sub("", value).strip('"“”').strip()
    match = _BRACKETED_SCRIPT.match(value) if len(value) <= MAX_FACT else None
    if match:
        yield ListedName(value=match["latin"].strip(), kind=kind, quality=quality)
        yield ListedName(value=match["script"].strip(), kind="original_script", quality=quality)
    elif value:
        yield ListedName(value=value, kind=kind, quality=quality)


def _place(element: etree._Element) -> str:
    texts = [clean(element.findtext(tag)) for tag in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")]
    return ", ".join(dict.fromkeys(filter(None, texts))) or clean(element.findtext("NOTE"))


def _years(texts: dict[str, str]) -> list[str]:
    first, last = texts.get("FROM_YEAR", ""), texts.get("TO_YEAR", "")
    if not (re.fullmatch(r"\d{4}", first) and re.fullmatch(r"\d{4}", last) and first <= last):
        return [year for year in (first or last,) if re.fullmatch(r"\d{4}", year)]
    return [str(year) for year in range(int(first), int(last) + 1)]
