import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter

from nkscreen.errors import InputError
from nkscreen.formats import open_input

HEADER = ["RECORD ID", "SHIPPER NAME", "CONSIGNEE NAME", "HS CODE", "SHIPMENT DATE", "GROSS WEIGHT KG"]
ROW = ["X1", "ACME", "BOHAI", 220830, dt.date(2018, 6, 4), 1200.5]


def workbook(*sheets, hidden=()):
    """An XLSX with sheets of rows, as bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
        if name in hidden:
            sheet.hide()
    book.close()
    return buffer.getvalue()


def with_part(data, name, change):
    """The same ZIP file with one part changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return result.getvalue()


def ods(rows):
    """An OpenDocument sheet whose content is `rows` of XML."""
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"/>')
        table = f'<table:table table:name="A">{rows}</table:table>'
        body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        archive.writestr("content.xml", f"<office:document-content{names}>{body}</office:document-content>")
    return buffer.getvalue()


def test_header_below_title_rows_is_found_and_typed_cells_become_text(read):
    data = workbook(("Export", [["Export log"], [None], ["Period: 2018"], HEADER, ROW]))
    source, records, quarantined = read(data, name="book.xlsx")
    assert (source.format, source.kind, quarantined) == ("XLSX", "shipment", [])
    record = records[0]
    assert (record.id, record.source.sheet, record.source.row) == ("X1", "Export", 5)
    assert record.goods[0].hs_code == "220830"
    assert record.date == dt.date(2018, 6, 4)
    assert record.gross_weight_kg == 1200.5


def test_hs_code_given_as_a_number_gets_its_leading_zero_back(read):
    _, records, _ = read(workbook(("A", [HEADER, ["X1", "ACME", "BOHAI", 30617, None, None]])), name="book.xlsx")
    assert records[0].goods[0].hs_code == "030617"


def test_every_visible_sheet_is_read_and_hidden_ones_are_named(read):
    data = workbook(("A", [HEADER, ROW]), ("Old", [HEADER, ROW]), ("B", [HEADER, ROW]), ("Empty", []), hidden=("Old",))
    source, records, _ = read(data, name="book.xlsx")
    assert [record.source.sheet for record in records] == ["A", "B"]
    assert source.notes == ("sheet 'Old' is hidden and was not read; unhide it to have it screened",)


def test_sheet_without_a_header_is_quarantined_not_skipped(read):
    source, records, quarantined = read(
        workbook(("Notes", [["Please read"], ["Thank you"]]), ("A", [HEADER, ROW])), name="book.xlsx"
    )
    assert (len(records), source.read) == (1, 2)
    assert quarantined[0].source.sheet == "Notes"
    assert "no column of this sheet was recognised" in quarantined[0].reason


def test_header_of_two_rows_is_read_as_one(read):
    rows = [["SHIPPER", None, "CONSIGNEE", None], ["NAME", "COUNTRY", "NAME", "COUNTRY"], ["ACME", "SG", "BOHAI", "CN"]]
    _, records, _ = read(workbook(("A", rows)), name="book.xlsx")
    assert (records[0].shipper.name, records[0].shipper.country) == ("ACME", "SG")
    assert (records[0].consignee.name, records[0].consignee.country) == ("BOHAI", "CN")


def test_workbook_is_known_by_its_content_and_may_come_from_standard_input(read):
    source, records, _ = read(workbook(("A", [HEADER, ROW])), name="book.csv", stdin=True)
    assert (source.format, records[0].shipper.name) == ("XLSX", "ACME")


def test_ods_is_read(read):
    def row(*cells):
        return (
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
                for cell in cells
            )
            + "</table:table-row>"
        )

    source, records, _ = read(ods(row("SHIPPER NAME", "PORT OF LOADING") + row("ACME", "SGSIN")), name="book.ods")
    assert (source.format, records[0].shipper.name, records[0].port_of_loading) == ("ODS", "ACME", "SGSIN")


def test_cell_far_outside_the_table_is_refused_before_it_fills_the_memory(read):
    data = workbook(("A", [HEADER, ROW]))
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    bomb = with_part(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", far))
    with pytest.raises(InputError, match="covers 17,179,869,184 cells"):
        read(bomb, name="book.xlsx")


def test_repeated_cells_of_an_ods_are_counted_before_they_fill_the_memory(read):
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    bomb = ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')
    with pytest.raises(InputError, match="covers 17,179,869,184 cells"):
        read(bomb, name="book.ods")


def test_zip_bomb_is_refused(read):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>" + b" " * 20_000_000)
    with pytest.raises(InputError, match="unpacks to 20,000,011 bytes"):
        read(buffer.getvalue(), name="book.xlsx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04garbage", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (workbook(("A", [HEADER, ROW]))[:-40], "damaged"),
        (b"<html><table><tr><td>SHIPPER</td></tr></table></html>", "web page"),
        (b"%PDF-1.7", "PDF"),
        (b"PAR1", "Parquet"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<?xml version='1.0'?><a/>", "XML"),
    ],
)
def test_file_that_is_no_readable_table_is_refused_with_advice(read, data, said):
    with pytest.raises(InputError, match=said):
        read(data, name="book.xlsx")


def test_zip_without_a_workbook_is_refused(read):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("manifest.csv", "SHIPPER NAME\nACME\n")
    with pytest.raises(InputError, match="a ZIP archive; `files_of` gives the files in it"):
        read(buffer.getvalue(), name="files.zip")


def test_workbook_of_which_no_sheet_has_a_header_is_an_error(tmp_path):
    file = tmp_path / "book.xlsx"
    file.write_bytes(workbook(("A", [["Total", 5], ["Sum", 6]])))
    with pytest.raises(InputError, match="seen: 'Total', '5'"):
        open_input(file)
