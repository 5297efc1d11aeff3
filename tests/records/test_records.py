"""Records: canonical codes, mentions, uncertainties, and reading back what was written."""

import datetime as dt
import pickle

import pytest

from nkscreen.errors import InputError
from nkscreen.records import KINDS, Counterparty, Employment, Party, Payment, Shipment, Vessel
from nkscreen.rulebook import view

SHIPMENT = {
    "id": "B/L 1",
    "date": "2019-07-01",
    "shipper": {"name": "Acme Pte Ltd", "country": "Singapore"},
    "consignee": {"name": "조선무역", "country": "KOREA DPR", "aliases": ["Choson Trading"]},
    "notify_parties": [{"name": "Notify Co"}],
    "vessel": {"name": "CHONG CHON GANG", "imo_number": "IMO 7937317", "flag": "DPRK", "owner": {"name": "OMM"}},
    "legs": [{"port": "SGSIN"}, {"port": "CNDLC", "transshipment": True}, {"port": "Nampo, North Korea"}],
    "goods": [{"hs_code": "0302", "description": "fish"}],
}


def test_codes_are_canonical_once_a_record_exists():
    shipment = Shipment.read(SHIPMENT)
    assert shipment.shipper.country == "SG"
    assert shipment.consignee.country == "KP"
    assert shipment.vessel.imo_number == "7937317"
    assert [leg.port for leg in shipment.legs] == ["SGSIN", "CNDAL", "KPNAM"]
    assert [leg.country for leg in shipment.legs] == ["SG", "CN", "KP"]
    assert shipment.goods[0].hs_code == "0302"
    assert shipment.uncertainties() == ()


def test_what_cannot_be_read_stays_as_given_and_says_so():
    vessel = Vessel.read({"id": "1", "imo_number": "7937318", "mmsi": "000000000", "flag": "Korea"})
    assert vessel.imo_number == "7937318"
    assert [(item.path, item.kind, item.given) for item in vessel.uncertainties()] == [
        ("imo_number", "imo", "7937318"),
        ("mmsi", "mmsi", "000000000"),
        ("flag", "country", "Korea"),
    ]
    (mention,) = vessel.mentions()
    assert (mention.imo_number, mention.mmsi, mention.countries) == (None, None, ())


def test_every_party_and_ship_is_a_mention_with_its_path():
    mentions = {mention.path: mention for mention in Shipment.read(SHIPMENT).mentions()}
    assert list(mentions) == ["shipper", "consignee", "notify_parties[0]", "vessel", "vessel.owner"]
    assert mentions["consignee"].names == (
        ("consignee.name", "조선무역"),
        ("consignee.aliases[0]", "Choson Trading"),
    )
    assert mentions["vessel"].schema == "Vessel"
    assert mentions["vessel"].imo_number == "7937317"
    assert mentions["notify_parties[0]"].role == "notify_parties"


def test_a_payment_names_every_actor_of_its_chain():
    payment = Payment.read(
        {
            "id": "p",
            "debtor": {"name": "A"},
            "debtor_agent": {"name": "Bank", "swift_bic": "ftbdkppy"},
            "intermediary_agents": [{"name": "I1"}, {"name": "I2"}],
            "creditor": {"name": "B", "wallets": [{"public_key": "0xABC"}]},
            "wallets": [{"public_key": "bc1q"}],
        }
    )
    mentions = list(payment.mentions())
    assert [mention.path for mention in mentions] == [
        "debtor", "debtor_agent", "intermediary_agents[0]", "intermediary_agents[1]", "creditor",
        "creditor.wallets[0]", "wallets[0]",
    ]  # fmt: skip
    assert mentions[1].swift_bic == "FTBDKPPY"


def test_a_counterparty_is_its_own_mention():
    (mention,) = Counterparty.read({"id": "c", "name": "KIM", "schema": "Person", "nationality": "PRK"}).mentions()
    assert (mention.path, mention.schema, mention.nationalities) == ("", "Person", ("KP",))


@pytest.mark.parametrize("data", [SHIPMENT, {"id": "x"}])
@pytest.mark.parametrize("by_alias", [True, False])
def test_a_record_reads_back_as_it_was_written(data, by_alias):
    shipment = Shipment.read(data)
    assert Shipment.read(shipment.model_dump(mode="json", by_alias=by_alias)) == shipment


def test_the_final_country_follows_the_papers():
    assert Shipment.read({"id": "1", "destination_country": "DPRK", "port_of_discharge": "CNDAL"}).final_country == "KP"
    assert Shipment.read({"id": "1", "place_of_delivery": "KPNAM", "legs": [{"port": "CNDAL"}]}).final_country == "KP"
    assert Shipment.read({"id": "1", "legs": [{"port": "SGSIN"}, {"port": "CNDAL"}]}).final_country == "CN"
    assert Shipment.read({"id": "1", "port_of_discharge": "KRPUS"}).final_country == "KR"
    assert Shipment.read({"id": "1"}).final_country is None


def test_the_event_date_is_the_day_the_record_is_about():
    assert Shipment.read({"id": "1", "departure_date": "2018-06-14"}).event_date == dt.date(2018, 6, 14)
    assert Employment.read({"id": "1", "start_date": "2018-06-14"}).event_date is None
    assert Counterparty.read({"id": "1"}).event_date is None


def test_a_counterparty_without_a_day_is_judged_on_the_day_of_the_run():
    assert Counterparty.read({"id": "1"}).event_date is None
    assert Counterparty.read({"id": "1", "date": "2021-06-01"}).event_date == dt.date(2021, 6, 1)


def test_an_unknown_field_and_a_wrong_value_are_named_together():
    with pytest.raises(InputError) as error:
        Shipment.read({"id": "1", "colour": "red", "gross_weight_kg": -5})
    assert "colour" in str(error.value)
    assert "gross_weight_kg" in str(error.value)


def test_a_list_longer_than_the_cap_is_refused():
    with pytest.raises(InputError, match="legs"):
        Shipment.read({"id": "1", "legs": [{}] * 2_001})


def test_control_characters_and_nul_are_gone_from_text():
    assert Counterparty.read({"id": "1", "name": "AC\x00ME\x1b[31m\n Ltd"}).name == "ACME [31m  Ltd"


def test_every_kind_is_listed():
    assert set(KINDS) == {"counterparty", "vessel", "shipment", "payment", "employment"}
    assert all(cls.read({"id": "1"}).kind == kind for kind, cls in KINDS.items())


def test_a_dict_may_hold_none_numbers_and_dates_where_text_is_usual():
    shipment = Shipment.read(
        {"id": 4711, "legs": None, "shipper": {"name": "A", "country": None, "birth_date": dt.date(1964, 7, 17)},
         "vessel": {"imo_number": 7937317}, "goods": [{"hs_code": 845811}]}
    )  # fmt: skip
    assert (shipment.id, shipment.legs, shipment.shipper.birth_date) == ("4711", (), "1964-07-17")
    assert (shipment.vessel.imo_number, shipment.goods[0].hs_code) == ("7937317", "845811")


def test_a_date_that_may_be_read_two_ways_says_what_to_write():
    with pytest.raises(InputError, match=r"date: .*01/02/2018"):
        Shipment.read({"id": "1", "date": "01/02/2018"})


@pytest.mark.parametrize("weight", [float("inf"), float("nan"), -1])
def test_a_weight_that_is_no_weight_is_refused(weight):
    with pytest.raises(InputError, match="gross_weight_kg"):
        Shipment.read({"id": "1", "gross_weight_kg": weight})


def test_the_stops_are_every_place_the_papers_name_in_sailing_order():
    shipment = Shipment.read(
        {"id": "1", "port_of_loading": "SGSIN", "legs": [{"port": "CNDAL", "transshipment": True}],
         "port_of_discharge": "KPNAM", "place_of_delivery": "KPNAM"}
    )  # fmt: skip
    assert [(stop.port, stop.country, stop.transshipment) for stop in shipment.stops] == [
        ("SGSIN", "SG", None), ("CNDAL", "CN", True), ("KPNAM", "KP", None),
    ]  # fmt: skip
    assert shipment.final_country == "KP"


def test_a_last_place_that_cannot_be_read_leaves_the_destination_unknown():
    assert Shipment.read({"id": "1", "legs": [{"port": "KRPUS"}, {"port": "Nowhere Jetty"}]}).final_country is None


def test_the_parties_of_a_shipment_are_everybody_with_a_part_in_it():
    shipment = Shipment.read(
        {"id": "1", "consignee": {"name": "B"}, "shipper": {"name": "A"}, "notify_parties": [{"name": "C"}],
         "other_parties": [{"name": "D"}], "vessel": {"owner": {"name": "E"}}}
    )  # fmt: skip
    assert [party.name for party in shipment.parties] == ["A", "B", "C", "D"]
    assert Shipment.read({"id": "1"}).parties == ()


def test_the_parties_of_a_payment_are_the_whole_chain():
    roles = ["debtor", "ultimate_debtor", "initiating_party", "debtor_agent", "instructing_agent", "instructed_agent",
             "creditor_agent", "creditor", "ultimate_creditor"]  # fmt: skip
    payment = Payment.read(
        {"id": "1", **{role: {"name": role} for role in roles}, "intermediary_agents": [{"name": "x"}],
         "other_parties": [{"name": "y"}]}
    )  # fmt: skip
    assert sorted(party.name for party in payment.parties) == sorted([*roles, "x", "y"])
    assert Payment.read({"id": "1"}).parties == ()


def test_records_survive_pickling():
    shipment = Shipment.read(SHIPMENT)
    assert pickle.loads(pickle.dumps(shipment)) == shipment


def test_an_order_bill_names_the_party_it_is_made_out_to():
    (mention,) = Counterparty.read({"id": "1", "name": "TO THE ORDER OF ACME BANK"}).mentions()
    assert mention.names == (("name", "TO THE ORDER OF ACME BANK"), ("name", "ACME BANK"))


def test_a_bic_names_its_country_in_the_fifth_and_sixth_character():
    bics = ["FTBDKPPY", "KODBKRSE", "KPSIDEFF", "nonsense", None]
    assert [Party.model_validate({"swift_bic": bic}).bic_country for bic in bics] == ["KP", "KR", "DE", None, None]


@pytest.mark.parametrize(
    ("given", "countries"),
    [
        ({"email": "office@heron.com.kp"}, ("KP",)),
        ({"email": "rahul.kp@heron.com, kp@kp.org"}, ()),
        ({"email": "a@wren.kr; b@wren.kp.", "website": "https://www.wren.kp:80/kr"}, ("KR", "KP")),
        ({"website": "www.wren.com/kp www.wren.cn"}, ("CN",)),
        ({"website": "https://wren.com/of.kp"}, ()),
        ({"email": "not given", "website": "none"}, ()),
    ],
)
def test_domains_name_the_country_they_end_in(given, countries):
    assert Party.model_validate(given).domain_countries == countries


def test_owners_directors_and_ships_paid_for_are_mentioned_too():
    party = Counterparty.read({"id": "1", "owners": [{"name": "Wren", "share": 51}], "directors": [{"name": "Finch"}]})
    assert [mention.path for mention in party.mentions()] == ["", "owners[0]", "directors[0]"]
    payment = Payment.read({"id": "1", "vessel": {"name": "EASTERN SPARROW", "imo_number": "9991018"}})
    assert [(mention.path, mention.imo_number) for mention in payment.mentions()] == [("vessel", "9991018")]


def test_a_counterparty_may_say_the_day_of_the_dealing():
    assert Counterparty.read({"id": "1", "date": "2018-03-05"}).event_date == dt.date(2018, 3, 5)
    assert Counterparty.read({"id": "1"}).event_date is None


def test_a_ship_may_tell_its_flags_and_the_calls_of_its_transfer_partners():
    ship = Vessel.read(
        {
            "id": "1",
            "flag_history": [{"flag": "Togo", "since": "2019-01-02", "until": "2019-06-01"}],
            "sts_transfers": [{"port_calls": [{"port": "KPNAM", "departure": "2019-04-10"}]}],
        }
    )
    assert (ship.flag_history[0].flag, ship.flag_history[0].until) == ("TG", dt.date(2019, 6, 1))
    assert ship.sts_transfers[0].port_calls[0].country == "KP"


def test_places_of_access_are_country_codes_and_none_given_says_nothing():
    worker = Employment.read({"id": "1", "access_countries": ["North Korea", "Korea"], "remote": "yes"})
    assert worker.access_countries == ("KP", "Korea")
    assert worker.remote is True
    assert [item.path for item in worker.uncertainties()] == ["access_countries[1]"]
    assert view(Employment.read({"id": "1"}))["access_countries"] is None


def test_a_path_on_a_blockchain_is_kept_in_order():
    payment = Payment.read({"id": "1", "chainSteps": [{"action": "swap", "date": "2024-05-01"}, {"action": "mixer"}]})
    assert [step.action for step in payment.chain_steps] == ["swap", "mixer"]
    assert payment.chain_steps[0].date == dt.date(2024, 5, 1)


def test_the_share_of_traced_funds_is_a_part_of_the_whole():
    with pytest.raises(InputError, match="exposure_share"):
        Payment.read({"id": "1", "wallets": [{"public_key": "A", "exposure_share": 1.5}]})


def test_parties_to_invoices_and_predecessors_are_mentioned_too():
    shipment = Shipment.read(
        {
            "id": "1",
            "invoices": [
                {
                    "number": "7",
                    "seller": {"name": "Heron"},
                    "buyer": {"name": "Wren"},
                    "financed_by": [{"name": "Finch Bank"}],
                }
            ],
        }
    )
    assert [mention.path for mention in shipment.mentions()] == [
        "invoices[0].seller", "invoices[0].buyer", "invoices[0].financed_by[0]",
    ]  # fmt: skip
    party = Counterparty.read({"id": "1", "name": "Wren", "predecessors": [{"name": "Heron", "dprk_linked": True}]})
    assert [mention.path for mention in party.mentions()] == ["", "predecessors[0]"]


def test_ais_gaps_are_read_with_their_hours_and_draughts():
    gap = {"start": "2018-10-01", "end": "2018-10-19", "hours": "432", "dprk_in_reach": "true", "draught_after": 7.6}
    (read,) = Vessel.read({"id": "1", "ais_gaps": [gap]}).ais_gaps
    assert (read.start, read.hours, read.dprk_in_reach, read.draught_after) == (dt.date(2018, 10, 1), 432.0, True, 7.6)
    with pytest.raises(InputError, match="hours"):
        Vessel.read({"id": "1", "ais_gaps": [{"hours": -1}]})
