import io
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nkscreen.errors import InputError
from nkscreen.formats import open_input
from nkscreen.formats.tables.lines import MAX_LINE_BYTES, RowReader

HEADER = "SHIPPER NAME,CONSIGNEE NAME,PORT OF LOADING\n"


def reader(data, encoding="utf-8", delimiter=","):
    return RowReader(io.BytesIO(data), encoding, delimiter)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(read, delimiter):
    text = "SHIPPER NAME,CONSIGNEE NAME\nACME,BOHAI\n".replace(",", delimiter)
    source, records, _ = read(text)
    assert [(record.shipper.name, record.consignee.name) for record in records] == [("ACME", "BOHAI")]
    assert source.format.startswith("CSV, UTF-8, ")


def test_semicolons_win_over_decimal_commas(read):
    source, records, _ = read("SHIPPER;GROSS WEIGHT KG\nACME;1,5\nBOHAI;2,25\n")
    assert source.format == "CSV, UTF-8, semicolon"
    assert [record.gross_weight_kg for record in records] == [1.5, 2.25]


@pytest.mark.parametrize(
    ("encoding", "shown", "name"),
    [
        ("utf-8-sig", "UTF-8", "대한무역"),
        ("utf-16", "UTF-16", "대한무역"),
        ("utf-16-le", "UTF-16", "ACME TRADING"),
        ("utf-16-be", "UTF-16", "ACME TRADING"),
        ("utf-32", "UTF-32", "대한무역"),
        ("cp1251", "cp1251", "ООО ТОРГОВЫЙ ДОМ ВОСТОК"),
        ("cp1252", "cp1252", "SOCIÉTÉ GÉNÉRALE DE CAFÉ TORRÉFIÉ"),
        ("cp949", "cp949", "주식회사 대한무역"),
        ("gb18030", "gb18030", "大连海运有限公司"),
        ("shift_jis", "shift_jis", "株式会社東京カネコ貿易"),
    ],
)
def test_encoding_is_found_and_shown(read, encoding, shown, name):
    source, records, quarantined = read(f"SHIPPER NAME,CONSIGNEE NAME\n{name},BOHAI\n".encode(encoding))
    assert source.format == f"CSV, {shown}, comma"
    assert (records[0].shipper.name, quarantined) == (name, [])


def test_first_line_beyond_the_sample_that_is_not_ascii_decides_the_encoding(read):
    rows = "ACME TRADING CO LTD,BOHAI,SGSIN\n" * 12_000
    data = HEADER.encode() + rows.encode() + "ООО ТОРГОВЫЙ ДОМ,ЗАВОД,SGSIN\n".encode("cp1251")
    source, records, _ = read(data)
    assert source.format == "CSV, cp1251, comma"
    assert records[-1].shipper.name == "ООО ТОРГОВЫЙ ДОМ"


def test_bytes_that_do_not_decode_cost_only_their_row(read):
    data = HEADER.encode() + "대한무역,A,\n".encode() * 50 + b"\xff\xfe\xfa,B,\n" + b"LAST,C,\n"
    _, records, quarantined = read(data)
    assert [item.source.row for item in quarantined] == [52]
    assert "utf-8" in quarantined[0].reason
    assert records[-1].shipper.name == "LAST"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(read, end):
    _, records, _ = read((HEADER + "ACME,BOHAI,SGSIN\nHERON,HANBIT,KRPUS\n").replace("\n", end))
    assert [(record.source.row, record.shipper.name) for record in records] == [(2, "ACME"), (3, "HERON")]


def test_quoted_cell_may_span_lines_and_rows_are_numbered_by_their_first_line(read):
    _, records, _ = read(HEADER + '"ACME\nTRADING, CO",BOHAI,SGSIN\nHERON,HANBIT,KRPUS\n')
    assert [(record.source.row, record.shipper.name) for record in records] == [(2, "ACME TRADING, CO"), (4, "HERON")]


def test_stray_quote_costs_one_row(read):
    body = 'ACME,"BOHAI,SGSIN\n' + "HERON,HANBIT,KRPUS\n" * 200
    _, records, quarantined = read(HEADER + body)
    assert [item.source.row for item in quarantined] == [2]
    assert "quotes" in quarantined[0].reason
    assert len(records) == 200


def test_stray_quote_does_not_pair_up_with_a_later_cell(read):
    body = 'A,"B,C\nD,E,F\nG,"H, LTD",I\nJ,K,L\n'
    _, records, quarantined = read(HEADER + body)
    assert [item.source.row for item in quarantined] == [2]
    assert [record.shipper.name for record in records] == ["D", "G", "J"]


def test_quote_inside_a_cell_is_text(read):
    _, records, _ = read(HEADER + 'SHIP "HERON" LTD,BOHAI,SGSIN\n"ACME" LTD,BOHAI,SGSIN\n')
    assert [record.shipper.name for record in records] == ['SHIP "HERON" LTD', "ACME LTD"]


def test_short_rows_lack_their_last_cells_and_long_ones_are_quarantined(read):
    _, records, quarantined = read(HEADER + "ACME\nHERON,HANBIT,KRPUS,,\nA,B,C,D\n")
    assert [(record.shipper.name, record.port_of_loading) for record in records] == [("ACME", None), ("HERON", "KRPUS")]
    assert quarantined[0].reason == "the row has 4 cells and the header 3; quote cells that hold the separator"
    assert quarantined[0].raw == {"SHIPPER NAME": "A", "CONSIGNEE NAME": "B", "PORT OF LOADING": "C", "column 4": "D"}


def test_blank_rows_are_not_rows(read):
    source, records, _ = read(HEADER + "\n,,\nACME,BOHAI,SGSIN\n   \n")
    assert (source.read, records[0].source.row) == (1, 4)


def test_nul_bytes_do_not_break_a_row(read):
    _, records, _ = read(HEADER + "AC\x00ME,BOHAI,SGSIN\n")
    assert records[0].shipper.name == "ACME"


def test_repeated_header_of_joined_files_is_quarantined(read):
    _, records, quarantined = read(HEADER + "ACME,BOHAI,SGSIN\n" + HEADER + "HERON,HANBIT,KRPUS\n")
    assert len(records) == 2
    assert "repeats the header" in quarantined[0].reason


def test_columns_with_the_same_header_are_kept_apart(read):
    source, records, _ = read("SHIPPER NAME,SHIPPER NAME\nACME,ACME TRADING\n")
    assert [column.header for column in source.columns[""]] == ["SHIPPER NAME", "SHIPPER NAME (2)"]
    assert (records[0].shipper.name, records[0].shipper.aliases) == ("ACME", ("ACME TRADING",))


def test_overlong_line_is_quarantined_in_little_memory(read, tmp_path):
    file = tmp_path / "long.csv"
    with file.open("wb") as stream:
        stream.write(HEADER.encode())
        for _ in range(32):
            stream.write(b"x" * 1024 * 1024)
        stream.write(b"\nACME,BOHAI,SGSIN\n")
    tracemalloc.start()
    try:
        with open_input(file) as source:
            items = list(source)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "1 MiB" in items[0].reason
    assert len(items[0].raw) == 2000
    assert (items[1].shipper.name, items[1].source.row) == ("ACME", 3)
    assert peak < 40 * 1024 * 1024


def test_rows_given_back_are_cut_again_each_line_once():
    rows = reader(b'A,B\nx,"y\n1,2\n3,4\n')
    assert [next(rows).cells for _ in range(1)] == [("A", "B")]
    assert next(rows).problem
    rows.rewind(1)
    assert [(row.number, bool(row.problem)) for row in rows] == [(2, True), (3, False), (4, False)]


def test_line_of_exactly_the_bound_is_read():
    rows = list(reader(b"x" * MAX_LINE_BYTES + b"\n" + b"y" * (MAX_LINE_BYTES + 1) + b"\nz\n"))
    assert [(row.number, bool(row.problem)) for row in rows] == [(1, False), (2, True), (3, False)]


def test_standard_input_is_read_like_a_file_and_left_open(read):
    _, records, _ = read(HEADER + "ACME,BOHAI,SGSIN\n", stdin=True)
    assert (records[0].shipper.name, records[0].source.file) == ("ACME", "-")
    stream = io.BytesIO((HEADER + "ACME,BOHAI,SGSIN\n").encode())
    with open_input("-", stdin=stream) as source:
        list(source)
    assert not stream.closed


def test_empty_file_is_an_error_that_says_so(read):
    with pytest.raises(InputError, match="the file is empty"):
        read("")


LINES = st.lists(
    st.one_of(
        st.binary(max_size=60),
        st.sampled_from([b'"', b'a,"b', b'a"b,"c', b"a,b,c", b"ACME;BOHAI", b"\xff\xfe", b"\x00,\x00", b'"a\nb",c,d']),
    ),
    max_size=40,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(head=st.sampled_from([b"", HEADER.encode(), b"\xff\xfe", b"\xef\xbb\xbf", b"NAME;COUNTRY\n"]), lines=LINES)
def test_any_bytes_give_items_or_an_input_error(head, lines):
    try:
        source = open_input("-", stdin=io.BytesIO(head + b"\n".join(lines)))
    except InputError:
        return
    with source:
        count = sum(1 for _ in source)
    assert source.read == count == source.records + source.quarantined


@settings(max_examples=300, deadline=None)
@given(lines=LINES)
def test_every_physical_line_is_in_exactly_one_row(lines):
    data = b"\n".join(lines)
    rows = list(reader(data))
    covered = [number for row in rows for number in range(row.number, row.end + 1)]
    physical = data.count(b"\n") + (1 if data and not data.endswith(b"\n") else 0)
    assert covered == list(range(1, physical + 1))
