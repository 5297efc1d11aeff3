"""Laws of the alert score, on random findings: what may change it, and in which direction."""

from hypothesis import given
from hypothesis import strategies as st

from nkscreen.alerts import Finding, Hit, Severity
from nkscreen.alerts.score import combine
from nkscreen.screening.policy import load_policy

POLICY = load_policy()
OUTCOMES = ("match", "unknown", "exempt", "data")


@st.composite
def findings(draw, outcomes=OUTCOMES):
    """A finding; only those that count have points, as rules give them."""
    outcome = draw(st.sampled_from(outcomes))
    number = draw(st.integers(1, 99))
    return Finding(
        rule_id=f"NK-SHIP-{number:03}",
        title="t",
        family=draw(st.sampled_from("abcd")),
        outcome=outcome,
        severity=draw(st.sampled_from(Severity)),
        score=draw(st.floats(0, 100)) if outcome in ("match", "data") else 0.0,
    )


@st.composite
def hits(draw):
    return Hit(
        path="vessel",
        entity_id=str(draw(st.integers(1, 9))),
        publisher="UN",
        schema_="Vessel",
        caption="X",
        score=draw(st.floats(0, 1)),
        prior=0.0,
        dprk=draw(st.booleans()),
        decisive_identifier=draw(st.sampled_from(["", "imo"])),
    )


HITS = st.lists(hits(), max_size=3)
FINDINGS = st.lists(findings(), max_size=6)


def score(hits, findings):
    points, severity, _ = combine(hits, findings, POLICY)
    return points, severity.rank


@given(HITS, st.lists(findings(), min_size=1, max_size=6), st.data())
def test_a_clone_of_a_rule_inside_its_family_changes_nothing(hits, findings, data):
    original = data.draw(st.sampled_from(findings))
    clone = original.model_copy(update={"rule_id": "NK-SHIP-999"})
    assert score(hits, [*findings, clone]) == score(hits, findings)


@given(HITS, st.lists(findings(), min_size=1, max_size=6), st.data())
def test_a_weaker_rule_of_the_same_family_changes_nothing(hits, findings, data):
    stronger = data.draw(st.sampled_from(findings))
    points = data.draw(st.floats(0, stronger.score)) if stronger.score else 0.0
    weaker = stronger.model_copy(update={"rule_id": "NK-SHIP-999", "score": points})
    assert score(hits, [*findings, weaker]) == score(hits, findings)


@given(HITS, FINDINGS, findings())
def test_one_more_finding_never_lowers_score_or_severity(hits, findings, more):
    before, after = score(hits, findings), score(hits, [*findings, more])
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@given(HITS, FINDINGS, hits())
def test_one_more_hit_never_lowers_score_or_severity(hits, findings, more):
    before, after = score(hits, findings), score([*hits, more], findings)
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@given(HITS, FINDINGS, findings(outcomes=("match",)))
def test_only_an_exemption_that_is_named_lowers_a_score(hits, findings, matched):
    """The same rule, once matched and once turned off by an exemption: the finding then says so and has no points."""
    exempted = matched.model_copy(update={"outcome": "exempt", "score": 0.0})
    assert score(hits, [*findings, exempted])[0] == score(hits, findings)[0] <= score(hits, [*findings, matched])[0]
    assert score(hits, [*findings, exempted])[1] <= score(hits, [*findings, matched])[1]


@given(HITS, FINDINGS, st.randoms(use_true_random=False))
def test_the_order_of_hits_and_findings_does_not_matter(hits, findings, random):
    turned_hits, turned_findings = random.sample(hits, len(hits)), random.sample(findings, len(findings))
    assert score(turned_hits, turned_findings) == score(hits, findings)


@given(HITS, FINDINGS)
def test_the_score_without_a_family_is_the_score_of_the_others(hits, findings):
    _, _, contributions = combine(hits, findings, POLICY)
    for part in contributions:
        others = [finding for finding in findings if finding.family != part.family]
        listed = [] if part.family == "list hit" else hits
        assert part.score_without == combine(listed, others, POLICY)[0]
