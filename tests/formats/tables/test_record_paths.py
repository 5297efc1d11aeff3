import pytest

from nkscreen.errors import InputError
from nkscreen.formats.tables.columns import recognise
from nkscreen.formats.tables.paths import resolve
from nkscreen.formats.tables.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("path", "leaf"),
    [
        ("shipper.name", "name"),
        ("consignee.address", "text"),
        ("notify_parties[0].name", "name"),
        ("other_parties[role=carrier].name", "name"),
        ("goods[0].hs_code", "code"),
        ("goods[0].value", "number"),
        ("legs[transshipment].arrival", "day"),
        ("vessel.imo_number", "code"),
        ("vessel.past_flags", "list"),
        ("vessel.build_year", "integer"),
        ("vessel.sts_transfers[0].date", "day"),
        ("shipper.birth_date", "partial_date"),
        ("container_numbers", "list"),
        ("gross_weight_unit", "text"),
    ],
)
def test_paths_lead_to_fields_of_their_type(path, leaf):
    assert resolve("shipment", path).leaf == leaf


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("shiper.name", "'shipper'"),
        ("shipper", "name one of its fields"),
        ("goods.hs_code", "goods[0]"),
        ("goods[5000].hs_code", "too large"),
        ("goods[x].hs_code", "number in the brackets"),
        ("legs[0].port", "transshipment"),
        ("shipper[0].name", "not a list"),
        ("date.year", "has no fields"),
        ("source.file", "no field"),
        ("", "no field"),
    ],
)
def test_path_that_leads_nowhere_is_refused_with_advice(path, said):
    with pytest.raises(InputError) as caught:
        resolve("shipment", path)
    assert said in str(caught.value)


def test_every_phrase_of_the_vocabulary_leads_to_a_field():
    for kind in vocabulary().kinds:
        phrases = set(kind.fields.ordered)
        for part in kind.parts:
            for name in part.names or ((),):
                phrases |= {(*name, *attribute) for attribute in part.attributes.ordered}
        for phrase in phrases:
            match = recognise([" ".join(phrase)], kind.name)[0]
            if match:
                assert resolve(kind.name, match.path) is not None, match.path
