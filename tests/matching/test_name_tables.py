"""The shipped name tables are what the script makes of its sources, and hold what the matcher relies on."""

import importlib.util
from pathlib import Path

import pytest

from nkscreen.matching.names import tables

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "../shared/data"


def build():
    spec = importlib.util.spec_from_file_location("build_name_tables", ROOT / "scripts/build_name_tables.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_fresh(tmp_path, monkeypatch):
    if not DATA.exists():
        pytest.skip("the data beside the project is not present")
    module = build()
    monkeypatch.setattr(module, "OUT", tmp_path)
    module.main(DATA)
    shipped = ROOT / "src/nkscreen/matching/names/data"
    tables_of_wikidata = {"name_forms.tsv"}  # made from a file of 10 MB that lies in no repository
    assert {path.name for path in tmp_path.iterdir()} == {p.name for p in shipped.glob("*.tsv")} - tables_of_wikidata
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (shipped / path.name).read_bytes(), path.name


def test_forms_of_one_name_share_a_group_and_other_names_do_not():
    forms = {word: set(tables.name_forms(word)) for word in ("aleksandr", "alexander", "michel", "michelle")}
    assert forms["aleksandr"] & forms["alexander"]
    assert not forms["michel"] & forms["michelle"]


def test_a_name_with_very_many_forms_meets_only_forms_in_other_scripts():
    groups = {word: {g for g in tables.name_forms(word) if g[0] in "xy"} for word in ("sergey", "sergiy", "谢尔盖")}
    assert groups["sergey"]
    assert {g[0] for g in groups["sergey"] | groups["sergiy"]} == {"x"}
    assert {g[1:] for g in groups["sergey"]} & {g[1:] for g in groups["谢尔盖"] if g[0] == "y"}


def test_every_row_of_the_forms_is_found_again():
    text = (ROOT / "src/nkscreen/matching/names/data/name_forms.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    assert rows == sorted(rows, key=lambda row: "\t".join(row).encode())
    for word, groups in [*rows[:50], *rows[-50:], *rows[:: len(rows) // 500]]:
        assert " " not in word
        assert tables.name_forms(word) == tuple(groups.split())
    assert tables.name_forms("") == tables.name_forms("zzzzzz") == tables.name_forms("\U0010ffff") == ()


def test_the_forms_hold_what_the_data_beside_the_project_says_of_nicknames():
    source = DATA / "names/name_symbols.tsv"
    if not source.exists():
        pytest.skip("the data beside the project is not present")
    bob, robert = (set(tables.name_forms(word)) for word in ("bob", "robert"))
    assert {group[0] for group in bob & robert} == {"k"}


def test_numbers_are_read_from_words_ordinals_and_roman_numerals():
    numbers = tables.number_words()
    assert [numbers[word] for word in ("first", "1st", "vii", "fortyfour", "three")] == ["1", "1", "7", "44", "3"]
    assert not numbers.keys() & {"premier", "san", "si", "li", "un"}


def test_usual_words_have_fewer_bits_than_rare_ones():
    people = tables.word_bits(True)
    assert people["mohammad"] < people["vladimir"]
    assert tables.word_bits(False)["company"] < 4
    assert all(bits > 0 for bits in people.values())


def test_places_are_known_by_their_own_names():
    places = tables.places()
    assert places[("schweiz",)] == places[("suisse",)] == places[("switzerland",)] == "ch"
    assert ("island",) not in places
