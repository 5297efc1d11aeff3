"""What changed between two snapshots."""

from datetime import date

import pytest

from nkscreen.errors import ListError
from nkscreen.watchlist import ListedEntity, ListedName, Listing, Snapshot
from nkscreen.watchlist.delta import FieldChange, delta, lost_share


def entity(number, name="Heron", programme="DPRK", **more):
    return ListedEntity(
        id=str(number),
        schema="Company",
        names=(ListedName(value=name),),
        listings=(Listing(programme=programme),),
        **more,
    )


def snapshot(*entities, publisher="TEST", day=date(2026, 1, 1)):
    return Snapshot(publisher=publisher, title="a list", list_date=day, entities=entities)


def test_entries_are_added_removed_and_amended_by_id():
    before = snapshot(entity(1), entity(2, "Wren"), entity(3, "Finch"))
    after = snapshot(entity(2, "Wren"), entity(3, "Finch Ltd", addresses=("12 Quay Street",)), entity(4, "Pitta"))
    found = delta(before, after)
    assert [one.id for one in found.added] == ["4"]
    assert [one.id for one in found.removed] == ["1"]
    (amended,) = found.amended
    assert amended.changes == (
        FieldChange(
            "names",
            ({"value": "Finch", "kind": "primary", "quality": "strong"},),
            ({"value": "Finch Ltd", "kind": "primary", "quality": "strong"},),
        ),
        FieldChange("addresses", (), ("12 Quay Street",)),
    )
    assert found.touched == {"1", "3", "4"}
    assert found


def test_a_field_of_one_value_is_shown_before_and_after():
    (amended,) = delta(snapshot(entity(1, flag="KP")), snapshot(entity(1, flag="PA"))).amended
    assert amended.changes == (FieldChange("flag", ("KP",), ("PA",)),)


def test_another_order_of_names_is_a_change_too():
    names = (ListedName(value="A"), ListedName(value="B"))
    one = ListedEntity(id="1", schema="Company", names=names)
    two = ListedEntity(id="1", schema="Company", names=names[::-1])
    (amended,) = delta(snapshot(one), snapshot(two)).amended
    assert [change.field for change in amended.changes] == ["names"]


def test_the_same_list_again_differs_in_nothing():
    found = delta(snapshot(entity(1)), snapshot(entity(1), day=date(2026, 2, 1)))
    assert not found
    assert found.touched == frozenset()


def test_lists_of_two_publishers_are_not_compared():
    with pytest.raises(ListError, match="two publishers"):
        delta(snapshot(entity(1)), snapshot(entity(1), publisher="OTHER"))


def test_the_lost_share_counts_all_entries_or_those_about_north_korea():
    before = snapshot(*(entity(number, programme="DPRK" if number < 2 else "SYRIA") for number in range(10)))
    after = snapshot(*(entity(number) for number in range(1, 10)))
    assert lost_share(before, after) == 0.1
    assert lost_share(before, after, dprk=True) == 0.5
    assert lost_share(snapshot(entity(1, programme="SYRIA")), after, dprk=True) == 0.0
