"""Listed names inside running text: found with their place, in any script, and not where words merely recur."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.matching import Matcher
from nkscreen.matching.running_text import RunningText, words_of
from nkscreen.watchlist import ListedEntity, ListedName, Listing, Snapshot, Watchlist

DAY = date(2026, 11, 27)
NAMES = {
    "komid": ("KOREA MINING DEVELOPMENT TRADING CORPORATION", "Company"),
    "omm": ("Ocean Maritime Management Company, Limited", "Company"),
    "bank": ("Tanchon Commercial Bank", "Company"),
    "hangul": ("조선광업개발무역회사", "Company"),
    "person": ("RI, Won Ho", "Person"),
    "usual": ("KIM, Chol", "Person"),
    "ship": ("MUJIGAE", "Vessel"),
    "numbered": ("RYUGYONG 5", "Vessel"),
    "components": ("Electronic Components Industries Co", "Company"),
}
TEXTS = RunningText((key, name, schema) for key, (name, schema) in NAMES.items())


def found(text):
    return [(TEXTS.keys[one.number], text[one.start : one.end]) for one in TEXTS.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INV 7 KOREA MINING DEVELOPMENT TRADING CORP. FOR COAL",
         ("komid", "KOREA MINING DEVELOPMENT TRADING")),
        ("for korea mining development trading, may", ("komid", "korea mining development trading,")),
        ("cargo of OCEAN MARITIME MANAGEMENT CO., LTD. shipped", ("omm", "OCEAN MARITIME MANAGEMENT CO., LTD.")),
        ("c/o Tanchon Commercial\nBank, Pyongyang", ("bank", "Tanchon Commercial\nBank,")),
        ("pay TANCHON COMMER CIAL BANK now", ("bank", "TANCHON COMMER CIAL BANK")),
        ("перевод ТАНЧОН КОММЕРЧЕСКИЙ БАНК 12", ("bank", "ТАНЧОН КОММЕРЧЕСКИЙ БАНК")),
        ("송금 조선광업개발무역회사에", ("hangul", "조선광업개발무역회사")),
        ("salary of Ri Won Ho for May", ("person", "Ri Won Ho")),
        ("freight of M/V Mujigae, voyage 12", ("ship", "Mujigae,")),
        ("VSL: RYUGYONG 5 FROM NAMPO", ("numbered", "RYUGYONG 5")),
    ],
)  # fmt: skip
def test_a_listed_name_is_found_with_its_place(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "salary of Kim Chol",  # words that many bear
        "electronic components, 12 cartons",  # lacks a telling word of the name
        "our mujigae tablecloths",  # no ship is announced
        "commercial bank charges",
        "ocean freight, maritime insurance and management fee",
        "mining and development of trading skills in Korea",
        "",
        " . , ; ",
    ],
)
def test_words_that_merely_recur_are_no_name(text):
    assert found(text) == []


def test_a_name_is_found_once_however_often_a_text_repeats_itself():
    text = "TANCHON COMMERCIAL BANK " * 4000
    assert {key for key, _ in found(text)} == {"bank"}


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_around_a_name_leaves_spans_inside_the_text(before, after):
    text = f"{before} TANCHON COMMERCIAL BANK {after}"
    for one in TEXTS.find(text):
        assert 0 <= one.start < one.end <= len(text)
    assert "bank" in {key for key, _ in found(text)} or len(words_of(text)) > 3


def test_numbers_of_listed_parties_are_found_in_texts():
    matcher = Matcher(
        Watchlist(
            Snapshot(
                publisher="T",
                title="T",
                entities=(
                    entity("1", "Vessel", "BLUE HERON", imo_number="7937317"),
                    entity("2", "Company", "Foreign Trade", swift_bics=("FTBDKPPY",)),
                    entity("3", "CryptoWallet", "", wallets=("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h",)),
                ),
            )
        )
    )

    def hits(text):
        return [(hit.entity_id, hit.path, hit.decisive_identifier) for hit in matcher.hits_in_text("t", text, DAY, 0.5)]

    assert hits("per IMO 7937317 to Wonsan") == [("1", "t[8:15]", "imo")]
    assert hits("invoice 7937317 of May") == []
    assert hits("via FTBDKPPYXXX account 7") == [("2", "t[4:15]", "bic")]
    assert hits("to 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h today") == [("3", "t[3:37]", "wallet")]


def entity(key, schema, name, **fields):
    names = (ListedName(value=name),) if name else ()
    return ListedEntity(id=key, schema=schema, names=names, listings=(Listing(programme="DPRK"),), **fields)
