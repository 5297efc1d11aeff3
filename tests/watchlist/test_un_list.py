"""The reader of the UN consolidated list, on small files and on hostile ones."""

from datetime import date
from pathlib import Path

import pytest
from list_samples import UN

from nkscreen.errors import ListError
from nkscreen.watchlist import ListedEntity, Snapshot
from nkscreen.watchlist.sources import un


def read(tmp_path: Path, text: str) -> Snapshot:
    path = tmp_path / "un.xml"
    path.write_text(text, encoding="utf-8")
    return un.read(path)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return read(tmp_path, UN)


@pytest.fixture
def person(snapshot: Snapshot) -> ListedEntity:
    return snapshot.entities[0]


def test_the_list_carries_the_day_it_was_generated(snapshot):
    assert (snapshot.publisher, snapshot.list_date) == ("UN", date(2026, 2, 27))
    assert (snapshot.report.read, snapshot.report.kept) == (2, 2)


def test_a_person_keeps_names_with_kind_and_quality(person):
    assert person.id == "KPi.999"
    assert person.schema_ == "Person"
    assert [(name.value, name.kind, name.quality) for name in person.names] == [
        ("HONG Gil Dong", "primary", "strong"),
        ("홍길동", "original_script", "strong"),
        ("Hong Kil-tong", "alias", "strong"),
        ("Hong Kil Tong", "alias", "strong"),
        ("The Outlaw", "alias", "weak"),
        ("Kong Jitong", "alias", "strong"),
        ("洪吉童", "original_script", "strong"),
        ("Hong One", "former", "strong"),
    ]


def test_birth_dates_are_exact_approximate_or_the_years_of_a_narrow_range(person):
    assert person.birth_dates == ("1960-01-31", "1958", "1963", "1964", "1965", "1961-02-03")
    assert person.approximate_birth_dates == ("1958",)
    assert person.notes == ("born between 1940 and 1959", "title: Dr.")


def test_codes_are_canonical_and_places_stay_text(person):
    assert (person.nationalities, person.countries) == (("KP",), ("KP",))
    assert person.addresses == ("Pyongyang, Democratic People's Republic of Korea",)
    assert person.birth_places == ("Sinuiju, Democratic People's Republic of Korea",)
    assert (person.genders, person.positions) == (("male",), ("Director",))


def test_documents_are_split_from_the_words_around_them(person):
    assert [(doc.type, doc.number, doc.country) for doc in person.documents] == [
        ("Passport", "PS472330208", "KP"),
        ("diplomatic passport no", "836110035", None),
    ]


def test_a_listing_has_its_dates_and_its_legal_basis(person):
    (listing,) = person.listings
    assert (listing.programme, listing.listed, listing.amended) == ("DPRK", date(2016, 11, 30), date(2022, 7, 26))
    assert (listing.legal_basis, listing.measure) == ("UNSCR 1718 (2006) para 8(d)", "asset freeze")


def test_aliases_of_entities_are_known_or_former_names(snapshot):
    assert [(name.value, name.kind) for name in snapshot.entities[1].names] == [
        ("WONSAN TRADING", "primary"),
        ("NEW WONSAN", "alias"),
        ("OLD WONSAN (HONG KONG) LTD", "former"),
    ]


def test_a_country_that_cannot_be_read_is_kept_and_reported_with_its_line(snapshot):
    assert snapshot.entities[1].countries == ("Utopia",)
    (problem,) = snapshot.report.problems
    line = UN[: UN.index("<ENTITY>")].count("\n") + 1
    assert problem.startswith(f"un.xml:{line}: entry KPe.999: country 'Utopia' kept as given")


def test_an_entry_without_a_name_is_an_error_in_a_short_list(tmp_path):
    snapshot = read(tmp_path, UN.replace("<FIRST_NAME>WONSAN TRADING</FIRST_NAME>", "").replace("a.k.a.", "x"))
    assert (snapshot.report.read, snapshot.report.kept) == (2, 2)
    nameless = UN.replace("<FIRST_NAME>WONSAN TRADING</FIRST_NAME>", "").replace("ALIAS_NAME", "OTHER")
    with pytest.raises(ListError, match=r"1 of 2 entries cannot be read.*entry KPe\.999 not kept: it has no name"):
        read(tmp_path, nameless)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (UN[:2000], "not well-formed XML"),
        (UN.replace("홍길동", "\x19"), "row 6: is not well-formed XML"),
        ("<LIST/>", "has the root <LIST>"),
        ("<html><body>Service unavailable</body></html>", "has the root <html>"),
        ("<CONSOLIDATED_LIST/>", "holds no entries"),
        ("", "is empty"),
        ("\n \n", "is empty"),
    ],
)
def test_a_broken_list_is_an_error_that_names_the_file(tmp_path, text, says):
    with pytest.raises(ListError, match=says) as caught:
        read(tmp_path, text)
    assert "un.xml" in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(ListError, match="cannot be read"):
        un.read(tmp_path / "absent.xml")


def test_entities_are_never_expanded(tmp_path):
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{"&" + before + ";" * 1}{("&" + before + ";") * 9}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(ListError):
        read(
            tmp_path,
            UN.replace("<CONSOLIDATED_LIST", f"<!DOCTYPE CONSOLIDATED_LIST [{laughs}]><CONSOLIDATED_LIST", 1).replace(
                "홍길동", "&i;"
            ),
        )


def test_external_entities_are_never_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET NAME")
    doctype = f'<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    text = UN.replace("<CONSOLIDATED_LIST", f"{doctype}<CONSOLIDATED_LIST", 1).replace("홍길동", "&x;")
    with pytest.raises(ListError, match="declares a document type"):
        read(tmp_path, text)
