import io
import json

import pytest
from alert_samples import QUARANTINE, make_alert, sample_alerts
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.errors import InputError
from nkscreen.report import read_alerts, write_alerts, write_quarantine


def written(alerts) -> str:
    stream = io.StringIO()
    write_alerts(alerts, stream)
    return stream.getvalue()


def test_alerts_are_read_back_as_they_were_written(tmp_path):
    alerts = sample_alerts()
    path = tmp_path / "alerts.jsonl"
    path.write_text(written(alerts), encoding="utf-8", newline="\n")
    assert list(read_alerts(path)) == alerts


def test_the_same_alerts_give_the_same_bytes():
    assert written(sample_alerts()) == written(sample_alerts())


def test_the_number_of_lines_is_returned():
    stream = io.StringIO()
    assert write_alerts(sample_alerts(), stream) == 12
    assert stream.getvalue().count("\n") == 12


def test_letters_stay_readable_and_what_is_not_printable_is_escaped():
    line = written([make_alert(1, "vessel", "천명\u202e\u2028\x1b\U000e0041", "h", "low")])
    assert "천명" in line
    assert r"\u202e\u2028\u001b\udb40\udc41" in line
    assert line.rstrip("\n").isprintable()


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_survives_on_one_line(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("alerts") / "a.jsonl"
    path.write_text(written([make_alert(1, "vessel", text, "h", "low")]), encoding="utf-8", newline="\n")
    (alert,) = read_alerts(path)
    assert alert.subject == text


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b"not json\n", 1),
        (b"\n{}\n", 2),
        (b"\n\n\xff\xfe\n", 3),
        (b"[" * 100_000 + b"\n", 1),
    ],
)
def test_a_line_that_is_no_alert_is_named(tmp_path, content, row):
    path = tmp_path / "alerts.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        list(read_alerts(path))
    assert (caught.value.file, caught.value.row) == (str(path), row)


def test_a_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        list(read_alerts(tmp_path / "none.jsonl"))


def test_quarantined_records_keep_place_reason_and_content():
    stream = io.StringIO()
    assert write_quarantine(QUARANTINE, stream) == 2
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["file"], first["row"], first["field"]) == ("dalian_feeder.csv", 14, "date")
    assert first["raw"]["BILL OF LADING"] == "SGDL1140"
    assert second["sheet"] == "Q1"
    assert second["reason"].startswith("The row has more cells")
