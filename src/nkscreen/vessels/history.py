"""What the history of one vessel shows: flags, names and owners that changed fast, numbers that a hull cannot have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nkscreen.records import Vessel
from nkscreen.records.codes import country, imo, mmsi
from nkscreen.vessels.changes import Change, flag_changes, name_changes, party_changes, within
from nkscreen.vessels.finding import IdentityFinding, finding, limit, registries


def examine_history(vessel: Vessel, *, as_of: date | None = None) -> tuple[IdentityFinding, ...]:
    """The findings on what a vessel was before. A history that is not given gives none.

    `as_of` is the day of the run, used where the statement has no date: a register disowned later says nothing of it.
    """
    return (
        *_numbers(vessel),
        *_registry(vessel, vessel.date or as_of),
        *_flags(vessel),
        *_names(vessel),
        *_parties(vessel),
        *_at_once(vessel),
    )


def _numbers(vessel: Vessel) -> Iterator[IdentityFinding]:
    own = imo.parse(vessel.imo_number) if vessel.imo_number else None
    for at, other in enumerate(vessel.other_imo_numbers):
        if own and other and (number := imo.parse(other)) and number != own:
            told = [(vessel, "imo_number"), (vessel, f"other_imo_numbers[{at}]")]
            yield finding("imo_two", f"One ship goes by the numbers {own} and {number}.", told)
    for at, other in enumerate(vessel.other_mmsi):
        if (
            other
            and mmsi.country(other) == "KP"
            and vessel.flag
            and country.is_code(vessel.flag)
            and vessel.flag != "KP"
        ):
            detail = f"The ship also has the North Korean MMSI {other}, under the flag of {country.name(vessel.flag)}."
            yield finding("dprk_identity", detail, [(vessel, "flag"), (vessel, f"other_mmsi[{at}]")])


def _registry(vessel: Vessel, day: date | None) -> Iterator[IdentityFinding]:
    known = registries()
    flag = vessel.flag or ""
    if (entry := known.get(flag)) and (day is None or day.year >= entry["since"]):
        sure = "" if entry["verified"] else " (as reported; not read at the source)"
        closed = "; the state runs no international register" if entry["closed"] else ""
        detail = f"Of {country.name(flag)}: {entry['told']}{closed}. Source: {entry['source']}{sure}."
        yield finding("flag_registry", detail, [(vessel, "flag")])
    for path, past in _past(vessel):
        if past in known and past != flag:
            entry = known[past]
            detail = f"Of {country.name(past)}: {entry['told']}. Source: {entry['source']}."
            yield finding("flag_registry_past", detail, [(vessel, path)])
            break
    for path, past in _past(vessel):
        if past == "KP" and country.is_code(flag) and flag != "KP":
            yield finding(
                "flag_dprk_past",
                f"It flew the flag of North Korea before that of {country.name(flag)}.",
                [(vessel, "flag"), (vessel, path)],
            )
            break


def _past(vessel: Vessel) -> Iterator[tuple[str, str]]:
    for at, flag in enumerate(vessel.past_flags):
        yield f"past_flags[{at}]", flag or ""
    for at, period in enumerate(vessel.flag_history):
        if period.flag != vessel.flag:
            yield f"flag_history[{at}].flag", period.flag or ""


def _flags(vessel: Vessel) -> Iterator[IdentityFinding]:
    changes = flag_changes(vessel)
    for code, most, days in (
        ("flag_hopping_fast", "flag_changes_fast", "flag_change_days_fast"),
        ("flag_hopping", "flag_changes", "flag_change_days"),
    ):
        if found := _fast(vessel, code, "flag", changes, (most, days)):
            yield found
            return
    flags = list(dict.fromkeys(flag for _, flag in _past(vessel) if country.is_code(flag)))
    flags += [vessel.flag] if vessel.flag and vessel.flag not in flags else []
    if len(flags) >= limit("flags_many"):
        told = [(vessel, path) for path, flag in _past(vessel) if flag in flags]
        yield finding("flags_many", f"It has flown {len(flags)} flags: {', '.join(flags)}.", told[:_SHOWN])


def _names(vessel: Vessel) -> Iterator[IdentityFinding]:
    changes = name_changes(vessel)
    if found := _fast(vessel, "names_changed", "name", changes, ("name_changes", "name_change_days")):
        yield found
        return
    names = list(dict.fromkeys((*([vessel.name] if vessel.name else ()), *vessel.previous_names)))
    if len(names) >= limit("names_many"):
        told = [(vessel, "name"), *((vessel, f"previous_names[{at}]") for at in range(len(vessel.previous_names)))]
        yield finding("names_many", f"It has borne {len(names)} names: {', '.join(names)[:300]}.", told[:_SHOWN])


def _parties(vessel: Vessel) -> Iterator[IdentityFinding]:
    allowed = ("party_changes", "party_change_days")
    for word in ("owner", "manager", "operator"):
        if found := _fast(vessel, "owners_changed", word, party_changes(vessel, word), allowed):
            yield found


def _at_once(vessel: Vessel) -> Iterator[IdentityFinding]:
    days = int(limit("at_once_days"))
    owners = [*party_changes(vessel, "owner"), *party_changes(vessel, "manager")]
    names = name_changes(vessel)
    for flag in flag_changes(vessel):
        near = [next((c for c in changes if _together(flag, c, days)), None) for changes in (names, owners)]
        if all(near):
            changed = [flag, *(c for c in near if c)]
            detail = "; ".join(f"{c.before} became {c.after} {c.when}" for c in changed) + "."
            yield finding("changed_at_once", detail, [(vessel, c.path) for c in changed])
            return


def _together(one: Change, other: Change, days: int) -> bool:
    bounds = (one.earliest, one.latest, other.earliest, other.latest)
    known = [day for day in bounds if day]
    return len(known) == len(bounds) and (max(known) - min(known)).days <= days


def _fast(
    vessel: Vessel, code: str, word: str, changes: list[Change], allowed: tuple[str, str]
) -> IdentityFinding | None:
    least, days = (int(limit(name)) for name in allowed)
    run = within(changes, days)
    if len(run) < least:
        return None
    steps = "; ".join(f"{c.before} to {c.after} {c.when}" for c in run[:_SHOWN])
    detail = f"{len(run)} changes of {word} within {days} days: {steps}."
    return finding(code, detail, [(vessel, c.path) for c in run[:_SHOWN]])


_SHOWN = 10
