"""Who or what an alert is about, and why, in one line."""

import pytest

from nkscreen import Counterparty, Employment, Hit, Payment, Shipment, Vessel
from nkscreen.screening.headline import headline, subject


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (Counterparty.read({"id": "C1", "name": "ACME"}), "C1: ACME"),
        (Counterparty.read({"id": "ACME", "name": "ACME"}), "ACME"),
        (Vessel.read({"id": "V1"}), "V1"),
        (Vessel.read({"id": "V1", "imo_number": "7937317", "mmsi": "445114000"}), "V1: IMO 7937317"),
        (
            Shipment.read({"id": "S1", "shipper": {"name": "A"}, "consignee": {"name": "B"}, "vessel": {"name": "C"}}),
            "S1: A → B on C",
        ),
        (Shipment.read({"id": "S1", "vessel": {"name": "C"}}), "S1: on C"),
        (Payment.read({"id": "P1", "debtor": {"name": "A"}, "creditor": {"name": "B"}}), "P1: A → B"),
        (Employment.read({"id": "E1", "worker": {"name": "W"}, "employer": {"name": "B"}}), "E1: W → B"),
    ],
)
def test_the_subject_names_the_record_and_whom_it_names(record, text):
    assert subject(record) == text


def test_a_name_without_end_is_cut_in_the_subject():
    assert subject(Counterparty.read({"id": "C", "name": "A" * 3_000})) == f"C: {'A' * 80}…"


@pytest.mark.parametrize(
    ("identifier", "ending"),
    [("", ""), ("imo", ", same IMO number"), ("document", ", same document"), ("call_sign", ", same call sign")],
)
def test_the_headline_says_in_words_which_number_decided(identifier, ending):
    hit = Hit.model_validate({
        "path": "vessel", "role": "actual_carrier", "given_name": "CHONG CHON GANG", "entity_id": "1",
        "publisher": "OFAC", "schema_": "Vessel", "caption": "CHONG CHON GANG", "score": 0.99, "prior": -20,
        "listings": [{"programme": "DPRK"}], "decisive_identifier": identifier,
    })  # fmt: skip
    assert headline([hit], []) == (
        f"actual carrier 'CHONG CHON GANG' may be CHONG CHON GANG, listed by OFAC (DPRK){ending}"
    )
