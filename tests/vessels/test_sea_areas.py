"""Sea areas by place and by name."""

import numpy as np
import pytest

from nkscreen.records.codes import port
from nkscreen.vessels.sea_areas import area_named, areas_at, sea_areas

SEEN = {
    (38.68, 125.16): "West Sea Barrage, near Cho-do, Korea Bay, Yellow Sea",
    (38.62, 124.90): "off Nampo, near Cho-do, Korea Bay, Yellow Sea",
    (38.72, 125.40): "Korea Bay, Yellow Sea",
    (42.33, 130.40): "Sea of Japan (East Sea)",
    (39.17, 127.45): "East Korea Bay, Sea of Japan (East Sea)",
    (31.20, 124.10): "250 km east of Shanghai, East China Sea",
    (33.29, 124.0): "Yellow Sea",  # the parallel of 33°17' parts the two
    (33.27, 124.0): "East China Sea",
    (38.97, 118.2): "Bohai Sea",
    (35.08, 129.05): "Korea Strait, Sea of Japan (East Sea)",
    (20.80, 106.9): "Gulf of Tonkin, South China Sea",
    (22.60, 120.2): "Taiwan Strait",
    (35.50, 139.9): "",
    (-14.0, 181.0): "",
    (95.0, 124.0): "",
    (float("nan"), 124.0): "",
}


def test_places_lie_in_areas_the_narrower_first():
    lat, lon = (np.array(side) for side in zip(*SEEN, strict=True))
    assert areas_at(lat, lon).tolist() == list(SEEN.values())
    assert areas_at(lat, lon - 360).tolist() == list(SEEN.values())
    assert areas_at(np.empty(0), np.empty(0)).size == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("YELLOW SEA, 250 nm E of Qingdao", "Yellow Sea"),
        ("West Sea Barrage", "West Sea Barrage"),
        ("서해갑문 부근", "West Sea Barrage"),
        ("off Nampo", "off Nampo"),
        ("Korea Bay", "Korea Bay"),
        ("황해", "Yellow Sea"),
        ("off Sonbong", "off Rajin"),
        ("Wonsan roads", "off Wonsan"),
        ("Nampo", None),
        ("off Busan", None),
        ("Eastyellow seaside", None),
        ("", None),
        ("off " * 10_000, None),
    ],
)
def test_names_mean_areas(text, name):
    found = area_named(text)
    assert (found.name if found else None) == name


def test_an_area_off_a_port_is_around_it():
    area = area_named("off Chongjin")
    lat, lon = port.position("KPCHO")
    assert area.holds(np.array([lat, lat + 0.15, lat + 0.25, 91.0]), np.full(4, lon)).tolist() == [
        True,
        True,
        False,
        False,
    ]
    assert not area.verified


def test_every_harbour_of_north_korea_lies_in_a_sea():
    places = [place for place in port.harbours() if port.country_of(place.port) == "KP"]
    names = areas_at(np.array([p.latitude for p in places]), np.array([p.longitude for p in places]))
    inland = [place.place for place, name in zip(places, names, strict=True) if not name]
    assert inland == []


def test_areas_tell_their_source_and_no_two_have_a_name():
    names = [name.casefold() for area in sea_areas() for name in {area.name, *area.names}]
    assert len(names) == len(set(names))
    assert all(area.source for area in sea_areas())
    assert {area.key for area in sea_areas() if area.verified} == {"west_sea_barrage", "yellow_sea", "east_china_sea"}
