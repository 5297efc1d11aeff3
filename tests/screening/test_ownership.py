"""Listed owners behind a party: who they are, by which path, and whether a rule of ownership is met."""

from datetime import date

import pytest

from nkscreen import Counterparty, InputError, Payment, Screener, Watchlist, load_rulebook
from nkscreen.screening import Rescreener, load_policy
from nkscreen.screening.ownership import MOST_STEPS
from nkscreen.screening.stakes import Stake, Stakes, read_stakes
from nkscreen.watchlist.model import Link, ListedEntity, ListedName, Listing, Snapshot

AS_OF = date(2026, 11, 27)
RULES = load_rulebook()


def entity(key, name, **fields):
    return ListedEntity(
        id=key,
        schema=fields.pop("schema", "Company"),
        names=(ListedName(value=name),),
        listings=(Listing(programme="DPRK", listed=date(2017, 1, 1)),),
        **fields,
    )


def lists(*entities, publisher="OFAC"):
    return Watchlist(Snapshot(publisher=publisher, title=publisher, list_date=AS_OF, entities=entities))


LISTED = lists(entity("1", "Chollima Shipping"), entity("2", "Ryugyong Trading"))


def screen(record, *stakes, watchlist=LISTED):
    return Screener(watchlist, RULES, as_of=AS_OF, stakes=Stakes(stakes)).screen(record)


def company(name, **fields):
    return Counterparty.read({"id": "c", "schema": "Company", "name": name, "country": "CN", **fields})


def ties(result):
    return {finding.rule_id: finding for finding in result.findings if finding.family == "ownership"}


def test_half_of_a_company_in_listed_hands_is_as_if_it_were_listed():
    found = ties(screen(company("Heron Holdings"), Stake("HERON HOLDINGS", "Chollima Shipping", 50, source="register")))
    assert found.keys() == {"TIE-OWNED"}
    assert found["TIE-OWNED"].jurisdictions == ("US",)
    assert found["TIE-OWNED"].title == "Owned by listed parties: US 50 %"
    assert found["TIE-OWNED"].conditions[0].says == (
        "HERON HOLDINGS is owned 50 % by Chollima Shipping (register); "
        "Chollima Shipping may be Chollima Shipping, listed by OFAC (DPRK)"
    )


@pytest.mark.parametrize(
    ("publisher", "shares", "met"),
    [
        ("OFAC", (25, 25), ("US",)),  # shares are added up
        ("OFAC", (25, 24.9), ()),
        ("EU", (30, 20), ("EU",)),
        ("UK", (50, 0), ()),  # more than half
        ("UK", (50.1, 0), ("UK",)),
        ("UK", (30, 30), ()),  # not added up
        ("Canada", (50, 0), ("CA",)),
    ],
)
def test_each_jurisdiction_has_its_own_rule_and_its_own_lists(publisher, shares, met):
    watchlist = lists(entity("1", "Chollima Shipping"), entity("2", "Ryugyong Trading"), publisher=publisher)
    stakes = [
        Stake("Heron Holdings", owner, share)
        for owner, share in zip(("Chollima Shipping", "Ryugyong Trading"), shares, strict=True)
    ]
    found = ties(screen(company("Heron Holdings"), *stakes, watchlist=watchlist))
    assert list(found) == (["TIE-OWNED"] if met else ["TIE-LISTED"])
    assert next(iter(found.values())).jurisdictions == met


def test_a_company_owned_by_half_counts_as_listed_in_its_turn():
    through = [Stake("Heron Holdings", "Kite Ltd", 40), Stake("Heron Holdings", "Chollima Shipping", 10)]
    half = Stake("Kite Ltd", "Chollima Shipping", 50)
    found = ties(screen(company("Heron Holdings"), *through, half))["TIE-OWNED"]
    assert found.title == "Owned by listed parties: US 50 %"  # 40 through Kite and 10 held itself, not 20 and 10
    less = Stake("Kite Ltd", "Chollima Shipping", 49)
    assert list(ties(screen(company("Heron Holdings"), *through, less))) == ["TIE-LISTED"]


def test_the_owners_of_the_record_count_as_well():
    owners = [{"name": "Chollima Shipping", "share": 30}, {"name": "Ryugyong Trading", "share": 30}]
    found = ties(screen(company("Heron Holdings", owners=owners)))
    assert found["TIE-OWNED"].title == "Owned by listed parties: US 60 %"


def test_a_manager_or_an_unknown_share_is_a_tie_and_no_ownership():
    found = ties(screen(company("Heron Holdings"), Stake("Heron Holdings", "Chollima Shipping", role="manager")))
    assert list(found) == ["TIE-LISTED"]
    assert "Heron Holdings has as manager Chollima Shipping" in found["TIE-LISTED"].conditions[0].says
    assert list(ties(screen(company("Heron Holdings"), Stake("Heron Holdings", "Chollima Shipping")))) == ["TIE-LISTED"]


def test_parties_of_a_payment_are_looked_through_and_owners_are_not_hits_of_the_record():
    payment = Payment.read({"id": "p", "debtor": {"name": "Heron Holdings"}, "creditor": {"name": "Kite Ltd"}})
    result = screen(payment, Stake("Kite Ltd", "Chollima Shipping", 100))
    assert ties(result)["TIE-OWNED"].conditions[0].evidence[0].path == "creditor"
    assert result.hits == ()
    assert result.status == "alert"


def test_circles_end_and_long_chains_are_reported():
    circle = [Stake("Heron Holdings", "Kite Ltd", 100), Stake("Kite Ltd", "Heron Holdings", 100)]
    assert ties(screen(company("Heron Holdings"), *circle)) == {}
    chain = [Stake(f"Heron {step}", f"Heron {step + 1}", 100) for step in range(MOST_STEPS + 2)]
    assert list(ties(screen(company("Heron 0"), *chain))) == ["TIE-CUT"]


def test_a_party_that_a_list_ties_to_a_listed_one_is_found():
    ship = entity(
        "9", "Chollima 1", schema="Vessel", links=(Link(kind="owned or operated by", target="Global Herons Ltd"),)
    )
    found = ties(screen(company("GLOBAL HERONS LTD."), watchlist=lists(ship)))
    assert found["TIE-STATED"].conditions[0].says == (
        "Chollima 1 (OFAC:9) is stated to be owned or operated by: GLOBAL HERONS LTD."
    )
    assert ties(screen(company("Global Ravens Ltd"), watchlist=lists(ship))) == {}


def test_an_owner_who_joins_the_list_brings_the_company_back():
    stakes = Stakes([Stake("Heron Holdings", "Ryugyong Trading", 60)])
    before, after = lists(entity("1", "Chollima Shipping")), LISTED
    rescreener = Rescreener(before, after, RULES, as_of=AS_OF, stakes=stakes)
    found = rescreener.rescreen(company("Heron Holdings"))
    assert (found.change, found.entries) == ("raised", ("OFAC:2",))
    assert found.after == Screener(after, RULES, as_of=AS_OF, stakes=stakes).screen(company("Heron Holdings"))


def test_an_entry_that_names_a_party_brings_it_back_when_it_joins_or_leaves():
    tie = (Link(kind="owned or operated by", target="Global Herons Ltd"),)
    ship = entity("9", "Chollima 1", schema="Vessel", links=tie)
    without, with_it = lists(entity("1", "Ryugyong Trading")), lists(entity("1", "Ryugyong Trading"), ship)
    party = company("Global Herons Ltd")
    for before, after, change in ((without, with_it, "raised"), (with_it, without, "cleared")):
        found = Rescreener(before, after, RULES, as_of=AS_OF).rescreen(party)
        assert (found.change, found.entries) == (change, ("OFAC:9",))
        assert found.after == Screener(after, RULES, as_of=AS_OF).screen(party)


def test_a_table_is_read_with_shares_as_people_write_them(tmp_path):
    path = tmp_path / "owners.csv"
    path.write_text('subject,owner,share,role,as_of,source\nHéron Holdings,Kite Ltd,"33,3 %",,2026-01-31,register\n')
    stakes = read_stakes(path)
    assert len(stakes) == 1
    assert stakes.of("HERON  HOLDINGS") == [
        Stake("Héron Holdings", "Kite Ltd", 33.3, "owner", "2026-01-31", "register")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("subject,share\n", "lacks the columns owner"),
        ("subject,owner,share\nA,B,half\n", "row 2: share is 'half'; give per cent"),
        ("subject,owner,share\nA,B,101\n", "share is '101'"),
        ("subject,owner\nA,...\n", "row 2: owner is '...'; give a name"),
    ],
)
def test_a_wrong_table_says_where(tmp_path, text, reason):
    path = tmp_path / "owners.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=reason):
        read_stakes(path)


def test_an_owner_listed_where_no_rule_binds_is_still_shown():
    owner = ListedEntity(
        id="1",
        schema="Company",
        names=(ListedName(value="Ocean Maritime Management Company"),),
        listings=(Listing(programme="DPRK4"),),
    )
    lists = Watchlist(Snapshot(publisher="OFAC", title="OFAC", entities=(owner,)))
    policy = load_policy()
    held = policy.jurisdictions.model_copy(update={"value": ("EU",)})
    stakes = Stakes([Stake("Blue Heron Bakery", "Ocean Maritime Management Company", 100.0)])
    record = Counterparty.read({"id": "c", "name": "Blue Heron Bakery"})
    for bound, rule in ((policy, "TIE-OWNED"), (policy.model_copy(update={"jurisdictions": held}), "TIE-LISTED")):
        screener = Screener(lists, load_rulebook(), bound, as_of=date(2026, 11, 27), stakes=stakes)
        assert [finding.rule_id for finding in screener.screen(record).findings] == [rule]
