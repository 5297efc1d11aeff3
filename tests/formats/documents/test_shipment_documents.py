import json
from pathlib import Path

import pytest

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, open_input

DATA = Path(__file__).resolve().parents[3] / "../shared/data/inputs"

EBL = {
    "transportDocumentReference": "ABC1",
    "documentParties": {
        "shipper": {
            "partyName": "Ryonha Machinery",
            "address": {"street": "Tongdaewon", "city": "Pyongyang", "countryCode": "KP"},
            "partyContactDetails": [{"name": "Kim Il", "email": "a@b.kp"}],
        },
        "consignee": {"partyName": "Acme", "identifyingCodes": [{"partyCode": "111100T8BM49ADCSAO64"}]},
        "notifyParties": [{"partyName": "One"}, {"partyName": "Two"}],
        "other": [{"party": {"partyName": "Third"}, "partyFunction": "DDR"}],
    },
    "transports": {"portOfLoading": {"UNLocationCode": "KPNAM"}, "vesselVoyages": [{"vesselName": "JI SONG 6"}]},
    "consignmentItems": [
        {"descriptionOfGoods": ["Coal", "in bulk"], "HSCodes": ["270111"]},
        {"descriptionOfGoods": ["Iron ore"], "HSCodes": ["260111"]},
    ],
    "utilizedTransportEquipments": [{"equipmentReference": "MSCU1234567"}, {"equipmentReference": "MSCU1234567"}],
    "carrierClauses": ["For account of Korea Ryonbong", "PRE", "2020-12-12"],
}


def read(tmp_path, text):
    file = tmp_path / "a.bin"
    file.write_text(text, encoding="utf-8")
    with open_input(file) as source:
        return source, list(source)


def test_a_bill_of_lading_becomes_a_shipment_with_every_party(tmp_path):
    source, (found,) = read(tmp_path, json.dumps(EBL))
    assert (source.format, source.kind, found.id) == ("DCSA JSON", "shipment", "ABC1")
    assert (found.shipper.name, found.shipper.country) == ("Ryonha Machinery", "KP")
    assert found.shipper.address == "Tongdaewon, Pyongyang"
    assert found.consignee.lei_code == "111100T8BM49ADCSAO64"
    assert [party.name for party in found.notify_parties] == ["One", "Two"]
    assert [(party.name, party.role) for party in found.other_parties] == [
        ("Kim Il", "contact of shipper"),
        ("Third", "party"),
    ]
    assert [(line.description, line.hs_code) for line in found.goods] == [
        ("Coal; in bulk", "270111"),
        ("Iron ore", "260111"),
    ]
    assert (found.port_of_loading, found.vessel.name) == ("KPNAM", "JI SONG 6")
    assert found.container_numbers == ("MSCU1234567",)


def test_parties_in_a_list_have_the_role_of_their_function(tmp_path):
    notice = {
        "transportDocumentReference": "HHL1",
        "documentParties": [
            {"partyFunction": "OS", "partyName": "Ryonha", "address": {"city": "Pyongyang", "countryCode": "KP"}},
            {"typeCode": "CONSIGNEE", "partyName": "Acme", "partyContactDetails": [{"name": "Henrik"}]},
            {"partyFunction": "N1", "partyName": "One"},
            {"partyFunction": "DDR", "partyName": "Two"},
            {"partyFunction": "Broker of Nampo", "partyName": "Three"},
        ],
    }
    _, (found,) = read(tmp_path, json.dumps({"arrivalNotices": [notice]}))
    assert (found.shipper.name, found.shipper.country, found.consignee.name) == ("Ryonha", "KP", "Acme")
    assert [party.name for party in found.notify_parties] == ["One"]
    assert [(party.name, party.role) for party in found.other_parties] == [
        ("Henrik", "contact of consignee"),
        ("Two", "consignor's freight forwarder"),
        ("Three", "party"),
    ]
    assert [item.text for item in found.unmapped_text] == ["Broker of Nampo"]


def test_places_are_stops_by_their_field_their_use_or_their_order(tmp_path):
    booking = {
        "carrierBookingReference": "B1",
        "invoicePayableAt": {"UNLocationCode": "SGSIN"},
        "shipmentLocations": [
            {"location": {"UNLocationCode": "KPNAM", "locationName": "Port of Nampo"}, "locationTypeCode": "POL"},
            {"location": {"locationName": "Dalian", "address": {"street": "Pier 9", "countryCode": "CN"}}},
            {"location": {"UNLocationCode": "HKHKG"}, "locationTypeCode": "POD"},
        ],
    }
    schedule = {
        "around": "Moran Wren",
        "vesselSchedules": [
            {"vessel": {"name": "JI SONG 6", "callSign": "HMZZ8"},
             "transportCalls": [{"location": {"UNLocationCode": code}} for code in codes]}
            for codes in (["KPNAM", "KPNAM", "CNDAL"], ["RUVVO"])
        ],
    }  # fmt: skip
    _, (found,) = read(tmp_path, json.dumps(booking))
    assert [stop.port for stop in found.stops] == ["KPNAM", "CNDAL", "HKHKG"]
    assert [item.text for item in found.unmapped_text] == ["SGSIN", "Pier 9", "Port of Nampo"]
    _, (one, two) = read(tmp_path, json.dumps(schedule))
    assert [[leg.port for leg in record.legs] for record in (one, two)] == [["KPNAM", "CNDAL"], ["RUVVO"]]
    assert (one.vessel.call_sign, [item.text for item in two.unmapped_text]) == ("HMZZ8", ["Moran Wren"])


def test_text_without_a_field_is_kept_with_its_place_and_mentioned(tmp_path):
    _, (found,) = read(tmp_path, json.dumps(EBL))
    assert [(item.place, item.text) for item in found.unmapped_text] == [
        ("carrierClauses[1]", "For account of Korea Ryonbong")
    ]
    assert "unmapped_text[0]" in [mention.path for mention in found.mentions()]


def test_items_of_a_list_are_records_of_their_own(tmp_path):
    _, found = read(tmp_path, json.dumps([EBL, {**EBL, "transportDocumentReference": "ABC2"}]))
    assert [(item.id, item.source.path) for item in found] == [("ABC1", "[1]"), ("ABC2", "[2]")]


def test_a_declaration_is_read_behind_comments_and_prefixes(tmp_path):
    _, (found,) = read(
        tmp_path,
        "<?xml version='1.0'?><!-- > <b/> --><md:MetaData xmlns:md='m' xmlns='d'><Declaration><!-- x -->"
        "<Declarant><ID>GB1</ID></Declarant><GoodsShipment><Exporter><Name>Ryonha</Name><Address><CountryCode>KP"
        "</CountryCode></Address></Exporter><GovernmentAgencyGoodsItem><Commodity><Description>Coal</Description>"
        "</Commodity></GovernmentAgencyGoodsItem><GovernmentAgencyGoodsItem><Commodity><Description>Ore</Description>"
        "</Commodity></GovernmentAgencyGoodsItem></GoodsShipment></Declaration></md:MetaData>",
    )
    assert (found.shipper.name, found.shipper.country, found.source.path) == ("Ryonha", "KP", "Declaration")
    assert [line.description for line in found.goods] == ["Coal", "Ore"]
    assert found.other_parties[0].documents[0].number == "GB1"


def test_any_party_of_ubl_is_a_party_by_its_role(tmp_path):
    _, (found,) = read(
        tmp_path,
        "<Waybill xmlns='u'><ID>W1</ID><ConsignorParty><PartyName><Name>A</Name></PartyName></ConsignorParty>"
        "<FreightForwarderParty><PartyName><Name>B</Name></PartyName></FreightForwarderParty>"
        "<Shipment><Note>care of Korea Ryonbong</Note></Shipment></Waybill>",
    )
    assert (found.bill_of_lading, found.shipper.name) == ("W1", "A")
    assert (found.other_parties[0].name, found.other_parties[0].role) == ("B", "freight forwarder")
    assert [item.place for item in found.unmapped_text] == ["Waybill/Shipment/Note"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><Waybill><ID>&b;</ID></Waybill>", "DOCTYPE"),
        ("<Waybill><ID>1</Waybill>", "no well-formed XML"),
        ("<MetaData><a/></MetaData>", "holds no Declaration"),
        ('{"documentParties": {', "no whole JSON"),
        ('{"documentParties": ' + "[" * 100_000, "no whole JSON"),
    ],
)
def test_broken_and_hostile_documents_are_refused_with_the_reason(tmp_path, text, reason):
    with pytest.raises(InputError, match=reason):
        read(tmp_path, text)


def test_a_document_with_more_than_a_record_holds_is_quarantined(tmp_path):
    _, (found,) = read(tmp_path, json.dumps({"documentParties": {"notifyParties": [{"partyName": "A"}] * 2001}}))
    assert isinstance(found, Quarantined)
    assert "notifyParties" in found.reason or "notify_parties" in found.reason
    deep = '{"documentParties": ' + '{"a":' * 150 + '"text"' + "}" * 151
    _, (found,) = read(tmp_path, deep)
    assert "nested deeper" in found.reason


@pytest.mark.parametrize("folder", ["dcsa", "wco", "ubl"])
def test_real_documents_are_read_whole(folder):
    if not (DATA / folder).is_dir():
        pytest.skip("shared/data not present")
    for file in sorted((DATA / folder).iterdir()):
        with open_input(file) as source:
            assert [item for item in source if isinstance(item, Quarantined)] == [], file.name
            assert source.records > 0, file.name


def test_stops_of_a_waybill_are_its_route_with_where_goods_change_ships(tmp_path):
    def location(name, code, country):
        address = (
            f"<Address><CityName>Port</CityName><Country><IdentificationCode>{country}</IdentificationCode></Country>"
        )
        return f"<{name}><ID>{code}</ID>{address}</Address></{name}>"

    stages = (
        location("LoadingPortLocation", "KPNAM", "KP")
        + location("TransshipPortLocation", "CNDAL", "CN")
        + location("UnloadingPortLocation", "HKHKG", "HK")
    )
    glove = "<PlannedArrivalTransportEvent><Location><Address><ID>4568763527610</ID></Address></Location>"
    text = f"<Waybill><ID>W1</ID><Shipment>{stages}{glove}</PlannedArrivalTransportEvent></Shipment></Waybill>"
    _, (found,) = read(tmp_path, text)
    assert [(stop.port, stop.country, stop.transshipment) for stop in found.stops] == [
        ("KPNAM", "KP", None), ("CNDAL", "CN", True), ("HKHKG", "HK", None),
    ]  # fmt: skip
    assert {item.text for item in found.unmapped_text} == {"Port"}


def test_a_ship_of_a_declaration_is_known_by_the_type_of_its_identifier(tmp_path):
    def means(name, identifier, kind):
        return f"<{name}><ID>{identifier}</ID><IdentificationTypeCode>{kind}</IdentificationTypeCode></{name}>"

    ships = means("ArrivalTransportMeans", "7937317", "10") + means("BorderTransportMeans", "CHONG CHON GANG", "11")
    text = f"<Declaration>{ships}{means('DepartureTransportMeans', 'AB 123 CD', '30')}</Declaration>"
    _, (found,) = read(tmp_path, text)
    assert (found.vessel.imo_number, found.vessel.name) == ("7937317", "CHONG CHON GANG")
    assert [item.text for item in found.unmapped_text] == ["AB 123 CD"]
