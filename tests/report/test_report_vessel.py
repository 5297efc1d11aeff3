"""The page and the JSON of a dossier."""

import io
import json
import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import numpy as np
import pytest

from nkscreen.records import Vessel
from nkscreen.report.track_map import track_map
from nkscreen.report.vessel import write_dossier, write_dossier_json
from nkscreen.screening import Screener
from nkscreen.vessels.dossier import Dossier, Entry, Stretch

NASTY = '<script>alert(1)</script>"><img src=x onerror=1>\u202eevil'


@pytest.fixture(scope="module")
def screener():
    return Screener.default(as_of=date(2026, 9, 1))


def stretch(way, lat, lon, mmsi=613003778):
    return Stretch(
        mmsi,
        way,
        np.array(lat, float),
        np.array(lon, float),
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 2, tzinfo=UTC),
    )


def dossier(vessel, *stretches):
    when = datetime(2026, 1, 1, 5, tzinfo=UTC)
    entries = (
        Entry("gap", when, when, "Silence on AIS", NASTY, 36.0, 123.0, 20.0, 1),
        Entry("encounter", when, when, f"Close to {NASTY}", "3 hours", 35.0, 123.0, 3.0, 2),
    )
    return Dossier(vessel, entries, stretches)


def page(screener, record, *stretches):
    result = screener.screen(record)
    stream = io.StringIO()
    write_dossier(dossier(result.record, *stretches), result, screener.provenance(), stream, warnings=[NASTY])
    return stream.getvalue()


def test_nothing_of_the_input_is_markup_and_nothing_is_loaded(screener):
    record = Vessel.read({"id": "1", "name": NASTY, "imo_number": "9076260", "type": NASTY, "previous_names": (NASTY,)})
    text = page(screener, record, stretch("sailed", [36, 37], [123, 124]))
    assert "<script" not in text
    assert "<img" not in text
    assert "\u202e" not in text
    assert "<U+202E>" in text.replace("&lt;", "<").replace("&gt;", ">")
    assert not re.search(r'(?:src|href)="(?!https?://|#)', text)
    assert "default-src 'none'" in text


def test_the_page_of_a_listed_ship_names_hit_and_rules(screener):
    text = page(screener, Vessel.read({"id": "1", "name": "CHONG CHON GANG", "imo_number": "7937317", "flag": "KP"}))
    assert "List hit" in text
    assert "7937317" in text
    assert "No position of this vessel was given." in text


def test_the_map_is_well_formed_and_shows_every_kind_of_way():
    made = dossier(
        Vessel.read({"id": "1", "name": "X"}),
        stretch("sailed", [36, 37, 36.5], [123, 124, 125]),
        stretch("gap", [36.5, 35], [125, 124]),
        stretch("jump", [35, 30], [124, 123]),
    )
    root = ElementTree.fromstring(track_map(made))
    ways = [path.get("class") for path in root.iter("path") if (path.get("class") or "").startswith("way")]
    assert ways.count("way gap") == 2  # on the map and in the legend
    assert ways.count("way jump") == 2
    assert ways.count("way sailed") == 2
    words = [text.text for text in root.iter("text")]
    assert {"1", "2", "not heard", "impossible step", "encounter", "silence"} <= set(words)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [([52, 53], [179.5, -179.5]), ([86, 87, 86], [0, 120, -120]), ([-89.9, -89.9], [0, 180]), ([35, 35], [129, 129])],
)
def test_tracks_anywhere_are_drawn_within_the_map(lat, lon):
    made = track_map(Dossier(Vessel.read({"id": "1"}), (), (stretch("sailed", lat, lon),)))
    path = next(p for p in ElementTree.fromstring(made).iter("path") if p.get("class") == "way sailed")
    numbers = [float(n) for n in re.findall(r"-?\d+\.\d", path.get("d"))]
    assert all(-1 <= n <= 961 for n in numbers)


def test_the_sea_off_the_north_pole_is_no_land():
    made = track_map(Dossier(Vessel.read({"id": "1"}), (), (stretch("sailed", [86, 87, 86], [0, 120, -120]),)))
    land = next(p for p in ElementTree.fromstring(made).iter("path") if p.get("class") == "land")
    corners = {(-20.0, -20.0), (980.0, -20.0), (980.0, 620.0), (-20.0, 620.0)}
    points = {tuple(map(float, pair.split())) for pair in re.findall(r"[ML](-?[\d.]+ -?[\d.]+)", land.get("d"))}
    assert not corners <= points


def test_the_json_holds_timeline_and_track(screener):
    result = screener.screen(Vessel.read({"id": "1", "name": "X", "mmsi": "613003778"}))
    stream = io.StringIO()
    write_dossier_json(dossier(result.record, stretch("sailed", [36, 37], [123, 124])), result, stream)
    data = json.loads(stream.getvalue())
    assert "\u202e" not in stream.getvalue()
    assert [entry["mark"] for entry in data["timeline"]] == [1, 2]
    assert data["timeline"][0]["detail"] == NASTY
    assert data["track"][0]["to"] == [37.0, 124.0]
