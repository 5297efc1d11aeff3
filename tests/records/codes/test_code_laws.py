"""Laws that hold for every reader of codes: it never raises, and what it gives reads as itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.records.codes import bic, country, dates, hs, imo, mmsi, nameless, port
from nkscreen.records.codes._text import MAX_LENGTH, clean, key, squashed

READERS = [bic, country, dates, hs, imo, mmsi, port]

CODE_LIKE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789 .-/,ABCKPRU()", max_size=24),
    st.lists(
        st.sampled_from(
            ["Korea", "North", "South", "Republic", "of", "the", "DPRK", ",", "(", ")", "KP", "China", "Nampo", "Busan"]
            + ["8451", ".", "30", "IMO", "9283186", "14", "Jun", "2018", "CNDLC", "to order of", "-", "/"]
        ),
        max_size=7,
    ).map(" ".join),
)


def read(module, text: str) -> str | None:
    return module.parse_partial(text) if module is dates else module.parse(text)


@pytest.mark.parametrize("module", READERS, ids=lambda module: module.__name__.rpartition(".")[2])
@given(text=CODE_LIKE)
def test_what_is_read_reads_as_itself_and_what_is_not_has_a_reason(module, text: str) -> None:
    found = read(module, text)
    if found is not None:
        assert read(module, found) == found
    assert module.why(text).endswith(".")


@pytest.mark.parametrize("module", READERS, ids=lambda module: module.__name__.rpartition(".")[2])
@pytest.mark.parametrize(
    "text", ["9" * 5000, "Korea, " * 2000, "(" * 3000, "TO ORDER OF " * 500, "\x00" * 300, "é" * 999]
)
def test_a_long_text_is_no_code(module, text: str) -> None:
    assert len(text) > MAX_LENGTH
    assert read(module, text) is None
    assert len(module.why(text)) < 300


@given(text=st.text(max_size=80))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)
    assert squashed(text) == key(text).replace(" ", "")
    assert clean(clean(text)) == clean(text)


@given(text=CODE_LIKE)
def test_an_order_party_is_part_of_a_text_that_names_somebody(text: str) -> None:
    party = nameless.order_party(text)
    if party is not None:
        assert party in text
        assert not nameless.is_nameless(text)
        assert not nameless.is_nameless(party)


@given(text=CODE_LIKE)
def test_a_country_is_read_only_if_it_is_the_one_candidate(text: str) -> None:
    found = country.readings(text)
    assert country.parse(text) == (found[0] if len(found) == 1 else None)
    assert country.ambiguous(text) == (len(found) > 1)
    assert not found or country.candidates(text) == found
    assert all(country.is_code(code) for code in country.candidates(text))
