"""UN/EDIFACT: segments of any separators and line ends, consignments as shipments, ships as vessels."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.formats import Quarantined, open_input
from nkscreen.formats.edi.segments import MAX_SEGMENT_CHARACTERS, Syntax, segments, written
from nkscreen.formats.edi.text import continues, joined, named
from nkscreen.formats.edifact.syntax import is_edifact, syntax_of
from nkscreen.records import Shipment, Vessel

STANDARD = Syntax("+", ":", "'", "?")
HEAD = "UNB+UNOC:3+SENDER+RECEIVER+260101:1200+1'"
CUSCAR = (
    HEAD + "UNH+M1+CUSCAR:D:95B:UN'BGM+785+REF1+9'DTM+137:20260102:102'TDT+20+031A+1++WONSAN:172:20+++9251999:146::MROA"
    " BETAGA:KP'CNI+1+BL77'RFF+BM:BL77'LOC+9+CNDLC:139:6'LOC+11+KPNAM:139:6'NAD+CZ+++HARBOUR CURLEW LTD+1 HIGH"
    " STREET+DALIAN++116001+CN'NAD+CN+++RYUGYONG TRADING CORPORATION OF PYO:NGYANG++++KP'NAD+N1+++BLUE HERON?+CO'"
    "GID+1+10:CT'"
    "FTX+AAA+++COAL IN BAGS'MEA+WT+AAE+KGM:23000'EQD+CN+MSCU1234566+22G1'CNI+2+BL78'RFF+BM:BL78'NAD+CZ+++SECOND"
    " SHIPPER'UNT+18+M1'UNZ+1+1'"
)


def read(tmp_path, text, name="message.edi"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with open_input(path) as source:
        items = list(source)
        assert source.format.startswith("UN/EDIFACT")
        return items, tuple(source.notes)


def test_each_consignment_of_a_manifest_is_a_shipment_with_its_parties_places_and_goods(tmp_path):
    (first, second), _ = read(tmp_path, CUSCAR)
    assert (first.bill_of_lading, first.voyage, str(first.date)) == ("BL77", "031A", "2026-01-02")
    assert (first.vessel.imo_number, first.vessel.name, first.vessel.flag) == ("9251999", "MROA BETAGA", "KP")
    assert (first.shipper.name, first.shipper.country) == ("HARBOUR CURLEW LTD", "CN")
    assert first.consignee.name == "RYUGYONG TRADING CORPORATION OF PYONGYANG"
    assert first.consignee.name_truncated
    assert first.notify_parties[0].name == "BLUE HERON+CO"
    assert (first.port_of_loading, first.port_of_discharge) == ("CNDAL", "KPNAM")
    assert (first.goods[0].description, first.container_numbers) == ("COAL IN BAGS", ("MSCU1234566",))
    assert "message 1 (CUSCAR M1), segment" in first.source.path
    assert (second.bill_of_lading, second.shipper.name, second.vessel.imo_number) == (
        "BL78", "SECOND SHIPPER", "9251999",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        CUSCAR.replace("'", "'\r\n"),
        "\ufeff\n\t" + CUSCAR.replace("'", "'\n\t"),
        "UNA:+.? '" + CUSCAR,
        "UNA#*.! ~" + CUSCAR.replace("?+", "\0").translate(str.maketrans("+:'\0", "*#~+")),
    ],
)  # fmt: skip
def test_separators_line_ends_and_byte_order_marks_do_not_matter(tmp_path, text):
    found, _ = read(tmp_path, text)
    assert [one.bill_of_lading for one in found] == ["BL77", "BL78"]
    assert found[0].notify_parties[0].name == "BLUE HERON+CO"


def test_an_envelope_that_names_no_version_has_the_separators_of_the_standard(tmp_path):
    (first, _), _ = read(tmp_path, CUSCAR.replace("UNOC:3+SENDER+RECEIVER+260101:1200+1", "UNOC"))
    assert (first.shipper.name, first.port_of_discharge) == ("HARBOUR CURLEW LTD", "KPNAM")


@pytest.mark.parametrize(
    ("identifier", "number", "sign", "text"),
    [
        ("9251999:146", "9251999", None, None),
        ("1234:146", "1234", None, None),
        ("D5LQ7:146", None, "D5LQ7", None),
        ("DLHV:103", None, "DLHV", None),
        ("IMONO:146", None, None, "IMONO"),
        ("DLHV", None, "DLHV", None),
        ("IMO-NUMBER:103", None, None, "IMO-NUMBER"),
    ],
)
def test_a_word_where_a_ship_number_belongs_is_no_number_and_no_call_sign(tmp_path, identifier, number, sign, text):
    (first, _), _ = read(tmp_path, CUSCAR.replace("9251999:146::MROA BETAGA:KP", identifier))
    ship = first.vessel
    assert ((ship and ship.imo_number), (ship and ship.call_sign)) == (number, sign)
    assert ([one.text for one in first.unmapped_text if one.place == "TDT"] or [None])[-1] == text


def test_a_contact_belongs_to_the_party_before_it_and_to_no_other(tmp_path):
    text = CUSCAR.replace("NAD+CN", "NAD+BY'CTA+IC+:KIM CHOL'COM+kim@example.kp:EM'NAD+CN")
    (first, _), _ = read(tmp_path, text)
    (contact,) = [party for party in first.other_parties if party.name == "KIM CHOL"]
    assert (contact.role, contact.email, first.shipper.email) == ("contact", "kim@example.kp", None)


def test_a_stowage_plan_gives_its_ship_and_its_containers(tmp_path):
    text = (
        HEAD + "UNH+B+BAPLIE:D:95B:UN'BGM++P+9'TDT+20+1W+++CAR:172:20+++DLHV:103::WONSAN STAR'LOC+5+CNDLC:139:6'"
        "LOC+61+KPNAM:139:6'LOC+147+0010101::5'MEA+WT++KGM:9000'LOC+11+KPNAM:139:6'EQD+CN+MSCU1234566+22G1'UNT+9+B'"
    )
    found, _ = read(tmp_path, text)
    ships = [one for one in found if isinstance(one, Vessel)]
    boxes = [one for one in found if isinstance(one, Shipment)]
    assert [(ship.name, ship.call_sign) for ship in ships] == [("WONSAN STAR", "DLHV")]
    assert [box.container_numbers for box in boxes] == [("MSCU1234566",)]


def test_wrong_counts_are_notes_and_what_names_nobody_is_set_aside(tmp_path):
    _, notes = read(tmp_path, CUSCAR.replace("UNT+18", "UNT+99"))
    assert "UNT counts 99 segments where" in notes[0]
    (nothing,), _ = read(tmp_path, HEAD + "UNH+1+CUSCAR:D:95B:UN'BGM+785'UNT+3+1'")
    assert isinstance(nothing, Quarantined)
    assert "names no party, ship, place, goods or text" in nothing.reason


def test_a_segment_without_an_end_and_stray_segments_are_set_aside(tmp_path):
    items, _ = read(tmp_path, HEAD + "NAD+CZ+++STRAY PARTY'" + CUSCAR.removeprefix(HEAD))
    assert [isinstance(item, Quarantined) for item in items].count(True) == 1
    long, _ = read(tmp_path, CUSCAR + "UNH+2+CUSCAR:D:95B:UN'FTX+AAA+++" + "X" * (MAX_SEGMENT_CHARACTERS + 400_000))
    assert isinstance(long[-1], Quarantined)
    assert [item.bill_of_lading for item in long[:2]] == ["BL77", "BL78"]


def test_names_that_fill_their_lines_go_on_without_a_space():
    assert (
        joined(["SUZHOU DONGSHAN PRECISION MANUFACTU", "RING CO LTD"])
        == "SUZHOU DONGSHAN PRECISION MANUFACTURING CO LTD"
    )
    assert joined(["BLUE HERON", "BAKERY"]) == "BLUE HERON BAKERY"
    assert named("BLUE HERON", ["BAKERY"])["aliases"] == ["BLUE HERONBAKERY", "BLUE HERON"]
    assert named("", []) == {}
    assert continues("BLUE HERON (DALIAN", "FREE ZONE)")
    assert continues("BLUE HERON TRADING", "CO., LTD.")
    assert not continues("BLUE HERON LTD", "12 HIGH STREET")


TEXT = st.text(alphabet="AB+:'? éÄ한", max_size=8).map(str.strip).filter(lambda text: "\n" not in text)


@given(st.lists(st.lists(st.lists(TEXT, min_size=1, max_size=3), min_size=1, max_size=4), min_size=1, max_size=6))
def test_segments_read_back_as_they_were_written(rows):
    rows = [[["FTX"], *row] for row in rows]
    found = list(segments(io.BytesIO(written(rows, STANDARD).encode()), STANDARD))
    assert [[segment.parts(number) for number in range(len(segment.elements))] for segment in found] == rows


def syntax_and_segments(data):
    syntax = syntax_of(data)
    return syntax, list(segments(io.BytesIO(data), syntax))


@given(st.binary(max_size=600))
def test_no_bytes_break_the_tokenizer(data):
    syntax, found = syntax_and_segments(b"UNH+" + data)
    assert all(segment.elements for segment in found)
    assert syntax.terminator


def test_other_texts_are_not_taken_for_edifact():
    assert is_edifact(b"\xef\xbb\xbf\r\nUNA:+.? 'UNB+UNOA")
    assert not is_edifact(b"UNAME,UNBORN\n1,2\n")
    assert not is_edifact(b"UNHCR report")


def test_every_real_sample_reads_or_says_why_and_loses_no_party_name(shared):
    """Letters of the name lines of every NAD are in a record of its file."""
    names = 0
    for path in sorted((shared / "inputs/edifact").iterdir()):
        with open_input(path) as source:
            items = list(source)
        assert items, path.name
        said = _squeezed(
            "".join(str(item.raw) if isinstance(item, Quarantined) else item.model_dump_json() for item in items)
        )
        _, found = syntax_and_segments(path.read_bytes())
        for segment in found:
            if segment.tag == "NAD" and not any(isinstance(item, Quarantined) for item in items):
                for line in (*segment.parts(3), *segment.parts(4)):
                    names += bool(line.strip())
                    assert _squeezed(line) in said, (path.name, line)
    assert names >= 9


def _squeezed(text):
    return re.sub(r"[^a-z0-9]+", "", text.casefold())
