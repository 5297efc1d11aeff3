"""Files that mean harm or are broken: an error or quarantined rows that name the file, and nothing executed or fetched.

What never ends (lines, segments, texts of gigabytes) is in scripts/flood_formats.py, damage without a plan in
scripts/fuzz_formats.py; `make fuzz` runs both.
"""

import io
import json
import socket
import tracemalloc

import pytest

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, open_input

PACS = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
MEBIBYTE = 1024 * 1024
SAMPLES = {
    "EDIFACT": b"UNB+UNOC:3+A+B+260101:1200+1'UNH+M1+CUSCAR:D:95B:UN'CNI+1+BL1'NAD+CZ+++HARBOUR CURLEW LTD'"
    b"LOC+11+KPNAM:139:6'CNI+2+BL2'NAD+CN+++RYUGYONG TRADING:CORP'FTX+AAA+++COAL?+'UNT+7+M1'UNZ+1+1'",
    "X12": b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260101*1200*U*00401*1*0*P*>~"
    b"GS*SO*A*B~ST*309*1~M10*ABCD*O*KP*9251999*MROA BETAGA*031A~LX*1~M11*BL1*57035*1*CT*9*K~"
    b"N1*SH*HARBOUR CURLEW LTD~SE*6*1~GE*1*1~IEA*1*1~",
    "SWIFT MT": b"{1:F01AABSLKLXAXXX0000000000}{2:I103HANYUS33XXXXN}{4:\n:20:REF1\n:32A:250922USD100,\n:50K:/1\n"
    b"RASA LTD\n:59:/15\nZHEJIANG LANXI\n:70:COAL FROM NAMPO\n-}",
    "ISO 20022": f'<Document xmlns="{PACS}"><FIToFICstmrCdtTrf><CdtTrfTxInf><Dbtr><Nm>A &amp; B</Nm></Dbtr>'
    "</CdtTrfTxInf><CdtTrfTxInf><Cdtr><Nm>류경</Nm></Cdtr></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>".encode(),
    "Fedwire": b"{1500}02P {1510}1000{2000}000000010000{3400}021000089CITIBANK*{4200}D123*RYUGYONG*{5000}T1*RASA*",
    "yente query": b'{"queries": {"q1": {"schema": "Person", "properties": {"name": ["Kim Chol"]}}}}',
    "FollowTheMoney": b'{"schema":"Vessel","id":"v","properties":{"name":["MROA BETAGA"],"imoNumber":["9251999"]}}\n',
    "JSON lines": b'{"kind":"vessel","name":"MROA BETAGA"}\n{"kind":"counterparty","name":"Kim Chol"}\n',
    "CSV": b'SHIPPER,CONSIGNEE,PORT OF DISCHARGE\n"HARBOUR, CURLEW",RYUGYONG,NAMPO\nA LTD,"B\nLTD",WONSAN\n',
    "WCO": b"<Declaration><GoodsShipment><Consignor><Name>CURLEW</Name></Consignor></GoodsShipment></Declaration>",
    "DCSA": b'{"documentParties": {"shipper": {"partyName": "CURLEW"}}, "transportDocumentTypeCode": "BOL"}',
}


def obeyed(data):
    """Records and quarantined items of bytes, or the error; the account balances and everything names the file."""
    try:
        with open_input("-", stdin=io.BytesIO(data)) as source:
            items = list(source)
    except InputError as error:
        said = error.file, error.message
    else:
        assert source.read == len(items) == source.records + source.quarantined
        assert {item.source.file for item in items} <= {"-"}
        assert all(item.reason for item in items if isinstance(item, Quarantined))
        return items
    assert said[0] == "-"
    assert said[1]
    return said[1]


@pytest.fixture
def _offline(monkeypatch):
    def refuse(*_):
        raise AssertionError("something is fetched")

    monkeypatch.setattr(socket, "socket", refuse)


@pytest.mark.usefixtures("_offline")
@pytest.mark.parametrize("root", [f'Document xmlns="{PACS}"', "Declaration", "Waybill", "ForwardingInstructions"])
@pytest.mark.parametrize(
    "types",
    [
        f'<!DOCTYPE a [<!ENTITY a0 "lol">{LAUGHS}]>',
        '<!DOCTYPE a [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!DOCTYPE a [<!ENTITY % a9 SYSTEM "http://127.0.0.1:9/a"> %a9;]>',
    ],
)
def test_entities_and_types_are_refused_and_nothing_is_fetched_or_expanded(root, types):
    said = obeyed(f"<?xml version='1.0'?>{types}<{root}><a>&a9;</a></{root.split()[0]}>".encode())
    assert "document type" in said or "DOCTYPE" in said
    assert "root:" not in said


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_breaks_off_anywhere_gives_what_came_before_or_says_so(name):
    data = SAMPLES[name]
    whole = obeyed(data)
    assert not isinstance(whole, str), whole
    assert not any(isinstance(item, Quarantined) for item in whole), whole
    for end in range(len(data)):
        found = obeyed(data[:end])
        assert isinstance(found, str) or len(found) <= len(whole) + 2


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("hostile", [b"\0", b"\xff\xfe", b"\xc0\xef\xb9\xce", "\u202e\u2028".encode(), b"\x1a"])
def test_bytes_that_belong_nowhere_are_read_or_set_aside_wherever_they_stand(name, hostile):
    data = SAMPLES[name]
    for at in range(0, len(data), 3):
        obeyed(data[:at] + hostile + data[at:])


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "cp949", "shift-jis"])
def test_other_encodings_are_known_or_refused(name, encoding):
    obeyed(SAMPLES[name].decode().encode(encoding, "replace"))


@pytest.mark.parametrize(
    "before",
    [
        '{"queries": {"q": ',
        '{"schema": "Person", "properties": ',
        '{"documentParties": ',
        '{"selfReportedInfo": ',
        '{"kind": "vessel", "name": ',
        '{"RECORD_ID": 1, "DATA_SOURCE": ',
        '{"fedWireMessage": ',
        "",
    ],
)
@pytest.mark.parametrize("lines", [False, True])
def test_json_that_is_nested_without_end_is_refused_or_set_aside(before, lines):
    deep = before + ("[" * 100_000 + "]" * 100_000 if len(before) % 2 else '{"a":' * 100_000 + "1" + "}" * 100_000)
    found = obeyed((deep + ("\n" if lines else "\n\n") + "}" * bool(before)).encode())
    assert isinstance(found, str) or all(isinstance(item, Quarantined) for item in found)


def test_json_of_many_small_values_is_refused_before_it_fills_memory():
    data = b'{"queries":\n{"p": {"properties": 1}, "q": [' + b"{},[]," * (8 * MEBIBYTE) + b"1]}}"
    tracemalloc.start()
    said = obeyed(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "more values" in said
    assert peak < 4 * len(data)


@pytest.mark.parametrize(
    ("before", "after", "rows"),
    [
        (b"SHIPPER,CONSIGNEE\nA LTD,", b"\nC LTD,D LTD\n", 1),
        (b'{"kind":"vessel","name":"', b'"}\n{"kind":"vessel","name":"A"}\n', 1),
        (b'{"schema":"Vessel","id":"a","properties":{"name":["', b'"]}}\n' + SAMPLES["FollowTheMoney"], 1),
        (SAMPLES["EDIFACT"].removesuffix(b"UNZ+1+1'") + b"UNH+2+CUSCAR:D:95B:UN'NAD+CZ+++",
         b"'UNT+3+2'" + SAMPLES["EDIFACT"], 4),
        (SAMPLES["X12"] + b"ST*309*2~N1*SH*", b"~SE*3*2~" + SAMPLES["X12"], 2),
        (SAMPLES["SWIFT MT"] + b"\n{1:F01A}{2:I103B}{4:\n:20:A\n:59:", b"\n-}" + SAMPLES["SWIFT MT"], 2),
    ],
)  # fmt: skip
def test_a_line_of_megabytes_costs_itself_alone(before, after, rows):
    found = obeyed(before + b"B" * (3 * MEBIBYTE) + after)
    assert len([item for item in found if not isinstance(item, Quarantined)]) == rows
    assert any("longer than" in item.reason for item in found if isinstance(item, Quarantined))


@pytest.mark.parametrize("inside", ["<a/>", "<a b='c'/>"])
def test_a_transaction_without_end_is_an_error_before_it_fills_memory(monkeypatch, inside):
    monkeypatch.setattr("nkscreen.markup.MAX_HELD", 4 * MEBIBYTE)
    start = f'<Document xmlns="{PACS}"><FIToFICstmrCdtTrf>'
    said = obeyed(f"{start}<CdtTrfTxInf>{inside * 50_000}</CdtTrfTxInf></FIToFICstmrCdtTrf></Document>".encode())
    assert "holds more elements together" in said
    short = f"<CdtTrfTxInf><Dbtr><Nm>A</Nm></Dbtr>{inside * 500}</CdtTrfTxInf>" * 200
    assert len(obeyed(f"{start}{short}</FIToFICstmrCdtTrf></Document>".encode())) == 200
    assert "holds more elements together" in obeyed(f"<Declaration>{inside * 50_000}</Declaration>".encode())


def test_headers_without_end_are_an_error():
    start = f'<Document xmlns="{PACS}"><FIToFICstmrCdtTrf>'
    said = obeyed(f"{start}{'<a>B</a><CdtTrfTxInf/>' * 5_000}</FIToFICstmrCdtTrf></Document>".encode())
    assert "stand beside its transactions" in said


def test_rows_to_set_aside_take_no_memory_however_many():
    """A row that is kept would take more than 500 bytes."""
    peaks = []
    for count in (10_000, 40_000):
        data = b"SHIPPER,ARRIVAL DATE\n" + b"A LTD,31/31/2026\n" * count
        tracemalloc.start()
        with open_input("-", stdin=io.BytesIO(data)) as source:
            for _ in source:
                pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert source.quarantined == count
    assert peaks[1] - peaks[0] < 30_000 * 20


@pytest.mark.parametrize("number", ["9" * 5_000, "-" + "9" * 400, "1e999", "NaN", "Infinity", "0x10"])
def test_numbers_that_are_none_are_set_aside(number):
    good = '{"kind": "payment", "id": "p", "amount": 1}'
    _, item = obeyed(f"{good}\n{good.replace('1}', number + '}')}\n".encode())
    assert isinstance(item, Quarantined)


def test_a_query_on_one_line_is_a_document_however_long_the_line():
    queries = {
        f"q{number}": {"schema": "Person", "properties": {"name": [f"Kim {number}"]}} for number in range(30_000)
    }
    found = obeyed(json.dumps({"queries": queries}).encode())
    assert [item.id for item in found[:2]] == ["q0", "q1"]
    assert len(found) == 30_000
