"""One record in, one result out."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from nkscreen import Counterparty, InputError, ListError, Payment, Screener, Shipment, Vessel, Watchlist, load_rulebook
from nkscreen.alerts import Severity
from nkscreen.screening import load_policy
from nkscreen.watchlist.model import ListedEntity, ListedName, Listing, Snapshot


def watchlist(*entities, **fields):
    return Watchlist(Snapshot(publisher="TEST", title="test", entities=entities, **fields))


PERSON = ListedEntity(
    id="1",
    schema="Person",
    names=(ListedName(value="RI Won Ho"),),
    listings=(Listing(programme="DPRK", listed=date(2016, 11, 30)),),
)


def test_the_default_screener_finds_the_listed_ship(screener):
    result = screener.screen(Vessel.read({"id": "v", "name": "CHONG CHON GANG", "imo_number": "7937317"}))
    assert result.status == "alert"
    assert result.alert.severity == Severity.CRITICAL
    assert {"17069", "1718-7937317"} <= {hit.entity_id for hit in result.hits}


def test_another_valid_imo_is_shown_as_a_conflict_and_raises_nothing(screener):
    result = screener.screen(Vessel.read({"id": "v", "name": "CHONG CHON GANG", "imo_number": "9074729"}))
    assert result.status == "clear"
    assert all(hit.conflict for hit in result.hits)
    assert result.hits


def test_a_clear_record_has_no_alert(screener):
    result = screener.screen(Counterparty.read({"id": "c", "name": "Blue Heron Bakery Ltd", "country": "GB"}))
    assert (result.status, result.alert, result.hits) == ("clear", None, ())


@pytest.mark.parametrize("name", [None, "...", "TO ORDER", "NULL", "-0-"])
def test_a_party_without_a_usable_name_is_a_finding_and_not_clear(screener, name):
    result = screener.screen(Counterparty.read({"id": "c", "name": name}))
    assert result.status == "alert"
    assert {finding.rule_id for finding in result.findings} == {"DATA-NAME", "DATA-EMPTY"}


def test_a_record_that_names_nobody_is_a_finding(screener):
    result = screener.screen(Shipment.read({"id": "s"}))
    assert [finding.rule_id for finding in result.findings] == ["DATA-EMPTY"]


@pytest.mark.parametrize(("number", "reported"), [("IMO0000000", False), ("0", False), ("7937318", True)])
def test_a_wrong_identifier_is_reported_but_not_the_zero_that_means_none(screener, number, reported):
    result = screener.screen(Vessel.read({"id": "v", "name": "Blue Heron", "imo_number": number}))
    assert ("DATA-IDENTIFIER" in {finding.rule_id for finding in result.findings}) == reported


def test_an_identifier_alone_can_be_screened(screener):
    result = screener.screen(Vessel.read({"id": "v", "imo_number": "7937317"}))
    assert not [finding for finding in result.findings if finding.outcome == "data"]
    assert result.alert.severity == Severity.CRITICAL


def test_a_list_counts_only_from_its_listing_on():
    screener = Screener(watchlist(PERSON), load_rulebook(), as_of=date(2026, 1, 1))
    shipment = {"id": "s", "consignee": {"name": "Ri Won Ho", "schema": "Person"}, "shipper": {"name": "Ben Nevis Ltd"}}
    before = screener.screen(Shipment.read({**shipment, "date": "2016-11-29"}))
    after = screener.screen(Shipment.read({**shipment, "date": "2016-11-30"}))
    assert (before.status, [hit.in_force for hit in before.hits]) == ("clear", [False])
    assert (after.status, [hit.in_force for hit in after.hits]) == ("alert", [True])


def test_a_record_that_has_nothing_but_text_was_searched(screener):
    def findings(**fields):
        return [one.rule_id for one in screener.screen(Payment.read({"id": "1", **fields})).findings]

    assert "DATA-EMPTY" in findings(amount=7)
    assert "DATA-EMPTY" in findings(remittance_information="12345")
    assert "DATA-EMPTY" not in findings(remittance_information="rent for May")


def test_an_empty_list_is_an_error_and_never_clear():
    with pytest.raises(ListError, match="no entries"):
        Screener(watchlist(), load_rulebook(), as_of=date(2026, 1, 1))
    with pytest.raises(ListError, match="no list"):
        Screener(Watchlist(), load_rulebook(), as_of=date(2026, 1, 1))


def test_without_a_day_and_without_dated_lists_there_is_nothing_to_go_by():
    with pytest.raises(InputError, match="as_of"):
        Screener(watchlist(PERSON), load_rulebook())
    assert Screener(watchlist(PERSON, list_date=date(2026, 2, 27)), load_rulebook()).as_of == date(2026, 2, 27)


def test_the_same_inputs_give_the_same_bytes(screener):
    record = Vessel.read({"id": "v", "name": "CHONG CHON GANG", "imo_number": "7937317"})
    again = Screener.default(as_of=screener.as_of)
    one, other = (s.screen(record).alert.model_dump_json() for s in (screener, again))
    assert one == other


def test_alert_ids_differ_by_place_and_evidence_but_not_by_day(screener):
    ship = {"id": "v", "name": "CHONG CHON GANG", "imo_number": "7937317"}
    here = Vessel.read({**ship, "source": {"file": "a.csv", "row": 2}})
    there = Vessel.read({**ship, "source": {"file": "a.csv", "row": 3}})
    ids = [screener.screen(record).alert.id for record in (here, there)]
    assert ids[0] != ids[1]
    assert screener.screen(here, as_of=date(2026, 5, 1)).alert.id == ids[0]


def test_an_alert_carries_what_made_it(screener):
    alert = screener.screen(Vessel.read({"id": "v", "imo_number": "7937317"})).alert
    assert alert.provenance.as_of == screener.as_of
    assert alert.provenance.rulebook_sha256 == screener.rulebook.sha256
    assert alert.provenance.policy_sha256 == screener.policy.sha256
    assert [version.sha256 for version in alert.provenance.lists] == [s.sha256 for s in screener.watchlist.snapshots]
    assert alert.record == {"id": "v", "imo_number": "7937317"}


def test_screen_many_streams_one_result_for_each_record(screener):
    records = (Counterparty.read({"id": str(number), "name": "Blue Heron Bakery"}) for number in range(5))
    results = screener.screen_many(records)
    assert next(results).record.id == "0"
    assert [result.record.id for result in results] == ["1", "2", "3", "4"]


def test_rules_of_jurisdictions_not_in_force_are_not_raised(screener):
    policy = screener.policy.model_copy(
        update={"jurisdictions": screener.policy.jurisdictions.model_copy(update={"value": ("AQ",)})}
    )
    elsewhere = Screener(screener.watchlist, screener.rulebook, policy, as_of=screener.as_of)
    coal = Shipment.read(
        {
            "id": "s",
            "date": "2018-03-14",
            "shipper": {"name": "Blue Heron"},
            "port_of_loading": "KPNAM",
            "goods": [{"hs_code": "270111", "origin_country": "KP", "description": "coal"}],
        }
    )
    assert [f.rule_id for f in screener.screen(coal).findings] == ["NK-SHIP-005", "NK-SHIP-020"]
    assert elsewhere.screen(coal).findings == ()


def test_a_screener_can_be_sent_to_another_process(screener):
    record = Vessel.read({"id": "v", "imo_number": "7937317"})
    assert pickle.loads(pickle.dumps(screener)).screen(record).alert == screener.screen(record).alert


def test_one_screener_serves_many_threads(screener):
    records = [Counterparty.read({"id": str(n), "name": f"Ri Won Ho {n % 7}", "schema": "Person"}) for n in range(80)]
    alone = [screener.screen(record).alert for record in records]
    with ThreadPoolExecutor(8) as pool:
        assert [result.alert for result in pool.map(screener.screen, records)] == alone


def test_what_is_no_record_is_refused_with_a_hint(screener):
    with pytest.raises(TypeError, match=r"Counterparty\.read"):
        screener.screen({"id": "1"})
    with pytest.raises(TypeError, match="as_of"):
        Screener.default(as_of="2026-01-01")


def test_nothing_is_called_clear_by_a_list_that_is_too_old():
    lists = watchlist(PERSON, list_date=date(2025, 1, 1))
    nobody = Counterparty.read({"id": "c", "name": "Blue Heron Bakery Ltd", "country": "GB"})
    fresh = Screener(lists, load_rulebook(), as_of=date(2026, 1, 1))
    assert (fresh.screen(nobody).status, fresh.provenance().outdated) == ("clear", ())
    old = Screener(lists, load_rulebook(), as_of=date(2026, 1, 2))
    result = old.screen(nobody)
    assert (result.status, result.alert) == ("incomplete", None)
    assert result.outdated == ("test of 2025-01-01 is 366 days old, more than 365",)
    assert fresh.screen(nobody, as_of=date(2026, 1, 2)).status == "incomplete"
    met = old.screen(Counterparty.read({"id": "c", "name": "RI Won Ho"}))
    assert (met.status, met.alert.provenance.outdated) == ("alert", result.outdated)


def test_a_team_sets_the_age_at_which_a_list_is_too_old(tmp_path):
    own = tmp_path / "policy.yaml"
    own.write_text("list_too_old:\n  value: 3\n  reason: we update every night\n")
    lists = watchlist(PERSON, list_date=date(2026, 1, 1))
    screener = Screener(lists, load_rulebook(), load_policy(override=own), as_of=date(2026, 1, 5))
    assert screener.screen(Counterparty.read({"id": "c", "name": "Blue Heron Bakery Ltd"})).status == "incomplete"
