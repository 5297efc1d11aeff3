"""Facts in OFAC's remarks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.watchlist.sources.ofac_remarks import document, read_remarks


def remarks(text: str, *, vessel: bool = False):
    return read_remarks(text, vessel=vessel)


@pytest.mark.parametrize(
    ("text", "dates", "approximate"),
    [
        ("DOB 10 Dec 1948.", ["1948-12-10"], []),
        ("DOB Oct 1964; alt. DOB 1965", ["1964-10", "1965"], []),
        ("DOB circa 1951", ["1951"], ["1951"]),
        ("DOB 1936 to 1938", ["1936", "1937", "1938"], []),
        ("DOB circa 1979-1982", ["1979", "1980", "1981", "1982"], ["1979", "1980", "1981", "1982"]),
    ],
)
def test_birth_dates(text, dates, approximate):
    found = remarks(text)
    assert (found.birth_dates, found.approximate_birth_dates, found.notes) == (dates, approximate, [])


def test_a_wide_range_of_birth_years_is_a_note():
    found = remarks("DOB 1940 to 1955")
    assert (found.birth_dates, found.notes) == ([], ["born between 1940 and 1955"])


def test_a_birth_date_that_cannot_be_read_is_not_lost():
    assert remarks("DOB in the fifties").notes == ["DOB in the fifties"]


def test_quoted_names_are_weak():
    found = remarks("a.k.a. 'KOMID'; f.k.a. 'ANA I'; alt. a.k.a. 'AL-HAQQ, 'Abd'; a.k.a. ''FOOPIE''.")
    assert [(name.value, name.kind, name.quality) for name in found.names] == [
        ("KOMID", "alias", "weak"),
        ("ANA I", "former", "weak"),
        ("AL-HAQQ, 'Abd", "alias", "weak"),
        ("FOOPIE", "alias", "weak"),
    ]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("Passport 745120026 (Korea, North)", [("Passport", "745120026", "Korea, North")]),
        ("alt. Passport 19820215", [("Passport", "19820215", "")]),
        (
            "Diplomatic Passport 836110035 (Korea, North) expires 01 Jan 2020",
            [("Diplomatic Passport", "836110035", "Korea, North")],
        ),
        ("National ID No. K357514(4) (Hong Kong)", [("National ID No.", "K357514(4)", "Hong Kong")]),
        ("Tax ID No. 7744001497 (Russia)", [("Tax ID No.", "7744001497", "Russia")]),
        ("NIT # 800018928-0 (Colombia)", [("NIT #", "800018928-0", "Colombia")]),
        ("Folio Mercantil No. 343997 (Mexico) issued 14 Dec 2005", [("Folio Mercantil No.", "343997", "Mexico")]),
        (
            "Unified Social Credit Code (USCC) 9113100033607322XK (China)",
            [("Unified Social Credit Code (USCC)", "9113100033607322XK", "China")],
        ),
        ("Aircraft Tail Number EP-MMH9", [("Aircraft Tail Number", "EP-MMH9", "")]),
        ("Identification Number IMO 5342883", [("IMO Company Number", "5342883", "")]),
        ("Company Number IMO 5055293", [("IMO Company Number", "5055293", "")]),
        ("Vessel Registration Identification IMO 1701459", [("IMO Company Number", "1701459", "")]),
    ],
)
def test_documents_of_persons_and_companies(text, documents):
    found = remarks(text)
    assert (found.documents, found.imo_number, found.notes) == (documents, None, [])


@pytest.mark.parametrize(
    "text",
    [
        "Vessel Registration Identification IMO 7937317",
        "Vessel Registration Identification 7937317",
        "Vessel Registration Identification IMO  7937317 (Russia)",
    ],
)
def test_a_vessel_has_an_imo_number_under_every_spelling(text):
    assert remarks(text, vessel=True).imo_number == "7937317"


def test_a_ship_number_that_fails_its_check_digit_is_kept_as_a_document():
    found = remarks("Vessel Registration Identification IMO 7937318", vessel=True)
    assert found.imo_number is None
    assert found.documents == [("Vessel Registration Identification", "7937318", "")]


def test_wallets_banks_and_legal_entity_identifiers():
    found = remarks(
        "Digital Currency Address - XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h; "
        "alt. Digital Currency Address - ETH 0xdcbE; SWIFT/BIC DCBKKPPY; "
        "Legal Entity Number 253400V1H6ART1UQ0N98 (Russia)"
    )
    assert found.wallets == ["12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "0xdcbE"]
    assert (found.swift_bics, found.lei_code, found.notes) == (["DCBKKPPY"], "253400V1H6ART1UQ0N98", [])


def test_secondary_sanctions_are_not_kept_but_mark_the_tie_to_north_korea():
    found = remarks(
        "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210; citizen China"
    )
    assert (found.dprk, found.notes, found.nationalities) == (True, [], ["China"])
    assert not remarks("Secondary sanctions risk: section 1(b) of Executive Order 13224").dprk


def test_the_year_a_ship_was_built_is_read():
    assert read_remarks("Vessel Year of Build 1999; MMSI 445123000.", vessel=True).build_year == 1999
    assert read_remarks("Vessel Year of Build 1999", vessel=False).notes == ["Vessel Year of Build 1999"]


def test_what_has_no_field_is_a_note():
    assert remarks("Organization Established Date 1969; Phone Number 850 2 381 8221").notes == [
        "Organization Established Date 1969",
        "Phone Number 850 2 381 8221",
    ]


def test_a_country_in_brackets_may_hold_brackets():
    assert document("Passport", "A1 (Congo, Democratic Republic of the (Kinshasa))") == (
        "Passport",
        "A1",
        "Congo, Democratic Republic of the (Kinshasa)",
    )


def test_a_fact_of_hostile_length_is_a_note_and_takes_no_time():
    text = "No. " * 20_000
    assert remarks(text).notes == [text.strip(" .")]


@given(st.text(max_size=200), st.booleans())
def test_any_text_can_be_read(text, vessel):
    assert all(note.strip() for note in read_remarks(text, vessel=vessel).notes)
