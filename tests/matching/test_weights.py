"""The table of weights says what it should, each with a reason."""

import pytest

from nkscreen.matching.weights import CONFLICTS, DECISIVE, WEIGHTS


@pytest.mark.parametrize("code", sorted(WEIGHTS))
def test_every_weight_has_a_reason_and_the_sign_of_its_name(code):
    weight = WEIGHTS[code]
    assert len(weight.reason) > 10
    if code.endswith("_equal"):
        assert weight.bits > 0
    if code.endswith(("_differs", "_conflict")):
        assert weight.bits < 0


def test_hard_identifiers_decide_alone_and_their_conflicts_outweigh_any_name():
    prior, name = WEIGHTS["prior"].bits, WEIGHTS["name"].bits
    assert all(prior + WEIGHTS[code].bits > 3 for code in DECISIVE)
    assert all(prior + name + WEIGHTS[code].bits < -4 for code in CONFLICTS)


def test_an_exact_name_alone_is_more_likely_than_not():
    assert WEIGHTS["prior"].bits + WEIGHTS["name"].bits + WEIGHTS["short_name"].bits >= 0
