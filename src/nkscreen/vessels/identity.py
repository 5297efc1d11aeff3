"""What one statement about a vessel shows: numbers that cannot be, papers that contradict each other.

A statement is a `records.Vessel`: a row of a register, a charter inquiry, or what one AIS message says.
`examine` reads one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files

from nkscreen.records import Vessel
from nkscreen.records.codes import call_sign, country, imo, mmsi
from nkscreen.vessels.finding import IdentityFinding, finding, limit

_IMO_CODES = {
    "missing": "imo_missing",
    "form": "imo_malformed",
    "several": "imo_malformed",
    "placeholder": "imo_placeholder",
    "unassigned": "imo_unassigned",
    "check digit": "imo_check_digit",
}


def examine(vessel: Vessel, *, as_of: date | None = None) -> tuple[IdentityFinding, ...]:
    """The findings on one statement, numbers first.

    `as_of` is the day on which a year of build still lies ahead; the statement's own date is used where it has one, and
    years are not checked against the day where there is neither. A field that is not given gives no finding.
    """
    return (
        *_imo(vessel),
        *_mmsi(vessel),
        *_call_sign(vessel),
        *_flag(vessel),
        *_build(vessel, vessel.date or as_of),
        *_dimensions(vessel),
    )


def same_register(one: str, other: str) -> bool:
    """Whether two countries may share numbers and call signs: the same, or a state and a territory of its own."""
    return _administration(one) == _administration(other)


def _imo(vessel: Vessel) -> Iterator[IdentityFinding]:
    given = vessel.imo_number
    fault = imo.fault(given) if given else None
    if given and fault:
        said = "The IMO number is sent as zero: there is none." if fault == "missing" else imo.why(given)
        yield finding(_IMO_CODES[fault], said, [(vessel, "imo_number")])


def _mmsi(vessel: Vessel) -> Iterator[IdentityFinding]:
    given = vessel.mmsi
    if not given:
        return
    kind, told = mmsi.kind(given), [(vessel, "mmsi")]
    if kind is None:
        made_up = mmsi.is_placeholder(given)
        yield finding("mmsi_placeholder" if made_up else "mmsi_malformed", mmsi.why(given), told)
    elif kind == "none":
        yield finding("mmsi_not_ship", f"No kind of station has an MMSI that begins with {given[:1]}.", told)
    elif kind != "ship":
        yield finding("mmsi_not_ship", f"The MMSI {given} is that of a station of the kind “{kind}”.", told)
    elif not mmsi.country(given):
        yield finding("mmsi_country", f"The digits {given[:3]} of the MMSI are not assigned to a country.", told)


def _call_sign(vessel: Vessel) -> Iterator[IdentityFinding]:
    given = vessel.call_sign
    if not given:
        return
    told = [(vessel, "call_sign")]
    if not call_sign.parse(given):
        yield finding("call_sign_malformed", call_sign.why(given), told)
    elif not call_sign.country(given):
        yield finding("call_sign_country", f"The call sign {given} is of a series that no country has.", told)


def _flag(vessel: Vessel) -> Iterator[IdentityFinding]:
    flag = vessel.flag if vessel.flag and country.is_code(vessel.flag) else None
    if vessel.flag and not flag:
        yield finding("flag_unknown", country.why(vessel.flag), [(vessel, "flag")])
    if vessel.flag_confirmed is False:
        yield finding(
            "flag_false",
            f"The registry of {_named(vessel.flag)} does not know the ship.",
            [(vessel, "flag"), (vessel, "flag_confirmed")],
        )
    number = mmsi.country(vessel.mmsi) if vessel.mmsi and mmsi.kind(vessel.mmsi) == "ship" else None
    sign = call_sign.country(vessel.call_sign) if vessel.call_sign else None
    pairs = (
        ("flag_mmsi", "flag", flag, "mmsi", number),
        ("flag_call_sign", "flag", flag, "call_sign", sign),
        ("mmsi_call_sign", "mmsi", number, "call_sign", sign),
    )
    for code, field, one, other_field, other in pairs:
        if one and other and not same_register(one, other):
            detail = f"{_WORDS[field]} {_named(one)}, {_WORDS[other_field]} {_named(other)}."
            dprk = "KP" in {one, other}
            told = [(vessel, field), (vessel, other_field)]
            yield finding("dprk_identity" if dprk else code, detail[0].upper() + detail[1:], told)


_WORDS = {"flag": "the flag is of", "mmsi": "the MMSI is of", "call_sign": "the call sign is of"}


def _named(code: str | None) -> str:
    return f"{country.name(code)} ({code})" if code and country.is_code(code) else code or "the flag"


def _build(vessel: Vessel, day: date | None) -> Iterator[IdentityFinding]:
    year = vessel.build_year
    if year is None:
        return
    told = [(vessel, "build_year")]
    if year < limit("first_build_year"):
        yield finding("build_year", f"Built in {year}: no ship of that age trades.", told)
    elif day and year > day.year + limit("years_ahead"):
        yield finding("build_year", f"Built in {year}, but the statement is of {day}.", told)


def _dimensions(vessel: Vessel) -> Iterator[IdentityFinding]:
    largest = (
        ("length", "length_m", "m long"),
        ("beam", "beam_m", "m broad"),
        ("gross_tonnage", "gross_tonnage", "gross tons"),
        ("deadweight_tonnage", "deadweight_tonnage", "t deadweight"),
    )
    for field, name, unit in largest:
        value, most = getattr(vessel, field), limit(name)
        if value is not None and value > most:
            detail = f"{value:,.0f} {unit}: the limit of what was ever built is {most:,.0f}."
            yield finding("dimensions", detail, [(vessel, field)])
    if vessel.length and vessel.beam and vessel.beam > vessel.length:
        detail = f"{vessel.beam:g} m broad and only {vessel.length:g} m long."
        yield finding("dimensions", detail, [(vessel, "length"), (vessel, "beam")])


def _administration(code: str) -> str:
    return _administrations().get(code, code)


@cache
def _administrations() -> dict[str, str]:
    text = files(__package__).joinpath("data", "administrations.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {territory: state for state, territories in rows for territory in territories.split()}
