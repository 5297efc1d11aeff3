"""Trees as nested functions mean what the interpreter says."""

import copy

from expressions import VIEWS, conditions
from hypothesis import given, settings
from hypothesis import strategies as st

from nkscreen.rulebook.composed import Composer
from nkscreen.rulebook.language import interpret, parse
from nkscreen.rulebook.mutation import tree_changes


@settings(max_examples=150, deadline=None)
@given(conditions(), st.lists(VIEWS, min_size=6, max_size=6))
def test_a_composed_tree_gives_what_the_interpreter_gives(tree, views):
    ask = Composer().ask(tree)
    for view in views:
        assert ask(copy.copy(view)) is interpret(tree, view).value


@settings(max_examples=80, deadline=None)
@given(conditions(), st.lists(VIEWS, min_size=3, max_size=3))
def test_so_does_every_mutant_that_shares_nodes_with_it(tree, views):
    composer = Composer()
    for change in list(tree_changes(tree))[:20]:
        for view in views:
            assert composer.ask(change.tree)(copy.copy(view)) is interpret(change.tree, view).value


def test_equal_trees_of_different_nodes_are_kept_apart():
    composer = Composer()
    one, other = parse("i > 1"), parse("i > 1")
    assert composer.ask(one) is composer.ask(one)
    assert composer.ask(one) is not composer.ask(other)


def test_a_negative_of_a_field_is_unknown_where_the_field_is():
    ask = Composer().ask(parse("-x < 0.0"))
    assert [ask({"x": value}) for value in (1.0, -1.0, None)] == [True, False, None]
