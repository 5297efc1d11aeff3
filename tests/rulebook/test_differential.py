"""Closure, interpreter and columns give the same true, false or unknown: every condition of the pack and generated
ones, on the records of the rules' own tests and on generated ones, at least 200,000 times."""

from functools import lru_cache

import pytest
from random_cases import RECORD, SCOPE, Expressions, Records

from nkscreen.records import KINDS
from nkscreen.rulebook import load_rulebook, record_type, view
from nkscreen.rulebook.corpus import frame_of
from nkscreen.rulebook.language import (
    FUNCTIONS,
    Binary,
    Call,
    Items,
    Name,
    Quantifier,
    Select,
    Unary,
    check_condition,
    compile_outcome,
    interpret,
    parse,
    substitute,
    to_text,
    walk,
)
from nkscreen.rulebook.language.check import MAX_ARITHMETIC
from nkscreen.rulebook.language.columns import Columns
from nkscreen.rulebook.language.parser import POWERS

RULEBOOK = load_rulebook()
PACK_RECORDS = 1_200
GENERATED_CONDITIONS, GENERATED_RECORDS, GENERATED_SEEDS = 150, 300, 3


def differences(trees, kind, views):
    """`(condition, view, by interpreter, by closure, by columns)` wherever they are not all the same."""
    columns = Columns(frame_of(views, kind), kind).outcomes({str(number): tree for number, tree in enumerate(trees)})
    found = []
    for number, tree in enumerate(trees):
        closure = compile_outcome(tree)
        for shown, by_columns in zip(views, columns[str(number)].to_list(), strict=True):
            by_interpreter, by_closure = interpret(tree, shown).value, closure(shown)
            if by_interpreter is not by_closure or by_closure is not by_columns:
                found.append((to_text(tree), shown, by_interpreter, by_closure, by_columns))
    return found


@lru_cache
def pack_trees(subject):
    """Every distinct condition of the rules about a kind of record, and every match over the record."""
    trees = {}
    for rule in RULEBOOK.rules:
        if rule.file.subject == subject:
            conditions = {name: condition.tree for name, condition in rule.conditions.items()}
            for tree in (*conditions.values(), substitute(rule.match, conditions)):
                trees[tree] = None
    return list(trees)


@lru_cache
def pack_views(subject):
    """The records of the rules' tests, and generated ones in which the fields that rules read have values."""
    shown = [
        view(*RULEBOOK.fixtures[test.given.use].build(test.given))
        for rule in RULEBOOK.rules
        if rule.file.subject == subject
        for test in rule.file.tests
    ]
    nodes = [node for tree in pack_trees(subject) for node in walk(tree)]
    items = [str(item.value) for node in nodes if isinstance(node, Items) for item in node.items]
    records = Records(
        20_261_125,
        texts=[*items, "", "no coal", "wine glasses and wine", "북한산무연탄", "\x00", "x" * 2_000],
        named={node.name for node in nodes if isinstance(node, Name | Select)},
    )
    records.listed["hs"] = [item for item in items if item.isdigit()] + ["2", "27", "990000"]
    records.listed["port"] = [item for item in items if len(item) == 5 and item.isalpha() and item.isupper()]
    return shown + [records.view(record_type(KINDS[subject])) for _ in range(PACK_RECORDS - len(shown))]


SUBJECTS = sorted({rule.file.subject for rule in RULEBOOK.rules})


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_condition_of_the_pack_comes_out_alike(subject, part):
    trees = pack_trees(subject)[part::4]
    assert not trees or differences(trees, record_type(KINDS[subject]), pack_views(subject)) == []


@lru_cache
def generated_trees(seed):
    made = Expressions(seed)
    trees = []
    while len(trees) < GENERATED_CONDITIONS:
        text = made.condition()
        tree = parse(text)
        if sum(isinstance(node, Binary) and node.operator in "+-*/" for node in walk(tree)) <= MAX_ARITHMETIC:
            check_condition(tree, text, SCOPE)
            trees.append(tree)
    return trees


@pytest.mark.parametrize("seed", range(GENERATED_SEEDS))
def test_generated_conditions_come_out_alike(seed):
    records = Records(seed)
    views = [records.view(RECORD) for _ in range(GENERATED_RECORDS)]
    assert differences(generated_trees(seed), RECORD, views) == []


def test_generated_conditions_hold_every_operator_function_and_quantifier():
    nodes = [node for seed in range(GENERATED_SEEDS) for tree in generated_trees(seed) for node in walk(tree)]
    assert {node.operator for node in nodes if isinstance(node, Binary)} == set(POWERS)
    assert {node.operator for node in nodes if isinstance(node, Unary)} == {"!", "-"}
    assert {node.function for node in nodes if isinstance(node, Call)} == {*FUNCTIONS, "has"}
    loops = [node for node in nodes if isinstance(node, Quantifier)]
    assert {node.kind for node in loops} == {"exists", "all"}
    assert any(isinstance(node, Quantifier) for loop in loops for node in walk(loop.body))


def test_at_least_200_000_evaluations_are_compared():
    pack = sum(len(pack_trees(subject)) for subject in SUBJECTS) * PACK_RECORDS
    assert pack + GENERATED_SEEDS * GENERATED_CONDITIONS * GENERATED_RECORDS >= 200_000
