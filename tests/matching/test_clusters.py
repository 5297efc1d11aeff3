"""Entries of several lists that are one party: found by evidence, never against it, and as people decide."""

import csv
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from nkscreen.errors import InputError
from nkscreen.matching.clusters import Decision, entries_of, find_clusters, read_decisions, without_entry
from nkscreen.matching.identity import document_key
from nkscreen.matching.same_party import likeness
from nkscreen.watchlist import (
    ListedEntity,
    ListedName,
    Listing,
    Snapshot,
    Watchlist,
    bundled_watchlist,
    is_dprk,
    load_snapshot,
)
from nkscreen.watchlist.model import ListedDocument

DAY = date(2026, 11, 27)


def entity(key, *names, schema="Person", programme="DPRK", **fields):
    return ListedEntity(
        id=key,
        schema=schema,
        names=tuple(ListedName(value=name, kind="alias" if at else "primary") for at, name in enumerate(names)),
        listings=(Listing(programme=programme),),
        **fields,
    )


def lists(**entries):
    return Watchlist(*(Snapshot(publisher=name, title=name, entities=tuple(found)) for name, found in entries.items()))


def clusters(watchlist, *decisions):
    return [cluster.members for cluster in find_clusters(watchlist, decisions)]


def said(one, other, *, same):
    return Decision(one, other, same, "A. Analyst", DAY, "seen the papers")


def test_a_person_of_one_name_and_birth_date_is_one_party():
    both = lists(
        UN=[entity("1", "RI WON HO", birth_dates=("1964-07-17",))],
        OFAC=[entity("a", "RI, Won Ho", birth_dates=("1964-07-17",)), entity("b", "KIM, Chol")],
    )
    (found,) = find_clusters(both)
    assert found.members == ("UN:1", "OFAC:a")
    (pair,) = found.pairs
    assert {item.code for item in pair.likeness.evidence} == {"name", "short_name", "birth_date_equal", "same_regime"}


def test_other_birth_dates_or_another_regime_keep_names_apart():
    born = lists(
        UN=[entity("1", "KIM YONG CHOL", birth_dates=("1962-02-18",))],
        OFAC=[entity("a", "KIM, Yong Chol", birth_dates=("1946-01-01",))],
    )
    assert clusters(born) == []
    regime = lists(UN=[entity("1", "KIM YONG CHOL")], OFAC=[entity("a", "KIM, Yong Chol", programme="SYRIA")])
    assert clusters(regime) == []


def test_a_shared_document_decides_and_another_imo_number_forbids():
    papers = (ListedDocument(type="passport", number="563410081"),)
    people = lists(UN=[entity("1", "RYU JIN", documents=papers)], EU=[entity("a", "YU Chin", documents=papers)])
    assert clusters(people) == [("UN:1", "EU:a")]
    ships = lists(
        UN=[entity("1", "CHOLLIMA 1", schema="Vessel", imo_number="7937317")],
        EU=[entity("a", "CHOLLIMA 1", schema="Vessel", imo_number="9074729")],
    )
    assert clusters(ships) == []
    assert likeness(ships.snapshots[0].entities[0], ships.snapshots[1].entities[0]).forbidden


def test_two_candidates_that_cannot_be_told_apart_are_left_alone():
    two = lists(UN=[entity("1", "KIM CHOL NAM")], UK=[entity("a", "Kim Chol Nam"), entity("b", "Chol Nam Kim")])
    assert clusters(two) == []
    told = lists(
        UN=[entity("1", "Second Academy", "Natural Sciences", schema="Organization")],
        UK=[
            entity("a", "Second Academy", "Natural Sciences", schema="Organization"),
            entity("b", "Another Office", "Second Academy", schema="Organization"),
        ],
    )
    assert clusters(told) == [("UN:1", "UK:a")]


def test_no_cluster_has_two_entries_of_one_list_nor_joins_what_is_forbidden():
    ship = {"schema": "Vessel"}
    three = lists(
        UN=[entity("1", "CHOLLIMA 1", imo_number="7937317", **ship)],
        EU=[entity("a", "CHOLLIMA 1", **ship)],
        UK=[entity("x", "CHOLLIMA 1", imo_number="9074729", **ship)],
    )
    found = clusters(three)
    assert not any({"UN:1", "UK:x"} <= set(members) for members in found)


def test_people_decide_both_ways():
    both = lists(
        UN=[entity("1", "RI WON HO", birth_dates=("1964-07-17",)), entity("2", "FAN KE", schema="Vessel")],
        OFAC=[
            entity("a", "RI, Won Ho", birth_dates=("1964-07-17",)),
            entity("b", "EVER BRIGHT 88", schema="Vessel"),
        ],
    )
    assert clusters(both, said("UN:1", "OFAC:a", same=False)) == []
    (one, other) = find_clusters(both, [said("UN:2", "OFAC:b", same=True)])
    assert (one.members, other.members) == (("UN:1", "OFAC:a"), ("UN:2", "OFAC:b"))
    assert other.pairs[0].decision.reason == "seen the papers"


def test_a_decision_on_an_entry_that_left_the_lists_has_no_effect_and_is_named():
    both = lists(UN=[entity("1", "CHOLLIMA 1", schema="Vessel")], OFAC=[entity("a", "RYUGYONG 2", schema="Vessel")])
    left, kept = said("UN:9", "OFAC:b", same=True), said("UN:1", "OFAC:a", same=True)
    assert [cluster.members for cluster in find_clusters(both, [left, kept])] == [("UN:1", "OFAC:a")]
    (text,) = without_entry([left, kept], entries_of(both))
    assert text.endswith("on UN:9 and OFAC:b has no effect: UN:9 and OFAC:b are on none of the lists")


def test_decisions_are_read_from_a_table(tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text("one,other,same,author,day,reason\nUN:1,OFAC:a,yes,A. Analyst,2026-11-27,seen the papers\n")
    assert read_decisions(path) == (said("UN:1", "OFAC:a", same=True),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("one,other\n", "lacks the columns same, author, day, reason"),
        ("one,other,same,author,day,reason\nUN:1,EU:a,maybe,A,2026-11-27,x\n", "row 2: same is 'maybe'"),
        ("one,other,same,author,day,reason\nUN:1,EU:a,yes,,2026-11-27,x\n", "row 2: author is 'nothing'"),
        ("one,other,same,author,day,reason\nUN:1,EU:a,yes,A,soon,x\n", "row 2: day is 'soon'"),
    ],
)
def test_a_decision_that_is_not_complete_is_an_error_with_its_row(tmp_path, text, reason):
    path = tmp_path / "decisions.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=reason):
        read_decisions(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_decisions(tmp_path / "absent.csv")


@pytest.fixture(scope="module")
def dprk(shared):
    """The entries about North Korea of UN, OFAC and EU."""
    files = ("un/UN_consolidated_2026-02.xml", "ofac/trio_2024-01", "eu/eu_journal_32017R1509_DPRK_2026-08-14.csv")
    found = [load_snapshot(shared / "lists" / file) for file in files]
    ships = [snapshot for snapshot in bundled_watchlist().snapshots if "vessels" in snapshot.title]
    return Watchlist(
        *(
            Snapshot(publisher=s.publisher, title=s.title, entities=tuple(e for e in s.entities if is_dprk(e)))
            for s in (*found, *ships)
        )
    )


def without_numbers(watchlist):
    """The lists without every number that could tell parties apart."""
    gone = {"imo_number": None, "mmsi": None, "call_sign": None, "documents": (), "swift_bics": (), "wallets": ()}
    return Watchlist(
        *(
            Snapshot(
                publisher=s.publisher, title=s.title, entities=tuple(e.model_copy(update=gone) for e in s.entities)
            )
            for s in watchlist.snapshots
        )
    )


def labelled(watchlist):
    """Pairs of two lists that IMO numbers or shared documents label as the same or as different."""
    entries = [(f"{s.publisher}:{e.id}", s, e) for s, e in watchlist if e.imo_number or e.documents]
    for (one, s, a), (other, t, b) in combinations(entries, 2):
        if s is t:
            continue
        if a.imo_number and b.imo_number:
            yield one, other, a.imo_number == b.imo_number
        elif {document_key(d.number) for d in a.documents} & {document_key(d.number) for d in b.documents}:
            yield one, other, True


def test_real_clusters_agree_with_numbers_that_were_withheld(dprk):
    found = find_clusters(without_numbers(dprk))
    together = {frozenset(pair) for cluster in found for pair in combinations(cluster.members, 2)}
    pairs = {frozenset((one, other)): same for one, other, same in labelled(dprk)}
    same = {pair for pair, label in pairs.items() if label}
    wrong = {pair for pair, label in pairs.items() if not label and pair in together}
    assert (len(same), len(wrong)) == (290, 0)
    assert len(same & together) / len(same) >= 0.95


def test_real_clusters_agree_with_pairs_checked_by_hand(dprk):
    together = {frozenset(pair) for cluster in find_clusters(dprk) for pair in combinations(cluster.members, 2)}
    with (Path(__file__).parent / "hand_checked_pairs.csv").open(encoding="utf-8") as stream:
        pairs = list(csv.DictReader(stream))
    assert len(pairs) >= 50
    wrong = [row for row in pairs if (frozenset((row["one"], row["other"])) in together) != (row["same"] == "yes")]
    assert wrong == []
