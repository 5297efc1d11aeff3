"""What many records show together: numbers that two hulls share, and hulls that have two numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nkscreen.records import Source, Vessel
from nkscreen.records.codes import call_sign, imo, mmsi
from nkscreen.vessels.finding import IdentityFinding, finding, limit

KEPT = 50
"""Different statements kept of one number; more say nothing new, and a hostile file must not take all memory."""

_MEASURES = ("build_year", "length", "beam", "gross_tonnage", "deadweight_tonnage")
_WORDS = {
    "build_year": "built in",
    "length": "m long",
    "beam": "m broad",
    "gross_tonnage": "gross tons",
    "deadweight_tonnage": "t deadweight",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of one record: enough to compare it with others and to point back to it."""

    id: str
    source: Source | None = field(compare=False)
    name: str | None
    imo_number: str | None
    mmsi: str | None
    call_sign: str | None
    flag: str | None
    build_year: int | None
    length: float | None
    beam: float | None
    gross_tonnage: float | None
    deadweight_tonnage: float | None

    @classmethod
    def of(cls, vessel: Vessel) -> Seen:
        """What is kept of a record; numbers that cannot be read are none."""
        number = vessel.mmsi if vessel.mmsi and mmsi.kind(vessel.mmsi) == "ship" else None
        sign = call_sign.parse(vessel.call_sign) if vessel.call_sign else None
        given = imo.parse(vessel.imo_number) if vessel.imo_number else None
        return cls(
            id=vessel.id,
            source=vessel.source,
            name=vessel.name,
            imo_number=given,
            mmsi=number,
            call_sign=sign,
            flag=vessel.flag,
            build_year=vessel.build_year,
            length=vessel.length,
            beam=vessel.beam,
            gross_tonnage=vessel.gross_tonnage,
            deadweight_tonnage=vessel.deadweight_tonnage,
        )

    @property
    def told(self) -> tuple[object, ...]:
        """All that it says of the ship, without where and when."""
        return (
            plain(self.name or ""),
            self.imo_number,
            self.mmsi,
            self.call_sign,
            self.flag,
            *map(self.get, _MEASURES),
        )

    def get(self, name: str) -> float | None:
        """A measure by its name."""
        value: float | None = getattr(self, name)
        return value


class Fleet:
    """Records of many vessels, compared by their numbers. Memory grows with different statements, not with rows."""

    def __init__(self, vessels: Iterable[Vessel] = ()) -> None:
        self._by: dict[str, dict[str, list[Seen]]] = {name: defaultdict(list) for name in _NUMBERS}
        self._known: set[tuple[object, ...]] = set()
        self._all: list[Seen] = []
        for vessel in vessels:
            self.add(vessel)

    def __len__(self) -> int:
        return len(self._all)

    def seen(self) -> Sequence[Seen]:
        """Every different statement, in the order of the records."""
        return self._all

    def add(self, vessel: Vessel) -> None:
        """Take in a record; one that says what another said already is not kept again."""
        seen = Seen.of(vessel)
        numbers = [(name, number) for name in _NUMBERS if (number := getattr(seen, name))]
        told = seen.told
        if not numbers or told in self._known:
            return
        kept = False
        for name, number in numbers:
            group = self._by[name][number]
            if len(group) < KEPT:
                group.append(seen)
                kept = True
        if kept:
            self._known.add(told)
            self._all.append(seen)

    def findings(self, vessel: Vessel) -> tuple[IdentityFinding, ...]:
        """What the other records show about a vessel: each finding names both records and both values."""
        own = Seen.of(vessel)
        return (*self._imo(own), *self._mmsi(own), *self._sign(own))

    def _others(self, own: Seen, name: str) -> Iterator[Seen]:
        number = getattr(own, name)
        told = own.told
        return (other for other in self._by[name].get(number, ()) if other.told != told) if number else iter(())

    def _imo(self, own: Seen) -> Iterator[IdentityFinding]:
        others = list(self._others(own, "imo_number"))
        for other in others:
            if measures := apart(own, other):
                shown = "; ".join(f"{_shown(own, name)} and {_shown(other, name)}" for name in measures)
                told = [(one, path) for path in ("imo_number", *measures) for one in (own, other)]
                yield finding("imo_two_hulls", f"IMO {own.imo_number}: {shown}.", told)
                break
        for other in others:
            if own.mmsi and other.mmsi and other.mmsi != own.mmsi:
                detail = f"IMO {own.imo_number} with the MMSI {own.mmsi} and {other.mmsi}."
                yield finding("imo_two_mmsi", detail, [(own, "mmsi"), (other, "mmsi")])
                break
        for other in others:
            if own.name and other.name and plain(other.name) != plain(own.name):
                detail = f"IMO {own.imo_number} under the names {own.name} and {other.name}."
                yield finding("imo_names", detail, [(own, "name"), (other, "name")])
                break

    def _mmsi(self, own: Seen) -> Iterator[IdentityFinding]:
        for other in self._others(own, "mmsi"):
            if _two_numbers(own, other):
                if _one_hull(own, other):
                    yield _two_imo(own, other, f"MMSI {own.mmsi}", "mmsi")
                else:
                    detail = f"MMSI {own.mmsi} on IMO {own.imo_number} and {other.imo_number}."
                    yield finding("mmsi_two_ships", detail, [(own, "imo_number"), (other, "imo_number")])
                return
            if measures := apart(own, other):
                shown = "; ".join(f"{_shown(own, name)} and {_shown(other, name)}" for name in measures)
                told = [(one, path) for path in measures for one in (own, other)]
                yield finding("mmsi_two_ships", f"MMSI {own.mmsi}: {shown}.", told)
                return

    def _sign(self, own: Seen) -> Iterator[IdentityFinding]:
        for other in self._others(own, "call_sign"):
            if _two_numbers(own, other) and own.mmsi != other.mmsi:
                if _one_hull(own, other):
                    yield _two_imo(own, other, f"call sign {own.call_sign}", "call_sign")
                else:
                    detail = f"Call sign {own.call_sign} on IMO {own.imo_number} and {other.imo_number}."
                    yield finding("call_sign_two_ships", detail, [(own, "imo_number"), (other, "imo_number")])
                return


def plain(name: str) -> str:
    """A name by its letters and digits, whatever the case and the signs between them."""
    return "".join(filter(str.isalnum, name.casefold()))


_NUMBERS = ("imo_number", "mmsi", "call_sign")


def apart(one: Seen, other: Seen) -> list[str]:
    """The measures by which two statements cannot be of one hull."""
    share, least = limit("hull_share"), limit("hull_least_m")
    found = []
    for name in _MEASURES:
        mine, theirs = one.get(name), other.get(name)
        if not mine or not theirs:
            continue
        most = limit("hull_years") if name == "build_year" else share * max(mine, theirs)
        if name in {"length", "beam"}:
            most = max(most, least)
        if abs(mine - theirs) > most:
            found.append(name)
    # A register may have one measure wrong; the year alone, or the length alone, may be a slip of the pen.
    return found if len(found) > 1 or (found and found[0] != "beam" and _exact_else(one, other, found[0])) else []


def _exact_else(one: Seen, other: Seen, name: str) -> bool:
    """Whether nothing else that both tell agrees: then the one measure apart is no slip."""
    return not any(one.get(rest) and other.get(rest) for rest in _MEASURES if rest != name)


def _two_numbers(one: Seen, other: Seen) -> bool:
    return bool(one.imo_number and other.imo_number and one.imo_number != other.imo_number)


def _one_hull(one: Seen, other: Seen) -> bool:
    """Whether two statements agree on at least two measures and contradict each other in none."""
    both = [name for name in _MEASURES if one.get(name) and other.get(name)]
    return len(both) >= 2 and not apart(one, other)


def _two_imo(own: Seen, other: Seen, by: str, path: str) -> IdentityFinding:
    detail = f"One ship by {by} and its measures, with the IMO numbers {own.imo_number} and {other.imo_number}."
    told = [(own, "imo_number"), (other, "imo_number"), (own, path), (other, path)]
    return finding("hull_two_imo", detail, told)


def _shown(seen: Seen, name: str) -> str:
    value = seen.get(name) or 0
    return f"built in {value:.0f}" if name == "build_year" else f"{value:,g} {_WORDS[name]}"
