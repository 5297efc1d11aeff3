import io

import pytest

from nkscreen.errors import InputError
from nkscreen.formats import open_input
from nkscreen.formats.detect import Given, by_root
from nkscreen.formats.mapping import Mapping


def given(data: bytes, file: str = "a.bin") -> Given:
    return Given(file, data, io.BytesIO(data), "auto", Mapping(), seekable=True)


@pytest.mark.parametrize(
    ("data", "root"),
    [
        (b"<Declaration/>", "Declaration"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <a> --><md:MetaData xmlns:md='u'>", "MetaData"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>", "a"),
        ("<?xml version='1.0' encoding='utf-16'?><Waybill/>".encode("utf-16"), "Waybill"),
        (b"a < b", ""),
        (b"<", ""),
    ],
)
def test_root_element_is_found_behind_whatever_xml_may_begin_with(data, root):
    assert given(data).root == root


def test_keys_of_json_are_found_in_a_text_that_is_cut():
    cut = given(b' {"queries": {"q1": {"schema": "Vessel", "prop')
    assert cut.keys == {"queries", "q1", "schema"}
    assert given(b'name,"queries": 1').keys == frozenset()


def test_a_json_object_a_line_differs_from_one_document():
    assert given(b'{"a": 1}\n{"b": 2}\n').one_a_line
    assert not given(b'{\n"a": 1}').one_a_line


def test_marks_name_what_they_found():
    assert by_root("Waybill", "DEC")(given(b"<x:Waybill>")) == "its root element is Waybill"
    assert by_root("Waybill")(given(b"<x:Other>")) is None


def test_the_reason_stands_beside_the_format(tmp_path):
    for name, text, why in (
        ("a.csv", "SHIPPER NAME,CONSIGNEE NAME\nA,B\n", "it is text and of none of the other formats"),
        ("a.jsonl", '{"kind": "vessel", "id": "1"}\n', "its name says so"),
        ("a.txt", '{"kind": "vessel", "id": "1"}\n', "it begins with {"),
    ):
        (tmp_path / name).write_text(text)
        with open_input(tmp_path / name) as source:
            assert source.why == why


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<?xml version='1.0'?><none/>", r"XML of no known format \(its root element is none\); export it as"),
        (b"<none><a/></none>", "its root element is none"),
        (b"<!-- a remark -->\n<x:none xmlns:x='u'/>", "its root element is none"),
        (b"<!DOCTYPE html>\n<HTML lang='en'>", "a web page"),
        (b"<table><tr><td>a</td></tr></table>", "a web page"),
        (b'{\n  "records": [\n    {"name": "A"}\n  ]\n}', "JSON of no known format; write one record a line"),
        (b'[\n  {"name": "A"},\n  {"name": "B"}\n]', "JSON of no known format; write one record a line"),
        (b"[]", "JSON of no known format"),
        (b"%PDF-1.7", "a PDF; export the table"),
    ],
)
def test_what_no_format_knows_is_refused_with_advice(tmp_path, data, reason):
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(InputError, match=reason):
        open_input(tmp_path / "a")


def test_a_table_whose_first_cell_begins_with_a_bracket_is_a_table(tmp_path):
    (tmp_path / "a.csv").write_text("[ref],SHIPPER NAME,CONSIGNEE NAME\n1,A,B\n")
    with open_input(tmp_path / "a.csv") as source:
        assert [record.shipper.name for record in source] == ["A"]
