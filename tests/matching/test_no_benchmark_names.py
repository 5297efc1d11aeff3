"""No name of the benchmark files is written into the code, its tables or the rules."""

import csv
from pathlib import Path

import pytest
import yaml

from nkscreen.matching.names.normalise import words
from nkscreen.matching.names.scripts import is_syllabic
from nkscreen.matching.names.tables import word_bits

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "../shared/data/bench"


def benchmark_names():
    """Every full name of the labelled pairs, as words. Up to four characters of Han or Hangul may be a plain word."""
    for file in ("name_bench_dev.csv", "name_bench_synthetic.csv", "ko_dev.csv", "ko_nearhomograph_dev.csv"):
        with (BENCH / file).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                for name in (row["name1"], row["name2"]):
                    if len(name) > 4 or not is_syllabic(name):
                        yield words(name)
    for check in yaml.safe_load((BENCH / "entity_bench_dev.yml").read_text(encoding="utf-8"))["checks"]:
        for side in ("query", "candidate"):
            yield words(check[side].get("name", ""))


def test_no_rare_full_name_of_the_benchmarks_is_in_the_product():
    if not BENCH.exists():
        pytest.skip("the benchmark data beside the project is not present")
    known = {word for people in (True, False) for word in word_bits(people)}
    rare = {name for name in benchmark_names() if len(name) > 1 and sum(word not in known for word in name) > 1}
    assert len(rare) > 500
    lengths = {len(name) for name in rare}
    logic = [*(ROOT / "src/nkscreen/matching").rglob("*.py"), *(ROOT / "src/nkscreen/matching").rglob("*.tsv")]
    logic = [path for path in logic if path.name != "name_forms.tsv"]  # single words of Wikidata, no full name
    found = []
    for path in [*logic, *(ROOT / "rules").rglob("*.yaml")]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            parts = words(line)
            for at in range(len(parts)):
                found += [(path.name, number, name) for n in lengths if (name := parts[at : at + n]) in rare]
    assert found == []
