from __future__ import annotations

import csv
from pathlib import Path

import pytest

from nkscreen.records.codes import hs

SHARED = Path(__file__).resolve().parents[3] / "../shared/data"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2701", "2701"),
        ("8451.0", "8451"),
        ("8451.30", "845130"),
        ("8451.3", "845130"),
        ("27.01.12", "270112"),
        ("8451 30 00", "84513000"),
        ("HS 2701.12", "270112"),
        ("HTS: 2701.12.0000", "2701120000"),
        ("HS CODE: 8451", "8451"),
        ("H.S. 2701", "2701"),
        ("２７０１", "2701"),
        ("270112000000", "270112000000"),
        ("98", "98"),
        ("9903", "9903"),
        ("8451 3000", "84513000"),
        ("2701 12 0000", "2701120000"),
    ],
)
def test_codes_as_papers_write_them(text: str, code: str) -> None:
    assert hs.parse(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30617", "030617"),
        ("101", "0101"),
        ("30617.0", "030617"),
        ("3", "03"),
        ("0306", "0306"),
        ("030617.0", "030617"),
    ],
)
def test_a_leading_zero_that_a_spreadsheet_lost_is_put_back(text: str, code: str) -> None:
    assert hs.parse(text) == code


@pytest.mark.parametrize(
    "text", ["77", "7701", "00", "0000", "0", "8.45E+05", "2701120000001", "coal", "27x1", "27/01", "", "-2701", "٢٧٠١"]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    assert hs.parse(text) is None


def test_reasons_tell_what_to_write() -> None:
    assert hs.why("7701").startswith("“7701” has no chapter of the Harmonized System")
    assert hs.why("8.45E+05") == "“8.45E+05” was rounded by a spreadsheet; write the code as text."
    assert hs.why("coal") == "“coal” is no HS code; write 2 to 12 digits, such as 2701.12."


def test_every_code_of_hs_2022_survives_a_spreadsheet() -> None:
    path = SHARED / "inputs/reference/datasets__harmonized-system__harmonized-system.csv"
    if not path.exists():
        pytest.skip("HS table not present")
    with path.open(encoding="utf-8", newline="") as file:
        codes = [row["hscode"] for row in csv.DictReader(file) if row["hscode"].isdigit()]
    assert len(codes) > 6_000
    for code in codes:
        assert hs.parse(code) == hs.parse(str(int(code))) == hs.parse(f"{int(code)}.0") == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2208.30, 2204.21", ("220830", "220421")),
        ("2208.30 2204.21", ("220830", "220421")),
        ("270112 271019", ("270112", "271019")),
        ("2208 2204", ("2208", "2204")),
        ("2208/2204; 3303", ("2208", "2204", "3303")),
        ("HS 2208.30, HS 2204.21", ("220830", "220421")),
        ("2208.30 and 2204.21", ("220830", "220421")),
        ("2208.30\n2208.30", ("220830",)),
    ],
)
def test_several_codes_in_one_text_are_never_read_as_one(text: str, codes: tuple[str, ...]) -> None:
    assert hs.parse(text) is None
    assert hs.several(text) == codes
    assert "several HS codes" in hs.why(text)


@pytest.mark.parametrize(
    "text", ["2208.30", "8451 30 00", "2701 12 0000", "8451 3000", "coal", "27/01", "2208, coal", ""]
)
def test_one_code_or_none_is_not_several(text: str) -> None:
    assert hs.several(text) == ()
