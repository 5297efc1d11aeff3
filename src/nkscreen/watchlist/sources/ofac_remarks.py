"""The remarks column of OFAC's lists: facts separated by "; ", each with its own lead words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from nkscreen.records.codes import bic, dates, imo, mmsi
from nkscreen.watchlist.model import Link, ListedDocument, ListedName, NameKind
from nkscreen.watchlist.sources.common import MAX_BIRTH_RANGE_YEARS, MAX_FACT, clean

DPRK_REGULATIONS = "North Korea Sanctions Regulations"
"""Cited in "Secondary sanctions risk" of every entry with a DPRK tie, whatever its programme (31 CFR part 510)."""


COMPANY_NUMBER = "IMO Company Number"
"""Companies and registered owners have IMO numbers of seven digits, too; OFAC gives them under three labels, one being
"Vessel Registration Identification". They name no ship and are kept as documents."""


@dataclass(slots=True)
class Remarks:
    """What a remarks text says. Countries are as written; the caller reads them as codes."""

    vessel: bool = False
    names: list[ListedName] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    approximate_birth_dates: list[str] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    genders: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    documents: list[tuple[str, str, str]] = field(default_factory=list)
    imo_number: str | None = None
    mmsi: str | None = None
    build_year: int | None = None
    past_flags: list[str] = field(default_factory=list)
    swift_bics: list[str] = field(default_factory=list)
    lei_code: str | None = None
    wallets: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    dprk: bool = False


def read_remarks(text: str, *, vessel: bool) -> Remarks:
    """Read a remarks text of a vessel or of another entry, with its continuation from the comments file joined to it.

    A fact with no field of its own is kept as a note; statements of secondary sanctions are not kept, but a citation
    of the North Korea Sanctions Regulations sets `dprk`.
    """
    found = Remarks(vessel=vessel)
    for part in text.split(";"):
        fact = clean(part.rstrip(" .") if not part.rstrip().endswith("..") else part)
        if fact and (len(fact) > MAX_FACT or not any(reader(fact, found) for reader in _READERS)):
            found.notes.append(fact)
    return found


def document(kind: str, stated: str) -> tuple[str, str, str]:
    """Split `745120026 (Korea, North) expires 01 Jan 2020` into type, number and country as written."""
    match = _NUMBER.fullmatch(stated)
    return (kind, match["number"], match["country"] or "") if match else (kind, stated, "")


_NUMBER = re.compile(
    r"(?P<number>.+?)(?: \((?P<country>[A-Z][^()]*(?:\([^()]*\))?)\))?(?: (?:issued|expires|expired) .*)?"
)
_SKIPPED = re.compile(r"Secondary sanctions risk|Transactions Prohibited For Persons|Additional Sanctions Information")
_ALIAS = re.compile(r"(?:alt\. )?(?P<kind>[afn])\.k\.a\. '(?P<name>.+)'")
_BIRTH = re.compile(
    r"(?:alt\. )?DOB:? (?P<circa>circa )?(?P<first>[^;]*?)(?:(?: to |-)(?:circa )?(?P<last>\w[^;]*))?", re.I
)
_PLACE = re.compile(r"(?:alt\. )?POB:? (?P<place>.+)", re.I)
_GENDER = re.compile(r"Gender:? (?P<gender>Male|Female)", re.I)
_NATIONALITY = re.compile(r"(?:alt\. )?(?:nationality|citizen):? (?P<country>.+)", re.I)
_REGISTERED = re.compile(r"(?:alt\. )?Nationality of Registration:? (?P<country>.+)")
_LINK = re.compile(r"\(?(?P<kind>Linked To):? (?P<target>.+?)\)?", re.I)
_VESSEL = re.compile(r"(?:alt\. )?Vessel Registration Identification:? (?:IMO )?(?P<number>.+)")
_COMPANY_IMO = re.compile(r"(?:alt\. )?(?:Company|Identification) Number:? IMO (?P<number>\d+)")
_BUILT = re.compile(r"Vessel Year of Build:? (?P<year>(?:18|19|20|21)\d\d)")
_MMSI = re.compile(r"(?:alt\. )?MMSI:? (?P<number>.+)")
_PAST_FLAG = re.compile(r"(?:alt\. )?(?:Former|Other) Vessel Flag:? (?P<flag>.+)")
_BIC = re.compile(r"(?:alt\. )?SWIFT/BIC:? (?P<bic>\w+)")
_LEI = re.compile(r"(?:alt\. )?Legal Entity Number:? (?P<lei>[A-Z0-9]{18}\d\d)\b.*")
_WALLET = re.compile(r"(?:alt\. )?Digital Currency Address - \w+:? (?P<address>\S+)")
_DOCUMENT = re.compile(
    r"(?:alt\. )?(?!Phone|Telephone|Fax|Chinese Commercial Code|U\.S\.A)"
    r"(?P<kind>(?:[A-Z][\w.,'/\- ]{0,80} )??"
    r"(?:No\.?|Number|Passport|Card|ID|Identification|Certificate(?! of)|License|Code|Document|NIT|RUC|RIF|SSN|BIK"
    r"|[A-Z](?:[.-][A-Z])+\.?)"
    r"(?: (?:No\.|Number|Card|Code|#|\((?:USCC|RU|CBLS|MSN)\)|\(also called[^)]*\))){0,3}):? (?P<stated>(?=.*\d).+)"
)

_KINDS: dict[str, NameKind] = {"a": "alias", "n": "alias", "f": "former"}


def _sanctions(fact: str, found: Remarks) -> bool:
    if DPRK_REGULATIONS in fact:
        found.dprk = True
    return _SKIPPED.search(fact) is not None


def _alias(fact: str, found: Remarks) -> bool:
    # OFAC puts only weak a.k.a.s between quotes in the remarks; strong ones stand in the alt file.
    match = _ALIAS.fullmatch(fact)
    if match:
        name = clean(match["name"].strip("'\""))
        found.names.append(ListedName(value=name or match["name"], kind=_KINDS[match["kind"]], quality="weak"))
    return match is not None


def _birth(fact: str, found: Remarks) -> bool:
    match = _BIRTH.fullmatch(fact)
    if not match:
        return False
    first, last = dates.parse_partial(match["first"]), dates.parse_partial(match["last"] or match["first"])
    if first is None or last is None:
        return False
    years = [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]
    if len(years) > MAX_BIRTH_RANGE_YEARS + 1 or (match["last"] and not years):
        found.notes.append(f"born between {first} and {last}")
        return True
    born = years if match["last"] else [first]
    found.birth_dates += born
    if match["circa"]:
        found.approximate_birth_dates += born
    return True


def _vessel(fact: str, found: Remarks) -> bool:
    match = _VESSEL.fullmatch(fact)
    if not match:
        return False
    number = imo.parse(match["number"]) if found.vessel else None
    if number and found.imo_number in {None, number}:
        found.imo_number = number
    else:
        kind = "Vessel Registration Identification" if found.vessel else COMPANY_NUMBER
        found.documents.append(document(kind, match["number"]))
    return True


def _mmsi(fact: str, found: Remarks) -> bool:
    match = _MMSI.fullmatch(fact)
    if not match:
        return False
    number = mmsi.parse(match["number"])
    if number and found.mmsi is None:
        found.mmsi = number
    else:
        found.documents.append(("MMSI", match["number"], ""))
    return True


def _built(fact: str, found: Remarks) -> bool:
    match = _BUILT.fullmatch(fact)
    if match and found.vessel and found.build_year is None:
        found.build_year = int(match["year"])
        return True
    return False


def _company_imo(fact: str, found: Remarks) -> bool:
    match = _COMPANY_IMO.fullmatch(fact)
    if match:
        found.documents.append((COMPANY_NUMBER, match["number"], ""))
    return match is not None


def _bic(fact: str, found: Remarks) -> bool:
    match = _BIC.fullmatch(fact)
    if not match:
        return False
    code = bic.parse(match["bic"])
    if code:
        found.swift_bics.append(code)
    return code is not None


def _lei(fact: str, found: Remarks) -> bool:
    match = _LEI.fullmatch(fact)
    if match and found.lei_code is None:
        found.lei_code = match["lei"]
    return match is not None


def _link(fact: str, found: Remarks) -> bool:
    match = _LINK.fullmatch(fact)
    if match:
        found.links.append(Link(kind=match["kind"].lower(), target=match["target"]))
    return match is not None


def _document(fact: str, found: Remarks) -> bool:
    match = _DOCUMENT.fullmatch(fact)
    if match:
        found.documents.append(document(match["kind"], match["stated"]))
    return match is not None


def _into(
    pattern: re.Pattern[str], attribute: str, change: Callable[[str], str] = str
) -> Callable[[str, Remarks], bool]:
    """A reader that appends the only group of a pattern to a list."""

    def reader(fact: str, found: Remarks) -> bool:
        match = pattern.fullmatch(fact)
        if match:
            getattr(found, attribute).append(change(match[1]))
        return match is not None

    return reader


_READERS: tuple[Callable[[str, Remarks], bool], ...] = (
    _sanctions,
    _alias,
    _birth,
    _into(_PLACE, "birth_places"),
    _into(_GENDER, "genders", str.lower),
    _into(_REGISTERED, "countries"),
    _into(_NATIONALITY, "nationalities"),
    _link,
    _vessel,
    _company_imo,
    _mmsi,
    _built,
    _into(_PAST_FLAG, "past_flags"),
    _bic,
    _lei,
    _into(_WALLET, "wallets"),
    _document,
)
"""Tried in this order; the first that understands a fact takes it. `_document` is last because it is the widest."""


def listed_documents(
    documents: list[tuple[str, str, str]], read_country: Callable[[str], str | None]
) -> list[ListedDocument]:
    """Documents with their countries read, each number once under one type."""
    found: dict[tuple[str, str], ListedDocument] = {}
    for kind, number, country in documents:
        found.setdefault(
            (kind, number), ListedDocument(type=kind, number=number, country=read_country(country) if country else None)
        )
    return list(found.values())
