"""ANSI X12: short and long envelopes, names over several lines, manifests as shipments, no words lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, open_input
from nkscreen.formats.edi.text import looks_like_text
from nkscreen.formats.x12.syntax import is_x12, syntax_of
from nkscreen.formats.x12.words import word
from nkscreen.records.codes import port

ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*U*00401*000000001*0*P*>~"
MANIFEST = (
    ISA + "GS*SO*A*B*20260101*1200*1*X*004010~ST*309*0001~M10*MAEU*O*KP*9251999*MROA BETAGA*031A*REF*2*Y*L~"
    "P4*1803*20260120~LX*1~M11*BL77*57035*10*CTN*23*E*46*X*00*DALIAN**MAEU~"
    "N1*SH*CHOLLIMA HARBOUR GENERAL TRADING AN~N2*D SHIPPING LTD~N3*1 HIGH STREET~N4*DALIAN**116001*CN~"
    "PER*IC*HONG GIL DONG*TE*8501234*EM*hong@example.com~"
    "N1*CN*RYUGYONG TRADING~N3*CO., LTD.*12 RIVER ROAD~N4*PYONGYANG***KP~N1*N1~N3*CARE OF NOBODY~"
    "VID*4B*MSCU*1234566**~N10*10*COAL IN BAGS, WASHED AND SCREENED AT THE MINE*WONSAN MARKS*J*2701120000**K*23000~"
    "N10**S OF THE NORTH~LX*2~M11*BL78*57035*1*CTN*1*K~N1*SH*SECOND SHIPPER~SE*22*0001~GE*1*1~IEA*1*000000001~"
)
TRANSPORT = {"301", "309", "310", "315", "214", "856"}


def read(tmp_path, text, name="message.edi"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with open_input(path) as source:
        items = list(source)
        assert source.format.startswith("ANSI X12")
        return items, tuple(source.notes)


def test_each_bill_of_a_manifest_is_a_shipment_with_its_ship_parties_places_and_goods(tmp_path):
    (first, second), notes = read(tmp_path, MANIFEST)
    assert notes == ()
    assert (first.bill_of_lading, first.voyage, first.gross_weight_kg) == ("BL77", "031A", 23000)
    assert (first.vessel.imo_number, first.vessel.name, first.vessel.flag) == ("9251999", "MROA BETAGA", "KP")
    assert (first.port_of_discharge, str(first.arrival_date)) == ("Schedule D 1803", "2026-01-20")
    assert [leg.port for leg in first.legs] == ["CNDAL", "Schedule K 57035", "Schedule D 1803"]
    assert (first.goods[0].hs_code, first.goods[0].quantity) == ("2701120000", 10)
    assert first.goods[0].description == "COAL IN BAGS, WASHED AND SCREENED AT THE MINES OF THE NORTH"
    assert (first.marks, first.container_numbers) == ("WONSAN MARKS", ("MSCU1234566",))
    assert (second.bill_of_lading, second.shipper.name, second.vessel.imo_number) == (
        "BL78", "SECOND SHIPPER", "9251999",
    )  # fmt: skip
    assert "message 1 (309 0001), segment 4" in first.source.path


def test_names_that_overflow_into_the_next_lines_are_joined_and_marked(tmp_path):
    (first, _), _ = read(tmp_path, MANIFEST)
    assert first.shipper.name == "CHOLLIMA HARBOUR GENERAL TRADING AND SHIPPING LTD"
    assert (first.shipper.name_truncated, first.shipper.address) == (True, "1 HIGH STREET, DALIAN, 116001")
    assert (first.consignee.name, first.consignee.name_truncated) == ("RYUGYONG TRADING CO., LTD.", True)
    assert (first.consignee.address, first.consignee.country) == ("12 RIVER ROAD, PYONGYANG", "KP")
    (nobody,) = first.notify_parties
    assert (nobody.name, nobody.address) == (None, "CARE OF NOBODY")
    contact = first.other_parties[0]
    assert (contact.name, contact.role, contact.email) == ("HONG GIL DONG", "contact of shipper", "hong@example.com")


@pytest.mark.parametrize(
    "text",
    [
        MANIFEST.replace("~", "~\r\n"),
        "\ufeff\n" + MANIFEST.replace("~", "~\n\t"),
        MANIFEST.replace("~", "\n"),
        MANIFEST.replace(">~", ">\n").replace("~", "\n"),
        MANIFEST.replace("*", "|").replace("~", "'").replace(">", ":"),
        re.sub(" +\\*", "*", MANIFEST),
        MANIFEST.replace("*260101*", "\r\n*260101*"),
        MANIFEST.partition("~")[2],
        MANIFEST.partition("~")[2].partition("~")[2],
    ],
)
def test_separators_line_ends_and_short_envelopes_do_not_matter(tmp_path, text):
    found, _ = read(tmp_path, text)
    assert [one.bill_of_lading for one in found] == ["BL77", "BL78"]
    assert (found[0].vessel.imo_number, found[0].consignee.country) == ("9251999", "KP")


def test_wrong_counts_are_notes_and_a_broken_file_says_so(tmp_path):
    _, (note,) = read(tmp_path, MANIFEST.replace("SE*22", "SE*99"))
    assert "SE counts 99 segments where 22 were read" in note
    (first, broken), _ = read(tmp_path, MANIFEST[: MANIFEST.index("~SE*")])
    assert (first.bill_of_lading, isinstance(broken, Quarantined)) == ("BL77", True)
    assert "its SE is missing" in broken.reason
    other = MANIFEST.replace("*", "|")
    with pytest.raises(InputError, match="the separators change within the file"):
        read(tmp_path, MANIFEST + other)


def test_a_status_message_gives_its_container_its_ship_and_its_ports(tmp_path):
    text = (
        ISA + "GS*QO*A*B*20260101*1200*1*X*004010~ST*315*1~B4***VA*20260114*1450**MSCU*123456*L**KPNAM*UN*6~"
        "N9*BM*BL9~Q2*9251999********242N***L*MROA BETAGA~R4*L*UN*CNDLC*DALIAN*CN*BERTH ONE~DTM*140*20260110~"
        "R4*D*UN*KPNAM*NAMPO*KP~DTM*139*20260114~SE*9*1~GE*1*1~IEA*1*1~"
    )
    (status,), _ = read(tmp_path, text)
    assert (status.bill_of_lading, status.container_numbers) == ("BL9", ("MSCU1234566",))
    assert (status.port_of_loading, status.port_of_discharge) == ("CNDAL", "KPNAM")
    assert (str(status.departure_date), str(status.arrival_date)) == ("2026-01-10", "2026-01-14")
    assert (status.vessel.imo_number, status.voyage) == ("9251999", "242N")
    assert [one.text for one in status.unmapped_text] == ["BERTH ONE"]


def test_no_words_of_the_real_samples_are_lost(shared):
    """Every element with words is in a record of its file, in a field or as text."""
    elements = kinds = 0
    for path in sorted((shared / "inputs/x12").iterdir()):
        data = path.read_bytes()
        with open_input(path) as source:
            assert source.format.startswith("ANSI X12"), path.name
            items = list(source)
        assert items, path.name
        raw = [item.raw for item in items if isinstance(item, Quarantined)]
        said = _squeezed(" ".join([*raw, *(item.model_dump_json() for item in items)]))
        kinds += any(re.search(rf"ST.{kind}".encode(), data) is not None for kind in TRANSPORT)
        for segment in _segments(data):
            for index in range(1, len(segment.elements)):
                text = word(segment, index)
                if segment.tag != "ISA" and looks_like_text(text):
                    elements += 1
                    known = {_squeezed(text), (port.parse(text) or text).casefold()}  # a port is kept as its code
                    assert any(one in said for one in known), (path.name, segment.tag, text)
    assert (elements > 300, kinds) == (True, 8)


NAMED = {
    "N1": (2,), "N2": (1, 2), "N3": (1, 2), "N4": (1, 2), "NM1": (3, 4, 5), "PER": (2, 4), "G61": (2,), "V1": (1, 2),
    "Q2": (1, 13), "M10": (4, 5), "R4": (3, 4), "P4": (1,), "M11": (1, 2, 10), "N10": (2, 3), "L5": (2,), "K1": (1, 2),
    "H1": (4,), "MS1": (1, 2), "TD5": (5,),
}  # fmt: skip
"""Elements that hold names of parties, ships, places, people and goods, one word or many."""


def test_every_name_ship_and_port_of_the_real_samples_is_in_a_record(shared):
    given = held = 0
    for path in sorted((shared / "inputs/x12").iterdir()):
        with open_input(path) as source:
            items = [item for item in source if not isinstance(item, Quarantined)]
        said = _squeezed(" ".join(item.model_dump_json() for item in items))
        for segment in _segments(path.read_bytes()):
            texts = [word(segment, index) for index in NAMED.get(segment.tag, ())]
            for text in filter(lambda text: any(map(str.isalpha, text)), texts):
                given += 1
                held += _squeezed(text) in said or (port.parse(text) or text).casefold() in said
    assert given > 500
    assert held == given


@given(st.binary(max_size=400))
def test_any_bytes_behind_an_envelope_give_separators(data):
    syntax = syntax_of(ISA.encode() + data)
    assert (syntax.element, syntax.terminator) == ("*", "~")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("x12") / "hostile.edi"
    path.write_bytes(b"ISA*" + data)
    try:
        with open_input(path) as source:
            items = list(source)
            assert len(items) == source.read
    except InputError as refused:
        reason = str(refused)
    else:
        reason = str(path)
    assert str(path) in reason


def test_what_begins_otherwise_is_no_x12():
    for text in (b"ISAAC,NEWTON\n", b"STREET,CITY\n", b"ST,309,1\nA,B,C\n", b""):
        assert not is_x12(text) or text.startswith(b"ST,309")


def _segments(data):
    import io

    from nkscreen.formats.edi.segments import segments

    return segments(io.BytesIO(data), syntax_of(data))


def _squeezed(text):
    return re.sub(r"[\s,\\]+", "", text).casefold()


def test_a_terminator_that_is_no_ascii_ends_segments_and_stands_in_no_name(tmp_path):
    isa = "ISA*00*          *00*          *ZZ*XXXX           *ZZ*DDDDDD         *200910*1930*U*00400*000075776*0*P*>"
    rest = [
        "GS*QM*X*D*20200910*1930*75776*X*004010",
        "ST*214*757760001",
        "B10*054*772*XX",
        "N1*SH*HEATCO INC",
        "SE*4*757760001",
    ]
    for ends, between in (("…", "\n"), ("…", ""), ("§", "")):
        for parts in ([isa, *rest], [isa, *rest[1:]]):
            file = tmp_path / "a.edi"
            file.write_text(between.join(f"{part}{ends}" for part in parts), encoding="utf-8")
            with open_input(file) as source:
                assert [record.shipper.name for record in source] == ["HEATCO INC"]
