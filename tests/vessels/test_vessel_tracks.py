"""Tracks joined with records, and what a record then shows."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from nkscreen.records import Vessel
from nkscreen.vessels.ais.columns import SCHEMA, STATEMENTS
from nkscreen.vessels.events.draughts import with_draughts
from nkscreen.vessels.fleet import Seen
from nkscreen.vessels.listed import ListedVessels
from nkscreen.vessels.sea import Sea
from nkscreen.vessels.track import Track, read_track
from nkscreen.vessels.tracks import MOST, Tracks

START = datetime(2019, 7, 1, tzinfo=UTC)


def messages(mmsi, hours, lat=30.0, lon=125.0, *, every=10, speed=0.3, draught=None, after=0.0, row=1):
    """Messages of one ship at one place."""
    times = [START + timedelta(hours=after, minutes=minute) for minute in range(0, int(hours * 60) + 1, every)]
    size = len(times)
    return pl.DataFrame(
        {"mmsi": [mmsi] * size, "time": times, "lat": [lat] * size, "lon": [lon] * size, "speed": [speed] * size,
         "course": [float(at % 360) for at in range(size)], "draught": [draught] * size, "row": range(row, row + size)},
        schema=SCHEMA,
    )  # fmt: skip


def tracks(*parts, statements=(), **options):
    told = pl.DataFrame(list(statements), schema=STATEMENTS, orient="row")
    frame = pl.concat(parts)
    return Tracks(Track(frame, frame.height, {}, told), **options)


def vessel(**given):
    return Vessel.read({"id": "ship", **given})


def test_a_gap_becomes_a_field_with_the_draughts_around_it():
    joined = tracks(
        messages(613003778, 14, draught=4.0), messages(613003778, 3, lat=31.0, after=40, draught=6.5)
    ).joined(vessel(mmsi="613003778"))
    (gap,) = joined.ais_gaps
    assert (gap.start, gap.end, gap.hours) == (date(2019, 7, 1), date(2019, 7, 2), 26.0)
    assert (gap.draught_before, gap.draught_after, gap.dprk_in_reach) == (4.0, 6.5, None)
    assert joined.track
    assert (joined.track.messages, joined.track.gaps, joined.track.ships) == (104, 1, 1)


def test_an_encounter_names_the_other_ship_where_a_register_has_it():
    other = Seen.of(vessel(name="SAEBYOL", mmsi="445539000", imo_number="9076260", flag="KP"))
    near = tracks(messages(613003778, 4), messages(445539000, 4, lat=30.002), known=[other])
    (met,) = near.joined(vessel(mmsi="613003778")).encounters
    assert (met.mmsi, met.name, met.imo_number, met.flag, met.hours) == ("445539000", "SAEBYOL", "9076260", "KP", 4.0)
    mentions = [mention.path for mention in near.joined(vessel(mmsi="613003778")).mentions()]
    assert mentions == ["", "encounters[0]"]


def test_an_encounter_names_the_other_ship_by_what_it_sent_where_no_register_has_it():
    said = [
        (445539000, "IMO7389704", "RYE SONG GANG 1", None, None, START, START, 2),
        (445539000, "0", "OLD NAME", None, None, START - timedelta(days=9), START - timedelta(days=8), 3),
    ]
    near = tracks(messages(613003778, 4), messages(445539000, 4, lat=30.002), statements=said)
    (met,) = near.joined(vessel(mmsi="613003778")).encounters
    assert (met.name, met.imo_number, met.flag) == ("RYE SONG GANG 1", "7389704", None)


def test_the_other_ship_need_not_be_known():
    own = Seen.of(vessel(mmsi="613003778"))
    near = tracks(messages(613003778, 4), messages(445539000, 4, lat=30.002), known=[own], only_known=True)
    assert near.joined(vessel(mmsi="613003778")).encounters[0].mmsi == "445539000"
    assert near.joined(vessel(mmsi="445539000")).track is None


def test_loitering_becomes_a_field():
    (slow,) = tracks(messages(613003778, 5)).joined(vessel(mmsi="613003778")).loitering
    assert (slow.hours, slow.knots, slow.lat) == (5.0, 0.3, 30.0)


def test_a_ship_is_found_by_the_imo_number_that_its_mmsi_sends():
    said = (613003778, "IMO9076260", "SEA STAR", None, None, START, START, 2)
    joined = tracks(messages(613003778, 4), statements=[said]).joined(vessel(imo_number="9076260"))
    assert joined.track
    assert joined.track.messages == 25


def test_an_mmsi_that_sends_another_imo_number():
    said = (613003778, "9283186", None, None, None, START, START, 2)
    near = tracks(messages(613003778, 4), statements=[said])
    (found,) = near.findings(vessel(imo_number="9076260", mmsi="613003778"))
    assert (found.code, found.strength) == ("ais_identity", "strong")
    assert "sends IMO 9283186; the papers give IMO 9076260" in found.detail
    assert list(near.findings(vessel(imo_number="9283186", mmsi="613003778"))) == []


def test_two_ships_on_one_mmsi():
    here, there = messages(613003778, 10, every=7, speed=0.0), messages(613003778, 10, lat=-20.0, every=9, speed=0.0)
    near = tracks(here, there)
    found = {item.code: item for item in near.findings(vessel(mmsi="613003778"))}
    assert set(found) == {"ais_shared", "ais_jumps", "ais_on_land"}  # the other of the two is in a desert
    assert found["ais_shared"].detail == (
        "2 ships send the MMSI 613003778 at one time, 2019-07-01 00:00 to 2019-07-01 09:54."
    )
    joined = near.joined(vessel(mmsi="613003778"))
    assert joined.track
    assert joined.track.ships == 2


def test_positions_off_the_earth():
    near = tracks(messages(613003778, 2), messages(613003778, 1, lat=95.0, after=3))
    (found,) = near.findings(vessel(mmsi="613003778"))
    assert (found.code, found.strength) == ("ais_off_earth", "weak")


def test_a_name_that_the_ais_gives_is_screened_and_told():
    said = [
        (613003778, None, "SAEBYOL", None, None, START, START + timedelta(days=2), 2),
        (613003778, None, "SEA-STAR", None, None, START, START, 3),
        (613003778, None, "SAEBYOL ", None, "NAMPO", START, START + timedelta(days=3), 4),
    ]
    near = tracks(messages(613003778, 4), statements=said)
    ship = vessel(name="SEA STAR", mmsi="613003778")
    joined = near.joined(ship)
    assert joined.previous_names == ("SAEBYOL",)
    assert [(item.name, item.since, item.until) for item in joined.name_history] == [
        ("SAEBYOL", date(2019, 7, 1), date(2019, 7, 4))
    ]
    assert next(iter(joined.mentions())).names[1] == ("previous_names[0]", "SAEBYOL")
    assert [item.code for item in near.findings(ship)] == ["ais_name"]
    assert [item.code for item in Sea(tracks=near).seen(ship, ListedVessels([])).observations] == ["ais_name"]


def test_a_ship_that_falls_silent_before_the_others():
    near = tracks(messages(613003778, 4), messages(273379740, 40))
    ship, other = vessel(mmsi="613003778"), vessel(mmsi="273379740")
    assert [item.code for item in near.findings(ship)] == ["ais_silent"]
    assert list(near.findings(other)) == []
    silent, heard = near.joined(ship).track, near.joined(other).track
    assert silent
    assert heard
    assert (silent.silent_since, heard.silent_since) == (date(2019, 7, 1), None)
    both = vessel(mmsi="613003778", other_mmsi=["273379740"])
    assert list(near.findings(both)) == []


def test_a_vessel_without_a_track_stays_as_it_is():
    near = tracks(messages(613003778, 4))
    other = vessel(mmsi="273379740")
    assert near.joined(other) is other
    assert list(near.findings(other)) == []


def test_a_thousand_gaps_are_counted_and_the_longest_kept():
    parts = [messages(613003778, 0, after=20.0 * at) for at in range(MOST + 50)]
    joined = tracks(*parts).joined(vessel(mmsi="613003778"))
    assert joined.track
    assert (len(joined.ais_gaps), joined.track.gaps) == (MOST, MOST + 49)


def test_draughts_around_events_of_two_ships():
    events = pl.DataFrame({"mmsi": [1, 2], "start": [START, START], "end": [START + timedelta(hours=20)] * 2})
    events = events.cast({"mmsi": pl.UInt32, "start": SCHEMA["time"], "end": SCHEMA["time"]})
    sent = pl.concat([messages(1, 0, draught=5.0), messages(2, 0, draught=7.0), messages(2, 0, draught=3.0, after=30)])
    around = with_draughts(events, sent)
    assert around["draught_before"].to_list() == [5.0, 7.0]
    assert around["draught_after"].to_list() == [None, 3.0]


def test_what_is_seen_is_seen_once():
    ship = vessel(flag="MN", mmsi="445539000")
    once = Sea().seen(ship, ListedVessels([]))
    assert [item.code for item in once.observations] == ["dprk_identity"]
    assert once.observations[0].told == ("ship: flag = MN", "ship: mmsi = 445539000")
    assert Sea().seen(once, ListedVessels([])) == once
    plain = vessel(flag="PA", mmsi="371234000")
    assert Sea().seen(plain, ListedVessels([])) is plain


@pytest.mark.parametrize("name", ["track.csv", "track.json"])
def test_statements_are_read_beside_positions(tmp_path, name):
    file = tmp_path / name
    if name.endswith("csv"):
        file.write_text(
            "MMSI,BaseDateTime,LAT,LON,VesselName,IMO,CallSign,Destination\n"
            "613003778,2019-07-01T00:00:00,30,125,SEA STAR,IMO9076260,,NAMPO\n"
            "613003778,2019-07-01T00:10:00,30,125,SEA STAR,IMO9076260,,NAMPO\n"
            "613003778,2019-07-01T00:20:00,30,125,ASTRA,IMO9076260,,BUSAN\n"
            "273379740,2019-07-01T00:20:00,30,125,,,,\n"
        )
    else:
        rows = [("SEA STAR", "NAMPO", 0), ("SEA STAR", "NAMPO", 10), ("ASTRA", "BUSAN", 20)]
        file.write_text(
            "\n".join(
                f'{{"mmsi": 613003778, "timestamp": "2019-07-01T00:{minute:02}:00Z", "lat": 30, "lon": 125, '
                f'"shipname": "{ship}", "imo": "IMO9076260", "destination": "{port}"}}'
                for ship, port, minute in rows
            )
        )
    told = read_track(file).statements
    assert told["name"].to_list() == ["SEA STAR", "ASTRA"]
    assert told["destination"].to_list() == ["NAMPO", "BUSAN"]
    assert told["last"].to_list() == [START + timedelta(minutes=10), START + timedelta(minutes=20)]


def test_waters_and_areas_become_fields():
    seen = tracks(
        messages(613003778, 4, lat=38.6, lon=124.9, every=60), messages(613003778, 0, lat=35.0, lon=124.0, after=40)
    ).joined(vessel(mmsi="613003778"))
    (stay,) = seen.dprk_waters
    assert (stay.side, stay.hours, seen.track.dprk_waters, seen.track.dprk_waters_hours) == ("Yellow Sea side", 4, 1, 4)
    (gap,) = seen.ais_gaps
    assert (gap.area, gap.end_area) == ("off Nampo, near Cho-do, Korea Bay, Yellow Sea", "Yellow Sea")
    assert (gap.began_near, gap.ended_near) == ("Yellow Sea side", None)


def test_a_ship_adrift_has_its_area_the_draughts_around_it_and_who_was_near():
    before, after = (
        messages(613003778, 0, lat=31.0, speed=9.0, draught=5.0),
        messages(613003778, 0, lat=31.0, speed=9.0, draught=8.2, after=6),
    )
    adrift = messages(613003778, 4, lat=31.2, lon=124.1, after=1)
    alone = tracks(before, adrift, after).joined(vessel(mmsi="613003778"))
    (item,) = alone.loitering
    assert (item.area, item.port, item.met) == ("250 km east of Shanghai, East China Sea", None, False)
    assert (item.draught_before, item.draught_after) == (5.0, 8.2)
    beside = messages(445539000, 4, lat=31.201, lon=124.1, after=1)
    assert tracks(before, adrift, after, beside).joined(vessel(mmsi="613003778")).loitering[0].met


def test_a_ship_at_sea_and_on_land_is_told_and_one_on_a_lake_is_not():
    lake = messages(371000001, 1.5, lat=43.5)
    both = messages(613003778, 1.5, lat=43.5), messages(613003778, 3.2, lat=30.0, after=100)
    near = tracks(lake, *both)
    assert "ais_on_land" not in {item.code for item in near.findings(vessel(mmsi="371000001"))}
    assert near.joined(vessel(mmsi="371000001")).track.on_land == 10
    (found,) = [item for item in near.findings(vessel(mmsi="613003778")) if item.code == "ais_on_land"]
    assert found.strength == "weak"
    assert "10 of 30 positions" in found.detail
    assert "lakes and rivers" in found.detail
