"""Answers kept by text and by element: the same as asked anew, and bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.rulebook.language import FUNCTIONS, compile_outcome, compile_questions, interpret, parse, prepared
from nkscreen.rulebook.language.answers import LONGEST_TEXT, MOST_KEPT, Answers, WordSearch, one_text, only_text
from nkscreen.rulebook.language.elements import by_element


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("any_word(remarks, ['coal'])", ("remarks",)),
        ("has(vessel.mmsi) && vessel.mmsi.startsWith('445')", ("vessel", "mmsi")),
        ("!hs_in(code, ['27']) || code == '2701'", ("code",)),
        ("remarks == 'x'", None),  # as fast as looking it up
        ("any_word(remarks, ['coal']) && has(name)", None),
        ("size(legs) == 0", None),
        ("days(a, a) > 1", None),
        ("any_word('coal', ['coal']) && has(part)", None),
        ("legs.exists(l, any_word(l.note, ['coal']))", None),
    ],
)
def test_only_conditions_that_ask_a_function_about_one_text_are_kept(text, path):
    assert only_text(parse(text)) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("remarks == 'x'", ("remarks",)),
        ("'x' != remarks || remarks in ['y', 'z']", ("remarks",)),
        ("has(l.note) && any_word(l.note, ['coal'])", ("l", "note")),
        ("has(remarks)", None),  # it may be no text
        ("flag", None),
        ("remarks in [1, 2]", None),
        ("remarks == name", None),
        ("count > 1", None),
    ],
)
def test_a_field_is_a_text_where_a_condition_shows_it(text, path):
    assert one_text(parse(text)) == path


def test_a_text_is_asked_about_once_and_a_missing_one_too():
    asked = []
    answers = Answers()
    answers.ask = lambda text: asked.append(text) or int(text == "coal")
    assert [answers[text] for text in ("coal", None, "coal", None, "wine")] == [1, 0, 1, 0, 0]
    assert asked == ["coal", None, "wine"]


def test_memory_is_bounded_by_the_number_and_the_length_of_texts():
    answers = Answers()
    answers.ask = lambda text: 5
    for number in range(MOST_KEPT + 5):
        assert answers[str(number)] == 5
    assert len(answers) == 5
    assert answers["x" * (LONGEST_TEXT + 1)] == 5
    assert len(answers) == 5


WORDS = ("coal", "coal tar", "tar", "steam coal", "석탄", "煤", "a", "a b", "b c")
TEXTS = st.lists(
    st.sampled_from([*WORDS, "coals", "Coal-Tar", "x", "b", "c", "煤炭", "석탄이", "-", "steam"]), max_size=6
)


@given(
    TEXTS.map(" ".join),
    st.lists(st.tuples(st.sets(st.sampled_from(WORDS), min_size=1), st.sets(st.sampled_from(WORDS)))),
)
def test_one_search_finds_what_looking_for_each_list_finds(text, questions):
    search = WordSearch()
    expected = []
    for items, harmless in questions:
        wanted = prepared("any_word", tuple(sorted(items)))
        if harmless:
            spared = prepared("any_word_but", tuple(sorted(harmless)))
            expected.append((search.bit(wanted, spared), FUNCTIONS["any_word_but"].call(text, wanted, spared)))
        else:
            expected.append((search.bit(wanted), FUNCTIONS["any_word"].call(text, wanted)))
    found = search(text)
    assert [bool(found & bit) for bit, _ in expected] == [answer for _, answer in expected]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("legs.exists(l, l.port == 'KPNAM' && !l.transshipment || has(l.date))", True),
        ("legs.all(l, l.port != 'KPNAM' || country == 'KP' && size(legs) > 1)", True),
        ("legs.exists(l, l.port == port)", False),  # of the element and of the record at once
        ("legs.exists(l, l.days > 2)", False),  # numbers are too many to keep
        ("legs.exists(l, l.calls.exists(c, c == 'x'))", False),
        ("legs.exists(l, (a && l.port == 'x') || (b && l.port == 'y') || (c && l.port == 'z'))", False),
    ],
)
def test_elements_are_kept_by_their_texts_and_flags(text, kept):
    assert by_element(parse(text)) is kept


LEGS = [
    None,
    [],
    [{"port": None, "transshipment": None, "date": None}],
    [{"port": "KPNAM", "transshipment": False, "date": None}, {"port": "X", "transshipment": True, "date": 1}],
    [{"port": "KPNAM", "transshipment": True, "date": 1}, {"port": None, "transshipment": None, "date": 1}],
]


@pytest.mark.parametrize("legs", LEGS)
@pytest.mark.parametrize("country", [None, "KP", "CN"])
@pytest.mark.parametrize("kind", ["exists", "all"])
@pytest.mark.parametrize(
    "body",
    [
        "l.port == 'KPNAM' && !l.transshipment || has(l.date)",
        "(country == 'KP' || l.transshipment) && !(l.port in ['X', 'Y'] && has(l.port))",
        "!(country == 'KP' && l.port == 'KPNAM') || (size(legs) > 1 && l.transshipment)",
        "country == 'KP'",
        "true",
    ],
)
def test_a_list_is_answered_as_by_asking_every_element(legs, country, kind, body):
    tree = parse(f"legs.{kind}(l, {body})")
    shown = {"legs": legs, "country": country}
    expected = interpret(tree, shown).value
    assert compile_outcome(tree)(shown) is expected
    assert compile_questions([(tree, True), (tree, False)])(shown) == (expected is True, expected is False)


def test_a_missing_text_stays_unknown_when_its_answer_is_kept():
    closure = compile_outcome(parse("any_word(s, ['coal']) && !any_word(s, ['tar'])"))
    texts = ["coal", None, "coal tar", "wine", None, "coal"]
    assert [closure({"s": text}) for text in texts] == [True, None, False, False, None, True]


class Counting(list):
    """A list that counts how often it is gone through."""

    passes = 0

    def __iter__(self):
        self.passes += 1
        return super().__iter__()


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("legs.exists(l, l.port == 'KPNAM') || legs.exists(l, l.port == 'KPRAJ')", 1),  # both questions at once
        ("legs.exists(l, l.port == port) || has(port) && port == 'x'", 2),  # once for true, once for false
    ],
)
def test_a_list_is_gone_through_once_for_all_that_is_asked_of_its_elements(text, passes):
    shared = parse(text)
    ask = compile_questions([(shared, True), (shared, True), (shared, False)])
    legs = Counting([{"port": "CNDAL"}])
    assert ask({"legs": legs, "port": "CNTAO"}) == (False, False, True)
    assert legs.passes == passes
