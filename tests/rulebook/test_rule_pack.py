"""The pack as a whole. Its tests and lint are items of their own: see `nkscreen_rules` in pyproject.toml."""

from datetime import date

from nkscreen.alerts.model import Hit, ListedBasis
from nkscreen.rulebook import judge, load_rulebook, view
from nkscreen.rulebook.judge import EXEMPTED

RULEBOOK = load_rulebook()
STABLE = [rule for rule in RULEBOOK.rules if rule.file.status == "stable"]


def as_hit(hit):
    """A hit of the matcher that rules see as the given one."""
    measures = [*hit.measures, *[""] * (len(hit.programmes) - len(hit.measures))]
    return Hit(
        **hit.model_dump(exclude={"programmes", "measures", "identifier"}, by_alias=False),
        prior=0.0,
        decisive_identifier=hit.identifier,
        listings=tuple(
            ListedBasis(programme=programme, measure=measure)
            for programme, measure in zip(hit.programmes, measures, strict=True)
        ),
    )


def test_the_fused_function_passes_over_no_rule_that_judging_each_would_raise():
    records = {}
    for rule in RULEBOOK.rules:
        for number, test in enumerate(rule.file.tests):
            records[rule.id, number] = RULEBOOK.fixtures[test.given.use].build(test.given)
    day = date(2026, 11, 1)
    for record, hits in records.values():
        shown = view(record, hits)
        raised = []
        for rule in STABLE:
            if rule.file.subject == record.kind:
                verdict = judge(rule, shown, day)
                undecided = verdict.match is None and rule.file.unknown == "review" and verdict.hinted
                if verdict.match is True or undecided or verdict.reason == EXEMPTED:
                    raised.append(verdict.finding())
        given = [as_hit(hit) for hit in hits]
        assert list(RULEBOOK.evaluate(record, given, day)) == raised
