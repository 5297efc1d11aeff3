"""The dossier of a vessel as one self-contained HTML page and as JSON; the same values give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, TextIO

from markupsafe import Markup

from nkscreen.alerts.model import Provenance
from nkscreen.records import Vessel
from nkscreen.records.codes import country, mmsi
from nkscreen.records.ship import Observation
from nkscreen.report.html import asset, csp_hash, environment
from nkscreen.report.jsonl import plain_line
from nkscreen.report.track_map import track_map
from nkscreen.screening import ScreeningResult
from nkscreen.vessels.coast import CAVEAT as COAST_CAVEAT
from nkscreen.vessels.dossier import Dossier, Entry, Kind
from nkscreen.vessels.geography import WATERS_CAVEAT

KINDS: dict[Kind, str] = {
    "gap": "silence",
    "encounter": "encounter",
    "visit": "port visit",
    "loitering": "slow",
    "pattern": "circle or box",
    "jump": "impossible step",
    "waters": "DPRK waters",
    "papers": "papers",
}

_STRENGTHS = ("strong", "moderate", "weak")


def write_dossier(
    dossier: Dossier,
    result: ScreeningResult,
    provenance: Provenance,
    stream: TextIO,
    *,
    warnings: Sequence[str] = (),
) -> None:
    """Write the page. Open the stream with `encoding="utf-8", newline="\\n"`.

    Args:
        dossier: what is known of the vessel, of the record that `result` holds.
        result: its screening, and `provenance` the versions that it was made with.
        warnings: sentences to be read first, on lists and inputs.
    """
    style = Markup("{}\n{}").format(asset("report.css"), asset("vessel.css"))
    context = {
        "dossier": dossier,
        "ship": dossier.vessel,
        "card": tuple(card(dossier.vessel)),
        "observations": by_strength(dossier.vessel),
        "result": result,
        "alert": result.alert,
        "map": track_map(dossier) if dossier.stretches else None,
        "points": sum(len(stretch.lat) for stretch in dossier.stretches if stretch.way == "sailed"),
        "coast_caveat": COAST_CAVEAT,
        "waters_caveat": WATERS_CAVEAT,
        "warnings": warnings,
        "provenance": provenance,
        "kinds": KINDS,
        "moment": moment,
        "style": style,
        "style_hash": csp_hash(style),
    }
    stream.writelines(environment().get_template("vessel.html").generate(context))


def card(ship: Vessel) -> Iterator[tuple[str, str]]:
    """The identity of a vessel as label and text; what is not given is left out."""
    flags = ", ".join(_country(flag) for flag in ship.past_flags if flag)
    sizes = ((ship.length, "m long"), (ship.beam, "m broad"), (ship.gross_tonnage, "gross tons"))
    given: tuple[tuple[str, object], ...] = (
        ("IMO number", ship.imo_number),
        ("Further IMO numbers", ", ".join(filter(None, ship.other_imo_numbers))),
        ("MMSI", _radio(ship.mmsi) if ship.mmsi else None),
        ("Further MMSI", ", ".join(filter(None, ship.other_mmsi))),
        ("Call sign", ship.call_sign),
        ("Flag", _country(ship.flag) if ship.flag else None),
        ("Former flags", flags),
        ("Former or other names", ", ".join(ship.previous_names)),
        ("Type", ship.type),
        ("Built", ship.build_year),
        (
            "Size",
            ", ".join(
                f"{value:,g} {unit}" for value, unit in (*sizes, (ship.deadweight_tonnage, "t deadweight")) if value
            ),
        ),
        ("Owner", ship.owner.name if ship.owner else None),
        ("Manager", ship.manager.name if ship.manager else None),
        ("Operator", ship.operator.name if ship.operator else None),
        ("Others", "; ".join(f"{party.name} ({party.role or 'role not given'})" for party in ship.other_parties)),
        ("Record", str(ship.source) if ship.source else None),
    )
    yield from ((label, str(value)) for label, value in given if value)


def by_strength(ship: Vessel) -> tuple[Observation, ...]:
    """What was found about the vessel, the strongest first."""
    order = {strength: at for at, strength in enumerate(_STRENGTHS)}
    return tuple(sorted(ship.observations, key=lambda item: order.get(item.strength, len(order))))


def moment(when: datetime | date | None) -> str:
    """A time of the timeline: UTC, to the minute, or a day."""
    if isinstance(when, datetime):
        return f"{when:%Y-%m-%d %H:%M}"
    return str(when) if when else "not told"


def write_dossier_json(dossier: Dossier, result: ScreeningResult, stream: TextIO) -> None:
    """Write the dossier as one JSON object: record, status, hits, alert, timeline and the stretches of the track."""
    ship = dossier.vessel
    data = {
        "vessel": ship.model_dump(mode="json", by_alias=False, exclude_defaults=True),
        "status": result.status,
        "hits": [hit.model_dump(mode="json", by_alias=False) for hit in result.hits],
        "alert": result.alert.to_dict() if result.alert else None,
        "timeline": [_entry(entry) for entry in dossier.timeline],
        "timeline_left_out": dict(dossier.left),
        "track": [
            {
                "mmsi": f"{part.mmsi:09}",
                "way": part.way,
                "start": part.start.isoformat(),
                "end": part.end.isoformat(),
                "messages": len(part.lat) if part.way == "sailed" else 0,
                "from": [round(float(part.lat[0]), 5), round(float(part.lon[0]), 5)],
                "to": [round(float(part.lat[-1]), 5), round(float(part.lon[-1]), 5)],
            }
            for part in dossier.stretches
        ],
    }
    stream.write(plain_line(json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1)) + "\n")


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "start": entry.start.isoformat() if entry.start else None,
        "end": entry.end.isoformat() if entry.end else None,
        "title": entry.title,
        "detail": entry.detail,
        "lat": None if entry.lat is None else round(entry.lat, 5),
        "lon": None if entry.lon is None else round(entry.lon, 5),
        "hours": round(entry.hours, 2),
        "mark": entry.number,
    }


def _radio(number: str) -> str:
    land = mmsi.country(number)
    return f"{number} (a number of {country.name(land)})" if land else number


def _country(code: str) -> str:
    return f"{country.name(code)} ({code})" if country.is_code(code) else code
