"""Answers kept by text: the same as asked anew, and bounded."""

import pytest

from nkscreen.rulebook.language import compile_outcome, compile_questions, parse
from nkscreen.rulebook.language.answers import LONGEST_TEXT, MOST_TEXTS, Answers, only_text


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


def test_a_text_is_asked_about_once_and_a_missing_one_too():
    asked = []
    answers = Answers(lambda text: asked.append(text) or text == "coal")
    assert [answers[text] for text in ("coal", None, "coal", None, "wine")] == [True, False, True, False, False]
    assert asked == ["coal", None, "wine"]


def test_memory_is_bounded_by_the_number_and_the_length_of_texts():
    answers = Answers(lambda text: True)
    for number in range(MOST_TEXTS + 5):
        assert answers[str(number)] is True
    assert len(answers) == 5
    assert answers["x" * (LONGEST_TEXT + 1)] is True
    assert len(answers) == 5


def test_a_missing_text_stays_unknown_when_its_answer_is_kept():
    closure = compile_outcome(parse("any_word(s, ['coal']) && !any_word(s, ['tar'])"))
    texts = ["coal", None, "coal tar", "wine", None, "coal"]
    assert [closure({"s": text}) for text in texts] == [True, None, False, False, None, True]


def test_what_questions_share_is_asked_once_a_call():
    shared = parse("legs.exists(l, l.port == 'KPNAM') || names.exists(n, n == 'x')")

    class Counting(list):
        passes = 0

        def __iter__(self):
            Counting.passes += 1
            return super().__iter__()

    ask = compile_questions([(shared, True), (shared, True), (shared, False)])
    assert ask({"legs": Counting([{"port": "CNDAL"}]), "names": []}) == (False, False, True)
    assert Counting.passes == 2  # once for definitely true, once for definitely false
