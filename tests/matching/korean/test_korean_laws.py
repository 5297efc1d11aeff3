"""Laws that hold for every name, and the labelled pairs that hold the accuracy."""

import csv
import time
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nkscreen.matching.names.korean import Reading, compare, keys, may_be_part, read
from nkscreen.records import Schema

SHARED = Path(__file__).resolve().parents[3] / "../shared"
MATCH = 0.8
SCHEMAS: dict[str, Schema] = {"Person": "Person", "Organization": "Organization", "Vessel": "Vessel"}

PIECES = st.sampled_from(
    ["kim", "ri", "Pak", "CHOE", "jong", "un", "chol", "ch'o'l", "yong", "ho", "myŏng", "su", "seok", "hui", "gang"]
    + ["김", "정은", "朴", "正恩", "Ким", "Чен", "ギム", "bank", "Korea", "trading", "3", "muyok", ",", "-"]
    + ["hwa", "ha", "paek", "hek", "jian", "guo", "mansu", "mansudae", "monsu", "jo", "che", "2nd", "second", "office"]
)
NAMES = st.one_of(st.lists(PIECES, min_size=1, max_size=5).map(" ".join), st.text(max_size=40))
ANY_SCHEMA = st.sampled_from(["Person", "Organization", "Vessel", "LegalEntity"])


def shared(path: str) -> list[dict[str, str]]:
    file = SHARED / path
    if not file.exists():
        pytest.skip(f"{path} is not present beside the repository")
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@settings(deadline=None)
@given(NAMES, NAMES, ANY_SCHEMA)
def test_comparison_is_symmetric_and_the_keys_keep_their_promise(one: str, other: str, schema: Schema) -> None:
    a, b = read(one, schema), read(other, schema)
    if a is None or b is None:
        return
    forth, back = compare(a, b), compare(b, a)
    assert forth.score == back.score
    assert forth.decisive == back.decisive
    assert 0.0 <= forth.score <= 1.0
    assert forth.score < 0.5 or not keys(a).isdisjoint(keys(b))


@settings(deadline=None)
@given(NAMES, ANY_SCHEMA)
def test_a_name_is_itself_whatever_its_case_and_spacing(name: str, schema: Schema) -> None:
    reading = read(name, schema)
    if reading is None:
        return
    assert compare(reading, reading).score == 1.0
    if name.isascii():
        for same in (name.upper(), name.lower(), f"  {name.replace(' ', '   ')} "):
            other = read(same, schema)
            assert other is not None
            assert compare(reading, other).score == 1.0


@given(st.text())
def test_reading_never_raises(text: str) -> None:
    for schema in ("Person", "Organization", "Vessel", "LegalEntity"):
        reading = read(text, schema)
        assert reading is None or reading.text == text


@pytest.mark.parametrize(
    "text", ["kim jong un " * 1000, "a" * 10_000, "김" * 10_000, "o'" * 5_000, "ch'" * 66, "ng" * 100]
)
def test_a_hostile_name_returns_at_once(text: str) -> None:
    start = time.process_time()
    for schema in ("Person", "Organization", "Vessel"):
        read(text, schema)
    assert time.process_time() - start < 0.5


def test_unsegmented_hangul_matches_the_spelling_on_the_list() -> None:
    rows = shared("knowledge/dprk_hangul_pairs.csv")
    found = 0
    for row in rows:
        one, other = read(row["hangul"], "Person"), read(row["ofac_primary"], "Person")
        found += one is not None and other is not None and compare(one, other).score >= MATCH
    assert len(rows) == 37
    assert found >= 36


def test_pairs_of_names_that_score_a_half_share_a_key() -> None:
    names = sorted({(SCHEMAS[r["schema"]], r["alias"]) for r in shared("knowledge/dprk_aliases.csv") if _is_core(r)})
    by_schema: dict[Schema, list[Reading]] = {}
    for schema, name in names:
        reading = read(name, schema)
        if reading:
            by_schema.setdefault(schema, []).append(reading)
    for readings in by_schema.values():
        blocks = [keys(reading) for reading in readings]
        assert sum(map(len, blocks)) / len(blocks) < 4
        for (a, keys_a), (b, keys_b) in combinations(zip(readings, blocks, strict=True), 2):
            assert not keys_a.isdisjoint(keys_b) or compare(a, b).score < 0.5


def _is_core(row: dict[str, str]) -> bool:
    return row["source"] == "UN" and row["schema"] in SCHEMAS


def test_no_name_in_latin_letters_from_elsewhere_meets_a_listed_person() -> None:
    index: dict[str, list[Reading]] = {}
    for row in shared("knowledge/dprk_aliases.csv"):
        if row["source"] in {"UN", "OFAC"} and row["schema"] == "Person":
            reading = read(row["alias"], "Person")
            for key in keys(reading) if reading else ():
                index.setdefault(key, []).append(reading)
    alerts = []
    for row in shared("data/bench/negatives_global.csv"):
        name = row["full_name"]
        reading = read(name, "Person") if name and ord(max(name)) < 0x250 else None
        for key in keys(reading) if reading else ():
            alerts += [name for listed in index.get(key, ()) if compare(reading, listed).score >= MATCH]
    assert alerts == []


def test_labelled_pairs_of_persons_are_told_apart() -> None:
    apart = {"alias-unrelated", "other-language", "ambiguous-homograph"}
    rows = [
        row for row in shared("data/bench/ko_dev.csv") if row["schema"] == "Person" and row["category"] not in apart
    ]
    counts = {"right": 0, "wrong": 0, "missed": 0}
    for row in rows:
        one, other = read(row["name1"], "Person"), read(row["name2"], "Person")
        hit = one is not None and other is not None and compare(one, other).score >= MATCH
        if row["is_match"] == "1":
            counts["right" if hit else "missed"] += 1
        else:
            counts["wrong"] += hit
    f1 = 2 * counts["right"] / (2 * counts["right"] + counts["wrong"] + counts["missed"])
    assert f1 >= 0.975


def test_few_near_homographs_alert() -> None:
    rows = [r for r in shared("data/bench/ko_nearhomograph_dev.csv") if not r["category"].endswith("inseparable")]
    alerts = 0
    for row in rows:
        one, other = read(row["name1"], "Person"), read(row["name2"], "Person")
        alerts += one is not None and other is not None and compare(one, other).score >= MATCH
    assert alerts / len(rows) <= 0.22


WORDS = st.one_of(
    PIECES.filter(lambda piece: "'" not in piece),
    st.sampled_from(
        [
            "armed",
            "forces",
            "Army,",
            "foreign",
            "Muyokbank",
            "rackham",
            "Jjong",
            "kjong",
            "hotel",
            "M/V",
            "mv",
            "ii",
            "IV",
        ]
        + ["people’s", "1st", "no.", "no", "5", "Kwahak-won", "szong", "dzsong", "smith.", "of", "the", "Hŏ", "namnam"]
    ),
    st.text(alphabet="aeiouknghjmrsyw", min_size=1, max_size=8),
)


@settings(deadline=None, max_examples=500)
@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), ANY_SCHEMA)
def test_what_can_be_read_may_be_in_all_its_pieces(text: str, schema: Schema) -> None:
    if read(text, schema) is None:
        return
    judged = [may_be_part(piece, schema) for piece in text.split()]
    assert frozenset.intersection(*(writings for writings, _ in judged))
    assert len(judged) == 1 or any(surname for _, surname in judged)
