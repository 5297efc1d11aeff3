"""What rules see of a record and its hits."""

from datetime import date

import pytest

from nkscreen.alerts.model import Hit, ListedBasis
from nkscreen.records import KINDS, Counterparty, Shipment, Vessel
from nkscreen.records.model import Model
from nkscreen.rulebook import record_type, view
from nkscreen.rulebook.language import Basic, ListOf, Object

HIT = Hit(
    path="consignee",
    role="consignee",
    entity_id="KPe.001",
    publisher="UN",
    schema_="Company",
    caption="Example Trading",
    score=0.93,
    dprk=True,
    prior=-12.0,
    decisive_identifier="imo",
    listings=(ListedBasis(programme="UN 1718", measure="asset freeze"), ListedBasis(programme="UN 1718")),
)


def shape(value, kind):
    """Whether a value of a view has the form that the type promises."""
    if isinstance(kind, Object):
        return value is None or (set(value) == set(kind.fields) and all(shape(value[k], kind.fields[k]) for k in value))
    if isinstance(kind, ListOf):
        return value is None or (isinstance(value, list) and all(shape(item, kind.item) for item in value))
    return value is None or isinstance(value, str | int | float | bool | date)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_record_has_a_type_and_its_view_has_that_shape(kind):
    assert shape(view(KINDS[kind].read({"id": "1"}), [HIT]), record_type(KINDS[kind]))


def test_field_types_follow_the_models():
    fields = record_type(Shipment).fields
    assert fields["date"] is Basic.DATE
    assert fields["gross_weight_kg"] is Basic.DOUBLE
    assert str(fields["goods"].item.fields["hs_code"]) == "hs code"
    assert str(fields["vessel"].fields["past_flags"]) == "list of country code"
    assert str(fields["final_country"]) == "country code"
    assert "schema" in record_type(Counterparty).fields
    assert "source" not in fields


def test_a_code_that_could_not_be_read_is_missing():
    shown = view(Vessel.read({"id": "1", "flag": "Korea", "imo_number": "1234567", "past_flags": ["KP", "Korea"]}))
    assert (shown["flag"], shown["imo_number"], shown["past_flags"]) == (None, None, ["KP", None])


def test_derived_fields_are_shown():
    shown = view(Shipment.read({"id": "1", "legs": [{"port": "SGSIN"}, {"port": "KPNAM"}]}))
    assert shown["final_country"] == "KP"


def test_an_absent_part_is_missing_and_an_empty_list_is_known():
    shown = view(Shipment.read({"id": "1"}))
    assert shown["consignee"] is None
    assert shown["legs"] == []
    assert shown["hits"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_certain_has_a_value_in_the_emptiest_record_and_in_every_hit(kind):
    whole = record_type(KINDS[kind])
    shown = view(KINDS[kind].read({"id": "1"}), [HIT])
    assert whole.certain == {name for name, value in shown.items() if value is not None}
    assert whole.fields["hits"].item.certain == set(shown["hits"][0])


def test_a_list_of_which_an_empty_one_says_nothing_is_not_certain():
    certain = record_type(Shipment).certain
    assert {"hits", "legs", "stops", "parties", "origin_unread"} <= certain
    assert certain.isdisjoint({"goods", "final_country", "vessel", "remarks", "event_date"})


def test_a_number_that_no_double_holds_is_missing():
    record = Shipment.read({"id": "1", "declared_containers": 2**60})
    assert view(record)["declared_containers"] is None


def test_a_hit_shows_each_programme_once_and_the_decisive_identifier():
    (shown,) = view(Shipment.read({"id": "1"}), [HIT])["hits"]
    assert shown == {
        "path": "consignee",
        "role": "consignee",
        "entity_id": "KPe.001",
        "publisher": "UN",
        "schema": "Company",
        "caption": "Example Trading",
        "programmes": ["UN 1718"],
        "measures": ["asset freeze"],
        "score": 0.93,
        "dprk": True,
        "in_force": True,
        "conflict": False,
        "identifier": "imo",
    }


def test_a_field_without_a_rule_type_is_reported_when_the_type_is_made():
    class Odd(Model):
        table: dict[str, str]

    with pytest.raises(TypeError, match=r"Odd\.table: rules have no type for"):
        record_type(Odd)


def test_a_part_that_a_record_shows_twice_is_shown_once():
    shown = view(Shipment.read({"id": "1", "shipper": {"name": "Wren"}, "legs": [{"port": "CNDAL"}]}))
    assert shown["parties"][0] is shown["shipper"]
    assert shown["stops"][0] is shown["legs"][0]
    assert shown["shipper"]["schema"] == "LegalEntity"
    assert "schema_" not in shown["shipper"]
    assert "source" not in shown
