"""What the history of a vessel shows."""

import time
from datetime import date

import pytest

from nkscreen.records import Vessel
from nkscreen.vessels.changes import flag_changes
from nkscreen.vessels.finding import registries
from nkscreen.vessels.history import examine_history


def vessel(**given):
    return Vessel.read({"id": "ship", **given})


def found(**given):
    return {item.code: item for item in examine_history(vessel(**given), as_of=date(2026, 3, 1))}


def flags(*periods):
    return [{"flag": flag, "since": since} for flag, since in periods]


def test_two_changes_of_flag_in_two_years_are_hopping():
    hopping = found(flag_history=flags(("PA", "2015-01-01"), ("CM", "2019-07-01"), ("PW", "2020-01-10")))[
        "flag_hopping"
    ]
    assert hopping.strength == "moderate"
    assert hopping.detail == "2 changes of flag within 730 days: PA to CM on 2019-07-01; CM to PW on 2020-01-10."
    assert [(item.path, item.value) for item in hopping.evidence] == [
        ("ship: flag_history[1].flag", "CM"),
        ("ship: flag_history[2].flag", "PW"),
    ]


@pytest.mark.parametrize(("last", "expected"), [("2021-06-30", True), ("2021-07-01", False)])
def test_the_limit_of_two_years(last, expected):
    periods = flags(("PA", "2015-01-01"), ("CM", "2019-07-01"), ("PW", last))
    assert ("flag_hopping" in found(flag_history=periods)) is expected


def test_three_changes_in_a_year_are_fast():
    periods = flags(("PA", "2015-01-01"), ("CM", "2019-07-01"), ("PW", "2019-12-01"), ("TG", "2020-06-01"))
    assert "flag_hopping_fast" in found(flag_history=periods)


def test_years_count_only_where_they_leave_no_doubt():
    sure = [
        {"flag": "PA", "period": "2010-2018"},
        {"flag": "CM", "period": "2019"},
        {"flag": "PW", "since": "2020-03-01"},
    ]
    assert "flag_hopping" in found(flag_history=sure)
    open_ = [{"flag": "PA", "period": "2010"}, {"flag": "CM", "period": "2018"}, {"flag": "PW", "period": "2020"}]
    assert "flag_hopping" not in found(flag_history=open_)


def test_a_change_between_two_years_is_told_as_such():
    (change,) = flag_changes(
        vessel(flag_history=[{"flag": "PA", "period": "2010-2018"}, {"flag": "CM", "period": "2019"}])
    )
    assert (change.before, change.after, change.when) == ("PA", "CM", "between 2019-01-01 and 2019-12-31")


def test_one_sale_is_no_hopping():
    assert found(flag_history=flags(("PA", "2015-01-01"), ("LR", "2019-07-01")), flag="LR") == {}


def test_many_flags_without_times_are_weak():
    assert found(flag="LR", past_flags=["PA", "MH", "MT"])["flags_many"].strength == "weak"
    assert "flags_many" not in found(flag="LR", past_flags=["PA", "MH"])


def test_names_and_owners_that_change_fast():
    names = [
        {"name": "ASTRA", "since": "2019-01-01"},
        {"name": "BELLA", "since": "2019-06-01"},
        {"name": "CORA", "since": "2020-06-01"},
    ]
    owners = [{"name": name, "role": "previous owner", "since": day} for name, day in
              (("A LTD", "2018-01-01"), ("B LTD", "2019-06-05"), ("C LTD", "2020-01-01"))]  # fmt: skip
    result = found(
        name_history=names, other_parties=owners, flag_history=flags(("PA", "2012-01-01"), ("CM", "2019-06-10"))
    )
    assert set(result) == {"names_changed", "owners_changed", "changed_at_once"}
    assert "ASTRA became BELLA on 2019-06-01" in result["changed_at_once"].detail


def test_two_imo_numbers_on_one_hull():
    two = found(imo_number="9283186", other_imo_numbers=["9076260"])["imo_two"]
    assert two.strength == "strong"
    assert [item.value for item in two.evidence] == ["9283186", "9076260"]
    assert found(imo_number="9283186", other_imo_numbers=["9076261"]) == {}


def test_a_former_dprk_mmsi_or_flag_under_another_flag():
    assert found(flag="MN", mmsi="457123000", other_mmsi=["445539000"])["dprk_identity"].strength == "strong"
    assert "flag_dprk_past" in found(flag="TG", past_flags=["KP"])
    assert "flag_dprk_past" not in found(flag="KP", past_flags=["KP"])


def test_registers_that_a_state_disowns():
    result = found(flag="SZ")["flag_registry"]
    assert "not read at the source" in result.detail
    assert examine_history(vessel(flag="SZ", date="2020-01-01")) == ()
    assert found(flag="PA", past_flags=["GY"])["flag_registry_past"].strength == "weak"
    assert all(entry["source"] and entry["verified"] is False for entry in registries().values())


def test_a_hostile_history_is_read_in_time():
    start = time.process_time()
    periods = [
        {"flag": "PA" if at % 2 else "TG", "since": f"{1900 + at // 20}-01-{at % 20 + 1:02}"} for at in range(1999)
    ]
    assert "flag_hopping_fast" in found(flag_history=periods)
    assert time.process_time() - start < 2
