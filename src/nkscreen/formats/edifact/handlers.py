"""What each segment says of a consignment. Element and component numbers are those of the UN/EDIFACT directories."""

from __future__ import annotations

from nkscreen.formats.edi.draft import Draft, day, kilograms, number, place, ship_number
from nkscreen.formats.edi.segments import Segment
from nkscreen.formats.edi.text import joined, looks_like_text
from nkscreen.formats.edifact.parties import com, cta, nad
from nkscreen.records.codes import hs

STOPS = {
    "88": "place_of_receipt",
    "10": "place_of_receipt",
    "9": "port_of_loading",
    "6": "port_of_loading",
    "76": "port_of_loading",
    "13": "transshipment",
    "11": "port_of_discharge",
    "12": "port_of_discharge",
    "65": "port_of_discharge",
    "7": "place_of_delivery",
    "8": "place_of_delivery",
    "83": "place_of_delivery",
    "20": "place_of_delivery",
}
"""Code list 3227; 6 and 12 are loading and discharge in the older BAPLIE. A second place of a kind is a stop between."""  # noqa: E501

CALLS = frozenset({"5", "60", "61", "94", "125", "153"})
"""Places that the ship calls at, whatever becomes of the goods: departure, arrival, next and previous port."""

DEPARTURE, ARRIVAL = frozenset({"133", "136", "186", "189"}), frozenset({"132", "178", "232"})
BILLS = frozenset({"BM", "BH", "MB", "HWB", "AWB", "MWB"})

BY_EQUIPMENT = frozenset({"COPRAR", "COARRI", "CODECO", "VERMAS"})
SHIPS = frozenset({"BAPLIE", "COPRAR", "COARRI"})

STARTERS = frozenset({"CNI", "LOC", "EQD", "RFF"})
"""Segments that may begin a consignment."""


def starts(kind: str, tag: str, segment: Segment, draft: Draft) -> bool:
    """Whether a segment begins a consignment: CNI; a bill of lading of its own under one; a bay, a container."""
    if tag == "CNI":
        return True
    if kind == "BAPLIE":
        return tag == "LOC" and segment.get(1) == "147"
    if kind in BY_EQUIPMENT:
        return tag == "EQD"
    known = draft.goods or draft.parties or draft.stops
    return kind == "CUSCAR" and tag == "RFF" and bool(draft.key and known) and segment.get(1) in BILLS


def cni(draft: Draft, segment: Segment) -> None:
    draft.own += 1
    draft.record.pop("bill_of_lading", None)
    draft.key = segment.get(2)


def rff(draft: Draft, segment: Segment) -> None:
    kind, value = segment.get(1), segment.get(1, 1)
    if not value:
        return
    if kind in BILLS:
        draft.record["bill_of_lading"] = value
    elif kind == "BN":
        draft.record.setdefault("booking", value)
    elif kind == "VON":
        draft.record.setdefault("voyage", value)
    elif looks_like_text(value):
        draft.text(f"RFF+{kind}", value)


def dtm(draft: Draft, segment: Segment) -> None:
    kind, value = segment.get(1), segment.get(1, 1)
    found = day(value)
    if not found:
        return
    field = "departure" if kind in DEPARTURE else "arrival" if kind in ARRIVAL else ""
    if kind == "137":
        draft.record.setdefault("date", found)
    elif field and draft.place is not None:
        draft.place.setdefault(field, found)
    elif field:
        draft.record.setdefault(f"{field}_date", found)


def tdt(draft: Draft, segment: Segment) -> None:
    draft.place = None
    name, flag = segment.get(8, 3), segment.get(8, 4)
    identifier, scheme = segment.get(8), segment.get(8, 1)
    worded = scheme == "146" and not any(map(str.isdigit, identifier))  # "IMONUMBER" where the number belongs
    numbers = {} if worded else ship_number(identifier, stated=scheme != "103")
    if not name and looks_like_text(identifier):
        name = identifier
    elif not numbers:
        draft.text("TDT", identifier)
    carrier = segment.get(5, 3)
    if not name and carrier and segment.get(3) in ("", "1"):
        name = carrier  # some carriers write the ship where the carrier belongs; it is screened as both
    if segment.get(1) in ("20", "21", ""):
        draft.ship(name=name, flag=flag, **numbers)
        if segment.get(2):
            draft.record.setdefault("voyage", segment.get(2))
    else:
        ship = {"name": name, "flag": flag, "imo_number": numbers.get("number"), "call_sign": numbers.get("call_sign")}
        if given := {field: value for field, value in ship.items() if value}:
            draft.stop("", {"vessel": given})
            draft.place = None
    draft.party("carrier", {"name": carrier} if carrier else {})
    draft.close_party()
    draft.text("TDT", segment.get(4, 3))


def loc(draft: Draft, segment: Segment) -> None:
    kind, code, name = segment.get(1), segment.get(2), segment.get(2, 3)
    draft.place = None
    if kind in ("147", "") or not (code or name):
        return
    if kind in _COUNTRIES:
        draft.record.setdefault(_COUNTRIES[kind], (name or code)[:200])
        return
    details, doubt = place(code, name, segment.get(3))
    draft.text(f"LOC+{kind}", doubt)
    if kind in CALLS:
        draft.own += 1
        draft.place = details
        draft.calls.append(details)
    elif kind in STOPS:
        draft.stop(STOPS[kind], details)
    elif doubt or (not segment.get(2, 1) and not segment.get(2, 2)):
        draft.text(f"LOC+{kind}", f"{code} {name}")
    else:
        draft.stop("", details)


_COUNTRIES = {"27": "origin_country", "28": "destination_country", "36": "destination_country"}


def gid(draft: Draft, segment: Segment) -> None:
    line = draft.line(new=True)
    if (count := number(segment.get(2))) is not None:
        line |= {"quantity": count, "unit": segment.get(2, 1) or "packages"}
    for index in (2, 3, 4):
        draft.describe(segment.get(index, 4) if looks_like_text(segment.get(index, 4)) else "")


def ftx(draft: Draft, segment: Segment) -> None:
    kind, text = segment.get(1), joined(segment.parts(4))
    if kind in ("AAA", "AAD", "AAC"):
        draft.describe(text)
    else:
        draft.text(f"FTX+{kind}", text)


def imd(draft: Draft, segment: Segment) -> None:
    draft.describe(joined(segment.parts(3)[3:]))


def pia(draft: Draft, segment: Segment) -> None:
    for index in range(2, min(len(segment.elements), 7)):
        if segment.get(index, 1) == "HS":
            _tariff(draft, segment.get(index))


def cst(draft: Draft, segment: Segment) -> None:
    if hs.parse(segment.get(2)):
        _tariff(draft, segment.get(2))


def _tariff(draft: Draft, code: str) -> None:
    line = draft.line()
    if line.get("hs_code", code) != code:
        line = draft.line(new=True)
    line["hs_code"] = code[:200]


def mea(draft: Draft, segment: Segment) -> None:
    if segment.get(1) not in ("WT", "AAE", "VGM") or segment.get(2) not in ("", "G", "AAB", "AAD", "VGM", "T"):
        return
    weight = kilograms(segment.get(3, 1), segment.get(3))
    if weight is not None:
        (draft.goods[-1] if draft.goods else draft.record).setdefault("gross_weight_kg", weight)


def cnt(draft: Draft, segment: Segment) -> None:
    kind = segment.get(1)
    if kind == "7" and (weight := kilograms(segment.get(1, 1), segment.get(1, 2))) is not None:
        draft.record["gross_weight_kg"] = weight
    elif kind == "11" and (count := number(segment.get(1, 1))) is not None:
        draft.record["package_count"] = count


def pci(draft: Draft, segment: Segment) -> None:
    if text := joined(segment.parts(2)):
        draft.own += 1
        draft.record["marks"] = f"{draft.record.get('marks', '')} {text}".strip()


def eqd(draft: Draft, segment: Segment) -> None:
    draft.place = None
    if segment.get(1) in ("CN", "BL", "TE", ""):
        draft.container(segment.get(2))


def sgp(draft: Draft, segment: Segment) -> None:
    draft.container(segment.get(1))


def dgs(draft: Draft, segment: Segment) -> None:
    if un := segment.get(3):
        draft.describe(f"UN {un}")


def bgm(draft: Draft, segment: Segment) -> None:
    if segment.get(1, 3):
        draft.text("BGM", segment.get(1, 3))


def other(draft: Draft, segment: Segment) -> None:
    """A segment that nothing here knows: its words are kept."""
    for index in range(1, len(segment.elements)):
        for part in segment.parts(index):
            if looks_like_text(part):
                draft.text(segment.tag[:20], part)


HANDLERS = {
    "CNI": cni, "RFF": rff, "DTM": dtm, "TDT": tdt, "LOC": loc, "NAD": nad, "CTA": cta, "COM": com, "GID": gid,
    "LIN": gid, "FTX": ftx, "IMD": imd, "PIA": pia, "CST": cst, "MEA": mea, "CNT": cnt, "PCI": pci, "EQD": eqd,
    "SGP": sgp, "DGS": dgs, "BGM": bgm,
}  # fmt: skip
