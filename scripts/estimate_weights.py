"""Estimate match weights from real pairs, beside the weights in use: log2 of how often an effect is seen between
records of the same party (m) against records of different parties (u).

Same parties: persons and organisations on both the UN and the OFAC list that share a document number, or a name of at
least three words with all words equal; ships on the OFAC and UN 1718 lists with one IMO number. Different parties: the
same lists paired at random, and list entries against invented people of all countries. Every effect counts only where
both sides give the value, half an observation is added to each cell, and a cell with fewer than five says so.

Run: `python scripts/estimate_weights.py ../shared/data`. Prints a table; the weights in use are set by hand from it,
rounded, and drawn towards zero where the pairs are few or easier than the work (see the reasons in the data file).
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from nkscreen.matching.identity import circumstances, document_key, identifiers
from nkscreen.matching.names.normalise import words
from nkscreen.matching.weights import WEIGHTS
from nkscreen.records import Counterparty, Mention, Vessel
from nkscreen.watchlist import ListedEntity, Snapshot, bundled_watchlist, load_snapshot

SEED = 1718
RANDOM_PAIRS = 200_000
GROUPS = {
    "birth date": ("birth_date_equal", "birth_date_swapped", "birth_date_close", "birth_year_equal", "birth_year_near",
                   "birth_date_differs"),
    "nationality": ("nationality_equal", "nationality_differs"),
    "country": ("country_equal", "country_differs"),
    "gender": ("gender_equal", "gender_differs"),
    "flag": ("flag_equal", "flag_differs"),
    "MMSI": ("mmsi_equal", "mmsi_differs"),
    "tonnage": ("tonnage_equal", "tonnage_differs"),
}  # fmt: skip


def as_mention(entity: ListedEntity) -> Mention:
    """A listed entity as if a record had named it."""
    if entity.schema_ == "Vessel":
        ship = {
            "id": "x",
            "name": entity.caption,
            "mmsi": entity.mmsi,
            "flag": entity.flag,
            "call_sign": entity.call_sign,
        }
        tons = {"gross_tonnage": entity.gross_tonnage, "deadweight_tonnage": entity.deadweight_tonnage}
        return next(Vessel.read({**ship, **tons}).mentions())
    party = {
        "id": "x",
        "schema": entity.schema_,
        "name": entity.caption,
        "birth_date": next(iter(entity.birth_dates), None),
        "nationality": next(iter(entity.nationalities), None),
        "country": next(iter(entity.countries), None),
        "gender": next(iter(entity.genders), None),
    }
    return next(Counterparty.read(party).mentions())


def keys(entity: ListedEntity) -> Iterator[tuple[str, object]]:
    """What two entries must share to be taken for the same party without a doubt."""
    for document in entity.documents:
        if len(document_key(document.number)) >= 6:
            yield "document", document_key(document.number)
    for name in entity.names:
        parts = words(name.value)
        if len(parts) >= 3 and name.quality == "strong":
            yield "name", frozenset(parts)


def same(one: Snapshot, other: Snapshot) -> list[tuple[ListedEntity, ListedEntity]]:
    """Pairs of entries of two lists that are the same party, each once; a key that several share is not used."""
    by_key: dict[tuple[str, object], set[int]] = defaultdict(set)
    for position, entity in enumerate(other.entities):
        for key in keys(entity):
            by_key[key].add(position)
    pairs = {}
    for entity in one.entities:
        found = {position for key in keys(entity) if len(by_key.get(key, ())) == 1 for position in by_key[key]}
        if len(found) == 1:
            counterpart = other.entities[found.pop()]
            if counterpart.schema_ == entity.schema_:
                pairs[entity.id] = (entity, counterpart)
    return list(pairs.values())


def invented(path: Path) -> list[Mention]:
    """The invented people of all countries."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            next(
                Counterparty.read(
                    {"id": "x", "schema": "Person", "name": row["full_name"], "birth_date": row["date_of_birth"],
                     "gender": row["gender"], "nationality": row["nationality"]}
                ).mentions()
            )
            for row in csv.DictReader(stream)
        ]  # fmt: skip


def observe(pairs: Iterable[tuple[Mention, ListedEntity]]) -> Counter[str]:
    """How often each effect is seen."""
    seen: Counter[str] = Counter()
    for mention, entity in pairs:
        seen.update(step.code for step in (*identifiers(mention, entity), *circumstances(mention, entity)))
    return seen


def main(shared: Path) -> None:
    """Print the table."""
    rng = random.Random(SEED)
    un, ofac = (
        load_snapshot(shared / "lists" / name) for name in ("un/UN_consolidated_2026-02.xml", "ofac/trio_2024-01")
    )
    matched = same(un, ofac)
    bundled = {snapshot.sources[0] if snapshot.sources else "": snapshot for snapshot in bundled_watchlist().snapshots}
    ships = [e for snapshot in bundled.values() for e in snapshot.entities if e.schema_ == "Vessel" and e.imo_number]
    hulls = [(a, b) for a in ships for b in ships if a is not b and a.imo_number == b.imo_number]
    print(f"same party: {len(matched)} on the UN and OFAC lists, {len(hulls) // 2} hulls on two lists")
    m = observe((as_mention(a), b) for pair in matched for a, b in (pair, pair[::-1]))
    m += observe((as_mention(a), b) for a, b in hulls)

    people = [e for e in (*un.entities, *ofac.entities) if e.schema_ == "Person"]
    firms = [e for e in (*un.entities, *ofac.entities) if e.schema_ in {"Organization", "Company", "LegalEntity"}]
    strangers = invented(shared / "bench/negatives_global.csv")
    listed_ships = [e for e in ofac.entities if e.schema_ == "Vessel"]
    u = observe((rng.choice(strangers), rng.choice(people)) for _ in range(RANDOM_PAIRS))
    u += observe((as_mention(rng.choice(people)), rng.choice(people)) for _ in range(RANDOM_PAIRS // 10))
    u += observe((as_mention(rng.choice(firms)), rng.choice(firms)) for _ in range(RANDOM_PAIRS // 10))
    u += observe((as_mention(rng.choice(listed_ships)), rng.choice(listed_ships)) for _ in range(RANDOM_PAIRS // 10))

    print(f"{'effect':22} {'same':>7} {'different':>10} {'m':>8} {'u':>9} {'bits':>7} {'in use':>7}")
    for group, effects in GROUPS.items():
        same_total, other_total = sum(m[e] for e in effects), sum(u[e] for e in effects)
        print(f"{group}: {same_total} pairs of one party, {other_total} of different ones give it on both sides")
        for effect in effects:
            in_m = (m[effect] + 0.5) / (same_total + 0.5 * len(effects))
            in_u = (u[effect] + 0.5) / (other_total + 0.5 * len(effects))
            few = "  few" if min(m[effect], u[effect]) < 5 else ""
            used = f"{WEIGHTS[effect].bits:7.1f}" if effect in WEIGHTS else "       "
            print(
                f"  {effect:20} {m[effect]:7} {u[effect]:10} {in_m:8.4f} {in_u:9.5f} {math.log2(in_m / in_u):7.1f}"
                f" {used}{few}"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
