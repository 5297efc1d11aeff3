"""The shipped tables: what they say, and that they are what the script makes."""

import importlib.util
import json
from importlib.resources import files
from pathlib import Path

import pytest

from nkscreen.matching.names.korean import tables

ROOT = Path(__file__).resolve().parents[3]
KNOWLEDGE = ROOT / "../shared/knowledge/korean_tables.json"


def test_a_spelling_has_its_readings_with_the_standard_ones_free() -> None:
    found = tables.readings("latin", "jong")
    assert found["정"] == 0
    assert found["종"] == 0
    assert found["영"] > 1
    assert tables.readings("latin", "xq") == {}


def test_a_spelling_of_the_north_is_also_the_souths_initial_sound() -> None:
    assert tables.readings("latin", "ryong")["룡"] == 0
    assert tables.readings("latin", "ryong")["용"] == tables.INITIAL_SOUND


def test_a_system_kept_to_the_letter_leaves_one_reading() -> None:
    assert tables.strict("revised", "jong") == {"종"}
    assert tables.strict("mccune", "chʰŏl") == {"철"}
    assert tables.strict("revised", "chʰŏl") == frozenset()


@pytest.mark.parametrize(
    ("character", "reading"), [("金", "김"), ("鉄", "철"), ("铁", "철"), ("楽", "락"), ("李", "리")]
)
def test_traditional_simplified_and_japanese_characters_have_korean_readings(character: str, reading: str) -> None:
    assert tables.hanja()[character][0] == reading


def test_the_tables_are_fresh() -> None:
    if not KNOWLEDGE.exists():
        pytest.skip("knowledge/korean_tables.json is not present beside the repository")
    spec = importlib.util.spec_from_file_location("build_korean_tables", ROOT / "scripts/build_korean_tables.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    measured = json.loads(KNOWLEDGE.read_text(encoding="utf-8"))
    made = {
        "spellings.tsv": [*script.spellings(measured), *script.strict_spellings()],
        "concepts.tsv": list(script.concepts(measured)),
    }
    for name, rows in made.items():
        shipped = (files(tables.__package__ or "") / "data" / name).read_text(encoding="utf-8")
        assert shipped == "".join("\t".join(map(str, row)) + "\n" for row in rows)
