from pathlib import Path

import pytest

from nkscreen.errors import InputError
from nkscreen.formats import Mapping, read_mapping


def written(tmp_path, text):
    file = tmp_path / "map.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_map_file_is_read_as_its_schema_says_not_as_yaml_guesses(tmp_path):
    text = 'kind: shipment\nheader_row: 4\ndelimiter: ";"\nencoding: cp1251\nday_first: true\n'
    text += "columns:\n  NO: id\n  WHO: shipper.name\n"
    assert read_mapping(written(tmp_path, text)) == Mapping(
        kind="shipment",
        header_row=4,
        delimiter=";",
        encoding="cp1251",
        day_first=True,
        columns={"NO": "id", "WHO": "shipper.name"},
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kinds: shipment\n", "kinds"),
        ("kind: cargo\n", "is none of"),
        ("encoding: klingon\n", "is no encoding"),
        ("encoding: base64\n", "is no encoding"),
        ("header_row: 0\n", "header_row"),
        ("columns: [a]\n", "header: field"),
        ("- a\n", "keys and values"),
        ("a: [\n", "not YAML"),
        ("[" * 5000, "not YAML"),
    ],
)
def test_mistake_in_a_map_file_is_named(tmp_path, text, said):
    with pytest.raises(InputError) as caught:
        read_mapping(written(tmp_path, text))
    assert said in str(caught.value)


def test_missing_map_file_is_an_error():
    with pytest.raises(InputError, match="cannot be read"):
        read_mapping(Path("nowhere/map.yaml"))


def test_mapped_columns_come_before_recognised_ones_and_ignored_ones_are_left_out(read):
    text = "WHO,SHIPPER NAME,PORT OF LOADING\nACME,HERON,SGSIN\n"
    source, records, _ = read(text, kind="shipment", columns={"WHO": "shipper.name", "PORT OF LOADING": "ignore"})
    assert (records[0].shipper.name, records[0].shipper.aliases) == ("ACME", ("HERON",))
    assert records[0].port_of_loading is None
    assert [column.how for column in source.columns[""]] == ["map file", "recognised", "left out"]


def test_header_row_delimiter_and_encoding_of_the_map_file_are_used(read):
    data = "SHIPPER^CONSIGNEE\nWHO^TO WHOM\nООО ВОСТОК^BOHAI\n".encode("koi8-r")
    columns = {"WHO": "shipper.name", "TO WHOM": "consignee.name"}
    source, records, _ = read(data, kind="shipment", header_row=2, delimiter="^", encoding="koi8-r", columns=columns)
    assert source.format == "CSV, koi8-r, '^'"
    assert [(record.shipper.name, record.consignee.name) for record in records] == [("ООО ВОСТОК", "BOHAI")]


def test_column_that_is_not_there_is_an_error_with_the_headers_seen(read):
    with pytest.raises(InputError, match="names columns that are not there \\(WHO\\); seen: 'SHIPPER NAME'"):
        read("SHIPPER NAME\nACME\n", kind="shipment", columns={"WHO": "consignee.name"})


def test_field_that_does_not_exist_is_an_error_with_the_nearest_one(read):
    with pytest.raises(InputError, match="nearest field is 'shipper'"):
        read("WHO\nACME\n", kind="shipment", columns={"WHO": "shiper.name"})
