"""Screening again after lists changed gives what two full runs would, for the records that met what changed."""

from datetime import date
from itertools import pairwise

import pytest

from nkscreen import Counterparty, Payment, Screener, Vessel, Watchlist, load_rulebook
from nkscreen.screening import Rescreener
from nkscreen.screening.rescreen import content
from nkscreen.watchlist import ListedEntity, ListedName, Listing, Snapshot, is_dprk, load_snapshot
from nkscreen.watchlist.delta import touched

AS_OF = date(2024, 6, 1)
RULES = load_rulebook()


def entity(key, name, schema="Company", **fields):
    listings = fields.pop("listings", (Listing(programme="DPRK"),))
    return ListedEntity(id=key, schema=schema, names=(ListedName(value=name),), listings=listings, **fields)


def lists(*entities, day=date(2024, 5, 1), publisher="TEST"):
    return Watchlist(Snapshot(publisher=publisher, title=publisher, list_date=day, entities=entities))


KEPT = entity("1", "Chollima Shipping")
BEFORE = lists(KEPT, entity("2", "Ryugyong Trading"), entity("3", "Blue Heron", "Vessel", imo_number="7937317"))
AFTER = lists(
    KEPT,
    entity("3", "Blue Heron", "Vessel", imo_number="7937317", flag="KP"),
    entity("4", "Wonsan Fishery"),
    day=date(2024, 5, 8),
)


def companies(*names):
    return [Counterparty.read({"id": name, "schema": "Company", "name": name, "country": "CN"}) for name in names]


BOOK = [
    *companies("Chollima Shipping", "Ryugyong Trading", "Wonsan Fishery", "Green Woodpecker Ltd"),
    Vessel.read({"id": "ship", "name": "Blue Heron", "imo_number": "7937317"}),
    Payment.read({"id": "both", "debtor": {"name": "Chollima Shipping"}, "creditor": {"name": "Wonsan Fishery"}}),
]


def assert_as_full_runs(before, after, book, as_of=AS_OF):
    """Every record is rescreened exactly when two full runs say otherwise about it, with their very results."""
    old, new = (Screener(each, RULES, as_of=as_of) for each in (before, after))
    rescreener = Rescreener(before, after, RULES, as_of=as_of)
    changed = []
    assert all(may or not rescreener.rescreen(one) for may, one in zip(rescreener.may_change(book), book, strict=True))
    for record in book:
        was, now = old.screen(record), new.screen(record)
        found = rescreener.rescreen(record)
        if [alert and content(alert) for alert in (was.alert, now.alert)].count(None) == 2:
            same = True
        else:
            same = bool(was.alert and now.alert) and content(was.alert) == content(now.alert)
        assert (found is None) == same, record.id
        if found:
            assert (found.before, found.after) == (was, now)
            changed.append(found)
    return changed


def test_only_records_that_met_a_changed_entry_come_back_with_what_changed():
    found = assert_as_full_runs(BEFORE, AFTER, BOOK)
    assert [(one.record.id, one.change, one.entries) for one in found] == [
        ("Ryugyong Trading", "cleared", ("TEST:2",)),
        ("Wonsan Fishery", "raised", ("TEST:4",)),
        ("ship", "changed", ("TEST:3",)),
        ("both", "changed", ("TEST:4",)),
    ]


def test_many_records_give_what_each_gives():
    rescreener = Rescreener(BEFORE, AFTER, RULES, as_of=AS_OF)
    texts = [
        Payment.read(
            {"id": "text", "remittance_information": "for WONSAN FISHERY CO LTD, squid", "debtor": {"name": "A"}}
        ),
        Payment.read({"id": "none", "remittance_information": "for a bakery", "debtor": {"name": "A"}}),
    ]
    book = [*BOOK, *texts] * 700
    one_by_one = [found for record in book[: len(BOOK) + 2] if (found := rescreener.rescreen(record))]
    assert list(rescreener.rescreen_many(book)) == one_by_one * 700
    assert rescreener.may_change([BOOK[3], texts[1]]) == [False, False]


def test_lists_that_say_the_same_bring_nothing_back_whatever_their_day():
    same = lists(*BEFORE.snapshots[0].entities, day=date(2024, 5, 20))
    rescreener = Rescreener(BEFORE, same, RULES, as_of=AS_OF)
    assert len(rescreener.touched) == 0
    assert list(rescreener.rescreen_many(BOOK)) == []


def test_a_list_that_joins_or_leaves_is_a_change_of_all_its_entries():
    other = lists(entity("1", "Green Woodpecker Ltd"), publisher="OTHER").snapshots[0]
    more = Watchlist(*BEFORE.snapshots, other)
    assert [one.entries for one in assert_as_full_runs(BEFORE, more, BOOK)] == [("OTHER:1",)]
    assert [one.change for one in assert_as_full_runs(more, BEFORE, BOOK)] == ["cleared"]
    assert len(touched(BEFORE, more)) == 1


def test_a_hit_that_raises_nothing_on_that_day_changes_nothing():
    later = entity("4", "Wonsan Fishery", listings=(Listing(programme="DPRK", listed=date(2024, 7, 1)),))
    after = lists(*BEFORE.snapshots[0].entities, later)
    assert assert_as_full_runs(BEFORE, after, BOOK[:5]) == []
    assert [one.change for one in assert_as_full_runs(BEFORE, after, BOOK[:5], date(2024, 7, 1))] == ["raised"]


def test_an_entry_that_hides_behind_a_conflict_is_still_compared():
    book = [Vessel.read({"id": "v", "name": "Blue Heron", "imo_number": "9074729", "flag": "KP"})]
    assert_as_full_runs(BEFORE, AFTER, book)


def test_a_ship_with_the_radio_or_hull_of_a_ship_that_was_added_is_rescreened():
    hull = {"build_year": 1974, "gross_tonnage": 5250.0, "deadweight_tonnage": 8000.0}
    added = entity("9", "Saebyol", "Vessel", imo_number="7389704", call_sign="HMZA2", **hull)
    book = [
        Vessel.read({"id": "radio", "name": "Orient Pearl", "imo_number": "9076260", "call_sign": "HMZA2"}),
        Vessel.read({"id": "hull", "name": "Orient Pearl", "past_flags": ["KP"], **hull}),
        Vessel.read({"id": "neither", "name": "Orient Pearl", "imo_number": "9283186"}),
    ]
    before, after = lists(KEPT), lists(KEPT, added)
    changed = assert_as_full_runs(before, after, book)
    assert [item.record.id for item in changed] == ["radio", "hull"]
    rules = {rule.rule_id for item in changed for rule in item.after.findings}
    assert "NK-VSL-016" in rules


@pytest.fixture(scope="module")
def sdn(shared):
    """OFAC's entries about North Korea on dated lists, and those that left."""
    history = shared / "lists/ofac/history"
    found = [load_snapshot(history / f"sdn_{day}_after.csv.gz") for day in ("2021-12-10", "2023-05-23", "2024-03-27")]
    return [
        Watchlist(one.model_copy(update={"entities": tuple(e for e in one.entities if is_dprk(e))})) for one in found
    ]


def test_real_amendments_of_ofac_come_back_as_full_runs_would(sdn):
    names = {(entity.schema_, entity.caption) for watchlist in sdn for _, entity in watchlist}
    book = [(Vessel if schema == "Vessel" else Counterparty).read({"id": name, "name": name}) for schema, name in names]
    book = sorted(book, key=lambda record: record.id)[::6]
    book += [Vessel.read({"id": "jewel", "name": "JW Jewel"}), *companies("Lazarus Group", "Blue Heron Bakery")]
    book.append(Counterparty.read({"id": "huish", "schema": "Person", "name": "Irina Igorevna Huish"}))
    steps = [assert_as_full_runs(a, b, book) for a, b in pairwise(sdn)]
    said = [{one.record.id: one.change for one in step} for step in steps]
    assert said[0]["Lazarus Group"] == "changed"
    assert (said[1]["huish"], said[1]["jewel"]) == ("cleared", "cleared")
    assert all("Blue Heron Bakery" not in step for step in said)


def test_real_amendments_of_the_un_come_back_as_full_runs_would(shared):
    old, new = (load_snapshot(shared / "lists/un" / f"UN_consolidated_{day}.xml") for day in ("2025-04-19", "2025-11"))
    changed = touched(Watchlist(old), Watchlist(new))
    assert len(changed) == 138
    few = [Watchlist(*part.snapshots, lists(KEPT).snapshots[0]) for part in (changed.before, changed.after)]
    book = [
        Counterparty.read({"id": entity.id, "schema": entity.schema_, "name": entity.caption})
        for _, entity in (*changed.before, *changed.after)
    ]
    changes = [one.change for one in assert_as_full_runs(*few, book[::4])]
    assert {change: changes.count(change) for change in set(changes)} == {"raised": 30, "changed": 5}
