"""IMO numbers, MMSIs and BICs."""

from __future__ import annotations

import pytest

from nkscreen.records.codes import bic, imo, mmsi


@pytest.mark.parametrize(
    "text",
    [
        "9283186",
        "IMO 9283186",
        "IMO9283186",
        "9283186.0",
        "I.M.O. No. 9283186",
        "９２８３１８６",
        "9283186 / IMO9283186",
    ],
)
def test_an_imo_number_is_read_from_its_usual_forms(text: str) -> None:
    assert imo.parse(text) == "9283186"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9283187", "wrong check digit"),
        ("0000000", "placeholder"),
        ("1234567", "placeholder"),
        ("IMO0000000", "placeholder"),
        ("9283186 or 9076260", "2 different numbers"),
        ("928318", "no seven digits"),
        ("92831860", "no seven digits"),
        ("RS 150443", "no seven digits"),
        ("", "no seven digits"),
    ],
)
def test_what_is_no_imo_number_is_refused_with_its_reason(text: str, reason: str) -> None:
    assert imo.parse(text) is None
    assert reason in imo.why(text)


@pytest.mark.parametrize("text", ["445539000", "445539000.0", "445 539 000", "MMSI: 445539000", "445-539-000"])
def test_an_mmsi_is_read_from_its_usual_forms(text: str) -> None:
    assert mmsi.parse(text) == "445539000"


@pytest.mark.parametrize(
    "text", ["000000000", "111111111", "999999999", "123456789", "44553900", "4455390000", "Call sign"]
)
def test_what_is_no_mmsi_is_refused(text: str) -> None:
    assert mmsi.parse(text) is None
    assert mmsi.country(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("445539000", "KP"),
        ("440123456", "KR"),
        ("441910000", "KR"),
        ("563418000", "SG"),
        ("620999999", "KM"),
        ("341123000", "KN"),
        ("514123000", "KH"),
        ("412345678", "CN"),
        ("273379740", "RU"),
        ("044512345", "KP"),
        ("004451234", "KP"),
        ("111445123", "KP"),
        ("984451234", "KP"),
        ("994451234", "KP"),
        ("844512345", "KP"),
        ("970123456", None),
        ("200123456", None),
    ],
)
def test_the_country_of_an_mmsi_is_found_in_every_kind_of_identity(text: str, code: str | None) -> None:
    assert mmsi.country(text) == code


def test_reasons_for_mmsi() -> None:
    assert "placeholder" in mmsi.why("123456789")
    assert mmsi.why("12345") == "“12345” is no MMSI; write nine digits."


@pytest.mark.parametrize("code", ["FTBDKPPY", "DCBKKPPY", "KUDBKPPY", "ILSIKPPY", "KDBKKPPY", "KKBCKPPYXXX"])
def test_banks_of_the_dprk(code: str) -> None:
    assert bic.parse(code.lower()) == code
    assert bic.country(code) == "KP"


@pytest.mark.parametrize(
    ("text", "code"), [("DEUT DE FF", "DEUTDEFF"), ("DEUTDEFF500", "DEUTDEFF500"), (" bkchcnbj110 ", "BKCHCNBJ110")]
)
def test_a_bic_is_read_in_any_spacing_and_case(text: str, code: str) -> None:
    assert bic.parse(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "XXXXXXXX",
        "NONEXXXX",
        "NOTPROVIDED",
        "12345678",
        "FTBDKPP",
        "FTBDKPPYX",
        "FTBDQQPY",
        "ABCDEUXX",
        "",
        "FTBD-KP-PY",
    ],
)
def test_what_is_no_bic_is_refused(text: str) -> None:
    assert bic.parse(text) is None
    assert bic.country(text) is None


def test_reasons_for_bic() -> None:
    assert "placeholder" in bic.why("NOTPROVIDED")
    assert "fifth and sixth" in bic.why("FTBDQQPY")
    assert bic.why("FTBD") == "“FTBD” is no BIC; write its 8 or 11 letters and digits."
