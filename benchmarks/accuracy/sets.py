"""The labelled pairs, read from the data beside the project, and the pairs drawn from the UN and OFAC lists."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from nkscreen import load_watchlist
from nkscreen.records import Schema
from nkscreen.watchlist.dprk import is_dprk
from nkscreen.watchlist.model import ListedEntity, Snapshot

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
BENCH = SHARED / "bench"
LISTS = (SHARED / "lists/un/UN_consolidated_2026-02.xml", SHARED / "lists/ofac/trio_2024-01")
"""The UN list, and OFAC complete: SDN names, alternative names and remarks."""

_SCHEMATA: dict[str, Schema] = {
    name: name  # type: ignore[misc]
    for name in ("Person", "Company", "Organization", "PublicBody", "LegalEntity", "Vessel", "Airplane")
}
UNRELATED = frozenset({"alias-unrelated", "org-acronym", "other-language", "ambiguous-homograph"})
"""Categories of ko_dev in which the letters cannot tell: reported apart."""


@dataclass(frozen=True)
class Pair:
    """Two names, what they are the names of, whether they name the same party, and the kind of case."""

    one: str
    other: str
    schema: Schema
    same: bool
    category: str = ""


def entity_bench() -> list[Pair]:
    """Checks of nomenklatura's entity_bench; name parts are joined in the order first, middle, father's, last."""
    checks = yaml.safe_load((BENCH / "entity_bench_dev.yml").read_text(encoding="utf-8"))["checks"]
    return [
        Pair(
            _full_name(check["query"]),
            _full_name(check["candidate"]),
            _SCHEMATA[check["schema"]],
            check["match"],
            check.get("label", check["schema"]),
        )
        for check in checks
    ]


def _full_name(properties: dict[str, str]) -> str:
    parts = [properties.get(part, "") for part in ("firstName", "middleName", "fatherName", "lastName")]
    return properties.get("name") or " ".join(part for part in parts if part)


def name_bench(file: str, quality: str | None = None) -> list[Pair]:
    """Rows of nomenklatura's name_bench, all or those of one quality."""
    return [
        Pair(row["name1"], row["name2"], _SCHEMATA[row["schema"]], row["is_match"] == "true", row["case_group"])
        for row in _rows(file)
        if quality in {None, row["quality"]}
    ]


def korean_pairs() -> list[Pair]:
    """Korean names of persons, organisations, vessels and places, the unrelated categories left out."""
    return [_korean(row) for row in _rows("ko_dev.csv") if row["category"] not in UNRELATED]


def near_homographs() -> list[Pair]:
    """Korean names one syllable apart, without the rows that are the same letters."""
    return [_korean(row) for row in _rows("ko_nearhomograph_dev.csv") if "inseparable" not in row["category"]]


def hangul_pairs() -> list[tuple[str, str]]:
    """Officials of the DPRK in Hangul, as Seoul publishes them, and OFAC's primary spelling."""
    file = SHARED.parent / "knowledge" / "dprk_hangul_pairs.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        return [(row["hangul"], row["ofac_primary"]) for row in csv.DictReader(stream)]


def _korean(row: dict[str, str]) -> Pair:
    schema = _SCHEMATA.get(row["schema"], "LegalEntity")
    return Pair(row["name1"], row["name2"], schema, row["is_match"] == "1", row["category"].split("|")[0])


@cache
def entities() -> tuple[tuple[Snapshot, ListedEntity], ...]:
    """Every entity of UN and OFAC."""
    return tuple(load_watchlist(*LISTS))


@dataclass(frozen=True)
class AliasTest:
    """One name of a listed entity, and the entity's other names."""

    query: str
    others: tuple[str, ...]
    schema: Schema


def aliases(schema: Schema) -> list[AliasTest]:
    """Every name of every DPRK entity of one kind, each against the entity without it."""
    tests = []
    for _, entity in _dprk(schema):
        names = tuple(dict.fromkeys(name.value for name in entity.names))
        tests += [
            AliasTest(name, tuple(other for other in names if other != name), schema)
            for name in names
            if len(names) > 1
        ]
    return tests


def namesakes(schema: Schema) -> Iterator[AliasTest]:
    """The primary name of every DPRK entity of one kind against the names of each other one of the same list."""
    dprk = _dprk(schema)
    for snapshot, entity in dprk:
        for other_snapshot, other in dprk:
            if snapshot is other_snapshot and entity is not other and entity.names and other.names:
                yield AliasTest(entity.names[0].value, tuple(name.value for name in other.names), schema)


def _dprk(schema: Schema) -> list[tuple[Snapshot, ListedEntity]]:
    return [(snapshot, entity) for snapshot, entity in entities() if is_dprk(entity) and entity.schema_ == schema]


def treated() -> list[tuple[str, str]]:
    """Names of UN persons with an error made on purpose, each with the entity's key (`publisher:id`)."""
    primary: dict[str, str] = {}
    for snapshot, entity in entities():
        if snapshot.publisher == entities()[0][0].publisher and entity.schema_ == "Person":
            primary.setdefault(" ".join(entity.names[0].value.upper().split()), f"{snapshot.publisher}:{entity.id}")
    pairs = zip(_rows("positives_un_treated_dev.csv"), _rows("positives_un_untreated_dev.csv"), strict=True)
    found = [(given["full_name"], primary.get(" ".join(known["full_name"].split()))) for given, known in pairs]
    return [(name, key) for name, key in found if key]


def negatives() -> list[str]:
    """Names of invented people of all countries, none of them listed."""
    return [row["full_name"] for row in _rows("negatives_global.csv")]


def _rows(file: str) -> list[dict[str, str]]:
    with (BENCH / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
