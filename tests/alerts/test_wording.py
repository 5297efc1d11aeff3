import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.alerts import wording
from nkscreen.alerts.model import Evidence, Hit, ListedBasis


def hit(**more) -> Hit:
    fields = {
        "path": "vessel",
        "entity_id": "1",
        "publisher": "UN",
        "schema_": "Vessel",
        "caption": "RYE SONG GANG 1",
        "prior": -8.0,
        "score": 0.9,
    }
    return Hit(**(fields | more))


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("CHONG CHON GANG", "CHONG CHON GANG"),
        ("\x1b[31mred", "<U+001B>[31mred"),
        ("abc\u202ecba", "abc<U+202E>cba"),
        ("a\u200bb", "a<U+200B>b"),
        ("two\r\nlines\tand\u00a0more", "two  lines and more"),
        ("line\u2028separator", "line<U+2028>separator"),
        ("lone \ud800 surrogate", "lone <U+D800> surrogate"),
        ("천명 1", "천명 1"),
        (None, ""),
        (0, "0"),
    ],
)
def test_characters_that_act_on_the_reader_become_visible(given_text, shown):
    assert wording.visible(given_text) == shown


@given(st.text())
def test_visible_text_is_printable_and_stays_as_it_is(text):
    shown = wording.visible(text)
    assert shown.isprintable()
    assert wording.visible(shown) == shown


@pytest.mark.parametrize(
    ("probability", "shown"),
    [
        (0, "under 0.1 %"),
        (0.00001, "under 0.1 %"),
        (0.731, "73.1 %"),
        (0.9994, "99.9 %"),
        (0.99997, "over 99.9 %"),
        (1, "over 99.9 %"),
    ],
)
def test_certainty_is_never_claimed(probability, shown):
    assert wording.percent(probability) == shown


def test_points_have_a_decimal_only_where_it_says_something():
    assert [wording.points(score) for score in (95.0, 94.27, 0.0)] == ["95", "94.3", "0"]


@given(st.floats(min_value=-2000, max_value=2000))
def test_a_probability_from_bits_is_a_probability_and_rises_with_them(weight):
    assert 0 <= wording.probability(weight) <= wording.probability(weight + 1) <= 1


def test_three_bits_are_odds_of_eight_to_one():
    assert math.isclose(wording.probability(3), 8 / 9)


def test_a_waterfall_starts_at_the_prior_and_adds_up():
    evidence = (Evidence(code="name", weight=11), Evidence(code="imo_conflict", weight=-14))
    way = wording.steps(hit(evidence=evidence))
    assert [step.label for step in way] == ["prior", "name", "IMO number conflict"]
    assert [step.total for step in way] == [-8, 3, -11]
    assert math.isclose(way[1].probability, 8 / 9)


def test_a_probability_that_the_weights_do_not_give_is_explained():
    assert wording.calibration(hit(prior=0.0, score=0.5)) == ""
    assert wording.calibration(hit(prior=0.0, score=0.35)) == (
        "The weights alone give 50.0 %; the policy sets the probability to 35.0 %."
    )


def test_a_conflict_names_both_values_and_where_the_given_one_stands():
    evidence = (
        Evidence(code="imo_conflict", path="vessel.imo_number", given="9074729", listed="7937317", weight=-14),
        Evidence(code="flag_differs", given="PA", listed="KP", weight=-0.5),
    )
    (sentence,) = wording.conflicts(hit(evidence=evidence, conflict=True))
    assert sentence.startswith(
        "Record and list disagree on the IMO number: 9074729 (at vessel.imo_number) against 7937317, −14.0 bits."
    )


def test_a_conflict_without_a_step_of_its_own_is_still_said():
    assert wording.conflicts(hit(conflict=True)) == ("An identifier in the record differs from the listed one.",)


def test_a_hit_before_the_listing_is_not_listed_yet():
    listings = (ListedBasis(programme="UN 1718", listed=date(2017, 12, 28)),)
    early = hit(in_force=False, listings=listings)
    assert wording.standing(early, date(2017, 6, 1)).startswith(
        "Not listed yet on 2017-06-01: listed since 2017-12-28."
    )
    assert wording.standing(early, date(2020, 6, 1)).startswith("Not listed on 2020-06-01: the listing had ended.")
    assert wording.standing(hit(listings=listings), date(2017, 6, 1)) == ""
