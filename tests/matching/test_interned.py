"""Words are compared by identity: a bounded memory of them must not make one word two."""

import gc

from nkscreen.matching.names.compare import compare_names
from nkscreen.matching.names.interned import interned
from nkscreen.matching.names.word import light, word_token


class Made:
    pass


def test_what_is_in_use_is_made_once_however_much_is_asked_for_meanwhile():
    make = interned(2)(lambda key: Made())
    held = make("a")
    for other in range(50):
        make(other)
    assert make("a") is held


def test_what_nobody_holds_is_let_go():
    made = []
    make = interned(1)(lambda key: made.append(key) or Made())
    make("a"), make("b")
    gc.collect()
    make("a")
    assert made == ["a", "b", "a"]


def test_nothing_is_remembered_as_nothing():
    assert interned(4)(lambda key: None)("a") is None


def test_words_stay_themselves_after_many_others():
    kim = word_token("kim", "kim", "person")
    article = light("al", "particle", "")
    before = compare_names("Kim al Chol", "Kim al Chol", "Person")
    for number in range(5_000):
        light(f"w{number}", "particle", "")
    assert light("al", "particle", "") is article
    assert word_token("kim", "kim", "person") is kim
    assert compare_names("Kim al Chol", "Kim al Chol", "Person") == before
