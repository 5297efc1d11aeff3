from datetime import date

import pytest
from alert_samples import DALIAN_SHIPMENT, SHORT_SHIPMENT
from lxml import etree

from nkscreen.records import Shipment
from nkscreen.report.route import route, stops


def shipment(**fields) -> Shipment:
    return Shipment.read({"id": "S-1", **fields})


def drawn(markup) -> etree._Element:
    return etree.fromstring(str(markup))


def classes(markup, tag: str) -> list[str]:
    return [item.get("class") for item in drawn(markup).iter(tag) if item.get("class")]


DALIAN = stops(Shipment.read(DALIAN_SHIPMENT))


def test_legs_come_in_sailing_order_with_what_happens_at_each():
    assert [stop.code for stop in DALIAN] == ["NLRTM", "CNDAL", "JPOSA", "KRPUS", "KPNAM", ""]
    assert [stop.place for stop in DALIAN[:2]] == ["Rotterdam", "Dalian"]
    assert DALIAN[0].notes == ("loading",)
    assert [stop.transshipment for stop in DALIAN] == [False, True, True, True, False, False]
    assert DALIAN[4].notes == ("discharge",)
    assert DALIAN[1].departure == date(2018, 8, 26)


def test_a_stop_in_north_korea_is_known_by_its_country():
    assert [stop.dprk for stop in DALIAN] == [False, False, False, False, True, False]


def test_without_a_destination_the_last_stop_is_undeclared():
    assert not DALIAN[-1].declared
    assert DALIAN[-1].notes == ("obtain the final destination",)


def test_a_row_with_only_two_ports_gives_two_stops_and_an_open_end():
    loading, discharge, end = stops(Shipment.read(SHORT_SHIPMENT))
    assert (loading.code, loading.departure) == ("SGSIN", date(2019, 8, 2))
    assert (discharge.code, discharge.notes) == ("CNDAL", ("discharge",))
    assert not end.declared


def test_a_declared_destination_in_another_country_is_a_stop_of_its_own():
    way = stops(shipment(port_of_discharge="CNDAL", destination_country="KP"))
    assert [stop.country for stop in way] == ["CN", "KP"]
    assert way[-1].dprk
    assert way[-1].notes == ("declared destination",)


def test_a_destination_in_the_last_stops_country_is_marked_there():
    (only,) = stops(shipment(port_of_discharge="CNSHA", destination_country="CN"))
    assert only.notes == ("discharge", "declared destination")


def test_a_port_that_cannot_be_read_is_shown_as_given():
    stop = stops(shipment(port_of_loading="SOMEWHERE QUITE ELSE 99", destination_country="KP"))[0]
    assert (stop.place, stop.code) == ("SOMEWHERE QUITE ELSE 99", "")
    assert "port not recognised" in stop.notes


def test_a_shipment_that_names_no_place_has_no_route():
    assert stops(shipment()) == ()


@pytest.mark.parametrize("columns", [1, 2, 6])
def test_every_stop_is_drawn_once_and_the_way_to_an_undeclared_one_is_dashed(columns):
    picture = route(DALIAN, columns=columns)
    stations = [css for tag in ("circle", "rect") for css in classes(picture, tag)]
    assert len(stations) == 6
    assert stations.count("station dprk") == 1
    assert stations.count("station undeclared") == 1
    assert "rail undeclared" in classes(picture, "line")
    words = [item.text for item in drawn(picture).iter("text")]
    assert {"Dalian", "CNDAL", "2018-07-31 → 2018-08-26", "transshipment", "North Korea (DPRK)", "Not declared"} <= {
        *words
    }


def test_a_transshipment_is_a_diamond():
    turned = [item for item in drawn(route(DALIAN)).iter("rect") if item.get("transform")]
    assert len(turned) == 3


def test_text_from_the_input_is_escaped():
    way = stops(shipment(legs=[{"port": "</text><script>alert(1)</script>"}], destination_country="KP"))
    assert "<script" not in route(way)
    assert "&lt;script&gt;" in route(way)
