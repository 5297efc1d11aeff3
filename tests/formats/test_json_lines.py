import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nkscreen.errors import InputError
from nkscreen.records import Shipment


def test_records_are_read_back_as_written(read):
    record = Shipment(id="S1", shipper={"name": "ACME"}, date="2018-06-04")
    line = json.dumps({"kind": "shipment", **json.loads(record.model_dump_json(exclude_none=True))})
    source, records, _ = read(line + "\n", name="records.jsonl")
    assert source.format == "JSON lines"
    assert records[0].model_copy(update={"source": None}) == record
    assert (records[0].source.row, source.kind) == (1, "mixed")


def test_kind_may_be_given_for_all_lines_and_missing_ids_are_filled(read):
    _, records, _ = read(
        '{"name": "ACME"}\n\n{"name": "BOHAI", "kind": "vessel"}\n', name="a.jsonl", kind="counterparty"
    )
    assert [(record.kind, record.id) for record in records] == [("counterparty", "row 1"), ("vessel", "row 3")]


def test_lines_that_begin_with_a_brace_are_json_lines_whatever_the_name(read):
    source, _, _ = read('\ufeff{"kind": "counterparty", "name": "ACME"}\n', name="records.txt")
    assert source.format == "JSON lines"


def test_every_bad_line_is_quarantined_with_its_reason(read):
    lines = ['{"kind": "cargo"}', '{"name": "A"}', "[1]", "{", '{"kind":"counterparty","nam":"A"}', "[" * 100_000]
    lines += ['{"kind":"shipment","gross_weight_kg":NaN}', "x" * 2_000_000, '{"kind":"counterparty","name":"ACME"}']
    source, records, quarantined = read("\n".join(lines), name="a.jsonl")
    assert (source.read, len(records)) == (9, 1)
    said = ['no "kind"', 'no "kind"', "no JSON object", "no JSON", "nam", "no JSON", "NaN", "1 MiB"]
    assert [text for text, item in zip(said, quarantined, strict=True) if text not in item.reason] == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_counted(read, data):
    try:
        source, records, quarantined = read(data, name="a.jsonl")
    except InputError:  # bytes that begin like another format
        return
    assert source.read == len(records) + len(quarantined)


def test_a_kind_that_is_no_text_is_set_aside(read):
    _, records, (wrong,) = read('{"kind": "vessel", "name": "A"}\n{"kind": {"name": "B"}}\n', name="a.jsonl")
    assert (len(records), wrong.source.row) == (1, 2)
    assert 'no "kind" key' in wrong.reason
