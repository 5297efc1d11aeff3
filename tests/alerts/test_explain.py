import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.alerts.explain import WIDTH, columns, explain, value_text, wrap
from nkscreen.alerts.model import (
    Alert,
    ConditionResult,
    Contribution,
    Evidence,
    Finding,
    Hit,
    LegalBasis,
    ListedBasis,
    ListVersion,
    PathValue,
    Provenance,
    Severity,
    TokenPair,
)
from nkscreen.records import Source

HIT = Hit(
    path="vessel",
    role="vessel",
    given_name="CHONG CHON GANG 3",
    entity_id="17069",
    publisher="OFAC",
    list_date=date(2026, 2, 27),
    schema_="Vessel",
    caption="CHONG CHON GANG",
    matched_name="CHONG CHON GANG",
    matched_name_kind="primary",
    matched_name_quality="strong",
    score=0.0001,
    conflict=True,
    prior=-8.0,
    evidence=(
        Evidence(code="name", path="vessel.name", given="CHONG CHON GANG 3", listed="CHONG CHON GANG", weight=8.3),
        Evidence(code="imo_conflict", path="vessel.imo_number", given="9074729", listed="7937317", weight=-14.0),
    ),
    alignment=(TokenPair(given="3", effect="number_missing", similarity=0),),
    listings=(ListedBasis(programme="DPRK", listed=date(2014, 7, 30), legal_basis="E.O. 13551"),),
)
FINDING = Finding(
    rule_id="NK-SHIP-017",
    version=3,
    title="Alcohol to Dalian with no end user: a red flag",
    family="transshipment",
    outcome="match",
    severity=Severity.HIGH,
    score=85,
    basis="indicator",
    conditions=(
        ConditionResult(
            name="via_dalian",
            holds=True,
            weight=20,
            says="Cargo changes ships at Dalian.",
            evidence=(PathValue(path="legs[1].port", value="CNDAL"),),
        ),
        ConditionResult(name="dark", holds=None, missing=("vessel.port_calls",)),
        ConditionResult(name="inland", holds=False),
    ),
    missing=("vessel.port_calls",),
    legal=(
        LegalBasis(id="UNSCR 1718 (2006)", para="8(a)(iii)", url="https://docs.un.org/S/RES/1718(2006)"),
        LegalBasis(id="Regulation (EU) 2017/1509", para="Art. 10", verified=False),
    ),
    seed=("East-West Center, Asia Pacific Bulletin 509 (2020)",),
    falsepositives=("Dalian is a very large port.",),
    action="Ask the shipper for the end user.",
    as_of=date(2019, 8, 2),
    clock="date",
    clock_assumed=True,
)
PROVENANCE = Provenance(
    library="0.1.0",
    as_of=date(2026, 3, 2),
    lists=(ListVersion(publisher="OFAC", list_date=date(2026, 2, 27), sha256="3f1c" * 16),),
    rulebook="nkscreen-dprk 0.1.0",
    rulebook_sha256="77d2" * 16,
    policy_sha256="c4b9" * 16,
)


def make_alert(**more) -> Alert:
    fields = {
        "id": "a1b2",
        "record_kind": "shipment",
        "record_id": "BL-17",
        "source": Source(file="feeder.csv", row=18),
        "subject": "BL-17: EXAMPLE PTE LTD",
        "event_date": date(2019, 8, 2),
        "score": 94.0,
        "severity": Severity.HIGH,
        "headline": "Alcohol to Dalian with no end user",
        "hits": (HIT,),
        "findings": (FINDING,),
        "contributions": (
            Contribution(family="data quality", score=60, score_without=85, by="DATA-NAME"),
            Contribution(family="transshipment", score=85, score_without=60, by="NK-SHIP-017"),
        ),
        "provenance": PROVENANCE,
    }
    return Alert(**(fields | more))


TEXT = explain(make_alert())
LINES = TEXT.splitlines()


def test_the_headline_score_severity_and_place_come_first():
    assert LINES[:2] == ["HIGH  94 points", "Alcohol to Dalian with no end user"]
    assert "  where               feeder.csv, row 18" in LINES
    assert "  record              shipment BL-17" in LINES


def test_the_waterfall_goes_from_the_prior_to_the_probability():
    rows = [line.split() for line in LINES if line.startswith(("  prior", "  name  ", "  IMO number"))]
    assert rows == [
        ["prior", "−8.0", "−8.0", "0.4", "%"],
        ["name", "+8.3", "+0.3", "55.2", "%"],
        ["IMO", "number", "conflict", "−14.0", "−13.7", "under", "0.1", "%"],
    ]
    ends = {len(line) for line in LINES if line.startswith(("  prior", "  name  ", "  IMO number"))}
    assert len(ends) == 1


def test_a_conflict_and_the_listing_are_spelt_out():
    assert "CONFLICT: Record and list disagree on the IMO number: 9074729" in TEXT
    assert "  listed under        DPRK, listed 2014-07-30; legal basis: E.O. 13551" in LINES
    assert "  names, by token     3 ~ nothing (number missing, 0.00)" in LINES


def test_a_hit_not_in_force_says_that_it_was_not_listed_yet():
    early = HIT.model_copy(update={"in_force": False})
    text = explain(make_alert(hits=(early,), event_date=date(2013, 7, 15)))
    assert "Not listed yet on 2013-07-15: listed since 2014-07-30." in text


def test_an_indicator_is_called_a_red_flag_and_no_prohibition():
    assert "  basis               indicator: a red flag, not a prohibition" in LINES


def test_conditions_come_with_sentences_values_and_what_is_missing():
    start = LINES.index("  Held:")
    assert LINES[start : start + 12] == [
        "  Held:",
        "    - via dalian: Cargo changes ships at Dalian. (+20 points)",
        "        legs[1].port = CNDAL",
        "",
        "  Could not be decided:",
        "    - dark",
        "        missing: vessel.port_calls",
        "",
        "  Did not hold:",
        "    - inland",
        "",
        "  Obtain: vessel.port_calls",
    ]


def test_the_legal_basis_has_its_address_and_says_what_nobody_has_verified():
    start = LINES.index("  legal basis         UNSCR 1718 (2006), para 8(a)(iii)")
    assert LINES[start + 1].strip() == "https://docs.un.org/S/RES/1718(2006)"
    assert LINES[start + 2].strip() == "Regulation (EU) 2017/1509, Art. 10 (not verified)"


def test_an_assumed_date_is_named_as_assumed():
    assert "  applied as of       2019-08-02 (date; not given, so the run's date was used)" in LINES


def test_the_score_can_be_checked_by_hand():
    formula = next(line for line in LINES if "∏" in line)
    assert formula.endswith("100 × (1 − (1 − 0.850) × (1 − 0.600)) = 94")
    assert math.isclose(100 * (1 - 0.15 * 0.4), 94)
    table = [line.split()[-2:] for line in LINES if line.startswith(("  transshipment  ", "  data quality  "))]
    assert table == [["85", "60"], ["60", "85"]]


def test_a_score_that_the_policy_changed_says_so():
    assert "= 94; the policy sets the score to 80" in " ".join(explain(make_alert(score=80.0)).split())


def test_an_alert_without_points_says_what_it_is_for():
    text = explain(make_alert(contributions=(), score=0))
    assert "Nothing adds points: the alert asks for data or gives context." in text


def test_provenance_comes_last():
    start = LINES.index("Provenance")
    assert LINES[start + 2].split() == ["as", "of", "2026-03-02"]
    assert LINES[-1] == "  policy              sha256 " + "c4b9" * 16


def test_the_same_alert_gives_the_same_text_and_the_method_is_this_function():
    assert make_alert().explain() == TEXT


def test_no_two_blank_lines_stand_together():
    assert "\n\n\n" not in TEXT


HOSTILE = "\x1b[2J\x1b]0;pwned\x07\r\n\u202e\u2066name\x00"


def test_escape_sequences_and_direction_overrides_cannot_act():
    hit = HIT.model_copy(update={"given_name": HOSTILE, "caption": HOSTILE})
    condition = ConditionResult(name="x", holds=True, says=HOSTILE, evidence=(PathValue(path=HOSTILE, value=HOSTILE),))
    finding = FINDING.model_copy(update={"title": HOSTILE, "conditions": (condition,), "action": HOSTILE})
    text = explain(make_alert(id=HOSTILE, subject=HOSTILE, headline=HOSTILE, hits=(hit,), findings=(finding,)))
    assert all(character == "\n" or character.isprintable() for character in text)
    assert "<U+001B>[2J" in text
    assert "<U+202E>" in text


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("천명 朝鮮 \u202eW")), max_size=400))
def test_no_line_is_wider_than_the_page(text):
    finding = FINDING.model_copy(update={"title": text, "action": text, "falsepositives": (text,), "family": text})
    part = Contribution(family=text, score=50, score_without=0, by=text)
    alert = make_alert(subject=text, headline=text, findings=(finding,), contributions=(part,))
    assert max(map(columns, explain(alert).splitlines())) <= WIDTH


@given(st.text(alphabet="ab 천", max_size=60), st.integers(min_value=2, max_value=12))
def test_wrapping_loses_no_character(text, width):
    lines = list(wrap(text, width=width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(columns, lines)) <= width


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "(not given)"),
        (True, "yes"),
        (4200.0, "4200.0"),
        ({"port": "CNDAL"}, '{"port": "CNDAL"}'),
        ("x" * 300, "x" * 200 + "… (300 characters)"),
    ],
)
def test_values_read_as_an_analyst_writes_them(value, shown):
    assert value_text(value) == shown
