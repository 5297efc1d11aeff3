"""What each segment says of a consignment. Element numbers are those of the X12 directories (004010)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nkscreen.formats.edi.draft import Draft, day, kilograms, number, place
from nkscreen.formats.edi.segments import Segment
from nkscreen.formats.edi.text import joined, looks_like_text
from nkscreen.formats.x12.parties import contact, n1, n2, n3, n4, nm1
from nkscreen.formats.x12.words import line, word
from nkscreen.records.codes import hs, imo

STOPS = {
    "R": "place_of_receipt",
    "O": "place_of_receipt",
    "L": "port_of_loading",
    "D": "port_of_discharge",
    "B": "port_of_discharge",
    "T": "transshipment",
    "I": "transshipment",
    "Y": "transshipment",
    "E": "place_of_delivery",
    "M": "place_of_delivery",
    "N": "place_of_delivery",
}
"""Data element 115, port function. A second place of a kind is a stop between."""

Handler = Callable[[Draft, Segment], None]

_LEAVES = frozenset({"place_of_receipt", "port_of_loading"})
_BILLS = frozenset({"BM", "MB", "BL", "OB", "WY"})


STARTERS = frozenset({"LX", "HL"})
"""Segments that may begin a consignment."""


def starts(kind: str, tag: str, segment: Segment, draft: Draft) -> bool:
    """Whether a segment begins a consignment: LX of a manifest, a further shipment level of a shipping notice."""
    if kind == "309":
        return tag == "LX"
    return kind == "856" and tag == "HL" and segment.get(3) == "S" and bool(draft.parties or draft.goods)


def ship(*, code: int, qualifier: int, name: int, flag: int, voyage: int) -> Handler:
    """A segment that names a ship by an IMO number (Lloyd's, qualifier L) or a call sign; the elements are numbered."""

    def take(draft: Draft, segment: Segment) -> None:
        given = segment.get(code)
        stated = segment.get(qualifier) == "L" or bool(imo.parse(given))
        sign = given if not stated and 3 <= len(given) <= 8 and given.isalnum() and not given.isdigit() else ""
        number = given if stated or given.isdigit() else ""
        draft.ship(name=word(segment, name), number=number, call_sign=sign, flag=segment.get(flag))
        if said := word(segment, voyage):
            draft.record.setdefault("voyage", said)

    return take


def m11(draft: Draft, segment: Segment) -> None:
    draft.own += 1
    draft.record["bill_of_lading"] = segment.get(1)
    _stop(draft, "port_of_loading", code=segment.get(2), scheme="Schedule K")
    if receipt := word(segment, 10):
        _stop(draft, "place_of_receipt", name=receipt)
    _measured(draft, segment, count=3, unit=4, weight=5, weight_unit=6)


def p4(draft: Draft, segment: Segment) -> None:
    _stop(draft, "port_of_discharge", code=segment.get(1), scheme="Schedule D")
    if draft.place is not None and (arrival := day(segment.get(2))):
        draft.place.setdefault("arrival", arrival)


def r4(draft: Draft, segment: Segment) -> None:
    kind, scheme, land = segment.get(1), segment.get(2), segment.get(5)
    name = word(segment, 4)
    schemes = {"K": "Schedule K", "D": "Schedule D"}
    stop = STOPS.get(kind, "")
    if schemes.get(scheme) and name:
        _stop(draft, stop, name=name, land=land)
    else:
        _stop(draft, stop, code=segment.get(3), name=name, land=land, scheme=schemes.get(scheme, ""))
    for index in (6, 7):
        if looks_like_text(word(segment, index)):
            draft.text(f"R4*{kind}", word(segment, index))


def _stop(draft: Draft, stop: str, *, code: str = "", name: str = "", land: str = "", scheme: str = "") -> None:
    if not (code or name or land):
        return
    if scheme and code:
        details, doubt = ({"port": f"{scheme} {code}"[:200]}, "")
    else:
        details, doubt = place(code, name, land)
    draft.stop(stop, details)
    draft.text(stop or "place", doubt)


def dtm(draft: Draft, segment: Segment) -> None:
    found = day(segment.get(2))
    if not found:
        return
    if draft.place is None:
        if segment.get(1) == "011":
            draft.record.setdefault("departure_date", found)
        return
    stop = next((name for name, details in draft.stops.items() if details is draft.place), "")
    draft.place.setdefault("departure" if stop in _LEAVES else "arrival", found)


def n9(draft: Draft, segment: Segment) -> None:
    """N9 and REF: references by their kind; free words beside them are text."""
    kind, value = segment.get(1), word(segment, 2)
    if kind in _BILLS and value:
        draft.record.setdefault("bill_of_lading", value)
    elif kind == "BN" and value:
        draft.record.setdefault("booking", value)
    elif kind == "EQ":
        draft.container(value)
    elif kind == "VT" and value:
        draft.ship(call_sign=value)
    elif kind in ("VO", "V3") and value:
        draft.record.setdefault("voyage", value)
    elif looks_like_text(value):
        draft.text(f"{segment.tag}*{kind}", value)
    if looks_like_text(word(segment, 3)):
        draft.text(f"{segment.tag}*{kind}", word(segment, 3))


def b1(draft: Draft, segment: Segment) -> None:
    if segment.get(2):
        draft.record.setdefault("booking", segment.get(2))
    _dated(draft, segment, 3)


def b3(draft: Draft, segment: Segment) -> None:
    draft.key = draft.key or segment.get(3) or segment.get(2)
    _dated(draft, segment, 6)


def b4(draft: Draft, segment: Segment) -> None:
    draft.container("".join((segment.get(7), segment.get(8), segment.get(13))))
    _dated(draft, segment, 4)
    code, scheme = word(segment, 11), segment.get(12)
    if code:
        _stop(draft, "", code=code if scheme == "UN" else "", name=code if scheme != "UN" else "")


def b10(draft: Draft, segment: Segment) -> None:
    draft.key = draft.key or segment.get(2) or segment.get(1)


def bsn(draft: Draft, segment: Segment) -> None:
    draft.key = draft.key or segment.get(2)
    _dated(draft, segment, 3)


def y3(draft: Draft, segment: Segment) -> None:
    if segment.get(1):
        draft.record.setdefault("booking", segment.get(1))
    for index, field in ((3, "departure_date"), (4, "arrival_date")):
        if found := day(segment.get(index)):
            draft.record.setdefault(field, found)


def _dated(draft: Draft, segment: Segment, element: int) -> None:
    if found := day(segment.get(element)):
        draft.record.setdefault("date", found)


def box(first: int) -> Handler:
    """A container: its initials, its number, and its check digit where it stands apart."""

    def take(draft: Draft, segment: Segment) -> None:
        draft.container(segment.get(first) + segment.get(first + 1))

    return take


def n10(draft: Draft, segment: Segment) -> None:
    if segment.get(1):
        draft.line(new=True)
        draft.goods_lines = []
        _measured(draft, segment, count=1, unit=0, weight=8, weight_unit=7)
    _goods(draft, line(segment, 2))
    _marks(draft, word(segment, 3))
    _tariff(draft, segment.get(5))
    if looks_like_text(word(segment, 11)):
        draft.text("N10", word(segment, 11))


def l5(draft: Draft, segment: Segment) -> None:
    _goods(draft, line(segment, 2))
    _tariff(draft, segment.get(3) if segment.get(4) in ("J", "T", "Z", "A", "I") else "")
    _marks(draft, word(segment, 6))


def l0(draft: Draft, segment: Segment) -> None:
    draft.line(new=True)
    draft.goods_lines = []
    if (count := number(segment.get(8))) is not None:
        draft.line().update(quantity=count, unit=segment.get(9) or "packages")
    if (weight := kilograms(segment.get(4), segment.get(11))) is not None:
        draft.line().setdefault("gross_weight_kg", weight)


def described(*elements: int) -> Handler:
    """A segment whose words describe the goods."""

    def take(draft: Draft, segment: Segment) -> None:
        for element in elements:
            if (text := word(segment, element)) not in draft.line().get("description", ""):
                _goods(draft, text)

    return take


def item(draft: Draft, segment: Segment) -> None:
    """LIN, PO1, IT1: a line of goods, with pairs of kind and value."""
    draft.line(new=True)
    draft.goods_lines = []
    for index in range(1, len(segment.elements)):
        if looks_like_text(word(segment, index)):
            _goods(draft, word(segment, index))


def tc2(draft: Draft, segment: Segment) -> None:
    _tariff(draft, segment.get(2))


def told(*elements: int) -> Handler:
    """Remarks: text that no field takes."""

    def take(draft: Draft, segment: Segment) -> None:
        for element in elements:
            draft.text(segment.tag, word(segment, element))

    return take


def station(stop: str) -> Handler:
    """F9 and D9: where rail or road begins and ends."""

    def take(draft: Draft, segment: Segment) -> None:
        _stop(draft, stop, name=word(segment, 2), land=segment.get(4))

    return take


def ms1(draft: Draft, segment: Segment) -> None:
    _stop(draft, "", name=", ".join(filter(None, (word(segment, 1), segment.get(2)))), land=segment.get(3))


def td5(draft: Draft, segment: Segment) -> None:
    if name := word(segment, 5):
        draft.party("carrier", {"name": name})


def lx(draft: Draft, _segment: Segment) -> None:
    draft.close_party()
    draft.place = None


def other(draft: Draft, segment: Segment) -> None:
    """A segment that nothing here knows: its words are kept."""
    for index in range(1, len(segment.elements)):
        if looks_like_text(word(segment, index)):
            draft.text(segment.tag[:20], word(segment, index))


def _goods(draft: Draft, text: str) -> None:
    """Descriptions are cut into lines of fixed width, in the middle of words."""
    if text.strip():
        line = draft.line()
        draft.goods_lines.append(text)
        line["description"] = joined(draft.goods_lines)
        draft.own += 1


def _marks(draft: Draft, text: str) -> None:
    if text:
        draft.own += 1
        draft.record["marks"] = f"{draft.record.get('marks', '')} {text}".strip()


def _tariff(draft: Draft, code: str) -> None:
    if code and hs.parse(code):
        line = draft.line()
        if line.get("hs_code", code) != code:
            line = draft.line(new=True)
        line["hs_code"] = code[:200]


def _measured(draft: Draft, segment: Segment, *, count: int, unit: int, weight: int, weight_unit: int) -> None:
    into = draft.line() if unit == 0 else draft.record
    if (pieces := number(segment.get(count))) is not None:
        into["quantity" if unit == 0 else "package_count"] = pieces
        if unit == 0:
            into["unit"] = "packages"
    if (kilos := kilograms(segment.get(weight), segment.get(weight_unit))) is not None:
        into["gross_weight_kg"] = kilos


HANDLERS: Mapping[str, Handler] = {
    "N1": n1, "N2": n2, "N3": n3, "N4": n4, "NM1": nm1, "PER": contact, "G61": contact,
    "V1": ship(code=1, qualifier=8, name=2, flag=3, voyage=4),
    "Q2": ship(code=1, qualifier=12, name=13, flag=2, voyage=9),
    "M10": ship(code=4, qualifier=10, name=5, flag=3, voyage=6),
    "M11": m11, "P4": p4, "R4": r4, "DTM": dtm, "N9": n9, "REF": n9, "B1": b1, "B3": b3, "B4": b4, "B10": b10,
    "BSN": bsn, "Y3": y3, "VID": box(2), "N7": box(1), "TD3": box(2), "N10": n10, "L5": l5, "L0": l0, "LX": lx,
    "PID": described(5), "LIN": item, "PO1": item, "IT1": item, "TC2": tc2, "H1": described(4), "H2": described(1, 2),
    "TD4": described(4), "K1": told(1, 2), "NTE": told(2), "MSG": told(1), "C8": told(3, 2),
    "F9": station("place_of_receipt"), "D9": station("place_of_delivery"), "MS1": ms1, "TD5": td5,
}  # fmt: skip
