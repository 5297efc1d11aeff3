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
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in shipped.glob("*.tsv")}
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (shipped / path.name).read_bytes(), path.name


def test_forms_of_one_name_share_a_group_and_other_names_do_not():
    forms = {word: set(groups) for word, groups in tables.name_forms().items()}
    assert forms["aleksandr"] & forms["alexander"]
    assert not forms["michel"] & forms["michelle"]
    assert {group[0] for groups in forms.values() for group in groups} == {"n", "k"}


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
