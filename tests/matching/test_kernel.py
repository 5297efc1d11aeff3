"""The compiled kernel: its bounds are never below the scorer, and no input breaks it."""

import random
import sys
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from nkscreen.matching import Index, kernel
from nkscreen.matching.names.analyse import analyse
from nkscreen.matching.names.token import similarity
from nkscreen.matching.vocabulary import Vocabulary

pytestmark = pytest.mark.skipif(not kernel.AVAILABLE, reason="no compiler when this was installed")
if kernel.AVAILABLE:
    from nkscreen.matching import _kernel

NAMES = [
    ("Valentina Valentin Ivanov Ivanova Michelle Michel", "Person"), ("Abdul Rahman Abdulrahman bin Laden", "Person"),
    ("Mohammed Muhammad Mohamad محمد شاکری Shakeri", "Person"), ("William G. Bill Will W. Guillermo", "Person"),
    ("Aleksandr Alexander Александр Сергей Serhiy Sergey Michael Miguel", "Person"), ("0leg Oleg K1m Kim", "Person"),
    ("nituP Putin Jundi jun di 軍 翟 成 Cheng Shing", "Person"), ("JC Jean Claude Lee IT", "Person"),
    ("Information Technology Plant IT Bank Banque Trading Torgovaya OOO", "Company"),
    ("Fund VII 7 seven 03", "Company"),
    ("People's Liberation Army PLA of the Schweiz Suisse Ltd", "Organization"), ("Ri Lee Yi Rhee Li", "Person"),
    ("Peter Ivanovich Kuznetsov Николай", "Person"), ("ab ba abc acb abcd abdc abcde abced", "Vessel"),
]  # fmt: skip


def tokens():
    found = {}
    for text, schema in NAMES:
        name = analyse(text, schema)
        for token in (*name.tokens, *(span for _, span in name.spans)):
            found.setdefault(token)
    return list(found)


@pytest.fixture(scope="module")
def retriever():
    return _kernel.Retriever(kernel.block_of((n, analyse(*name)) for n, name in enumerate(NAMES)))


def test_the_bound_of_two_tokens_is_never_below_their_similarity(retriever):
    every = tokens()
    assert len(every) > 150
    for one in every:
        for other in every:
            bound = retriever.bound(kernel.record(one), kernel.record(other))
            assert bound >= similarity(one, other)[0] - 1e-12, (one, other)


def test_most_bounds_are_the_similarity(retriever):
    every = tokens()
    pairs = [(one, other) for one in every for other in every]
    exact = sum(
        abs(retriever.bound(kernel.record(one), kernel.record(other)) - similarity(one, other)[0]) < 1e-12
        for one, other in pairs
    )
    assert exact > 0.99 * len(pairs)


def test_every_token_that_can_be_met_is_offered(retriever):
    vocabulary = Vocabulary(tokens())
    for one in vocabulary.tokens:
        offered = {number for number, _ in retriever.offers(kernel.record(one))}
        assert offered >= {number for _, number in vocabulary.offers(one)}, one


WORDS = st.text("abn0", min_size=1, max_size=16)


@settings(max_examples=1500, deadline=None)
@given(WORDS, WORDS, st.integers(0, 3))
def test_edits_are_counted_as_rapidfuzz_counts_them(one, other, most):
    expected = min(OSA.distance(one, other), most + 1)
    assert _kernel.distance(one.encode(), other.encode(), most) == expected


def spoilt(rng, word):
    """A word after one to three slips: letters lost, doubled, changed or swapped."""
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(word))
        slip = rng.randrange(4)
        if slip == 0 and len(word) > 2:
            word = word[:at] + word[at + 1 :]
        elif slip == 1:
            word = word[:at] + rng.choice("abcdefg1") + word[at:]
        elif slip == 2:
            word = word[:at] + rng.choice("abcdefg1") + word[at + 1 :]
        elif at + 1 < len(word):
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word


def test_every_word_within_its_edits_is_found():
    rng = random.Random(5)
    words = ["".join(rng.choice("abcdefg") for _ in range(rng.randint(2, 16))) for _ in range(1_500)]
    names = [analyse(word, "Vessel") for word in words]
    retriever = _kernel.Retriever(kernel.block_of(enumerate(names)))
    vocabulary = Vocabulary(dict.fromkeys(token for name in names for token in name.tokens))
    for word in words:
        (token,) = analyse(spoilt(rng, word), "Vessel").tokens
        offered = {number for number, _ in retriever.offers(kernel.record(token))}
        assert offered >= {number for _, number in vocabulary.offers(token)}, (word, token.text)


@pytest.mark.parametrize(
    "text",
    ["a " * 500, "al " * 400, "x" * 100_000, "\0" * 50, "Kim\0Jong", "\ud800", "ﷺ" * 200, "é" * 999, "🙂 " * 300,
     "- . '",
     "abc " * 250_000, "bin " * 500 + "laden", "1 " * 500, "İ" * 400, "가" * 300, "A.B." * 300],
)  # fmt: skip
@pytest.mark.parametrize("schema", ["Person", "Company", "Vessel"])
def test_no_name_is_too_odd(text, schema):
    ways = [Index(enumerate_names(), compiled=compiled) for compiled in (True, False)]
    first, second = ([(f.key, f.comparison.score) for f in index.search(text, schema, 0.5)] for index in ways)
    assert first == second


def enumerate_names():
    return ((number, text, schema) for number, (text, schema) in enumerate(NAMES))


def test_a_cut_or_foreign_block_is_refused():
    block = kernel.block_of([(0, analyse("Kim Jong Un", "Person"))])
    for damaged in (b"", block[:-8], block[:40], b"NKINDEX1" + block[8:], block + b"\0" * 8, b"\xff" * 4000):
        with pytest.raises(ValueError, match="no index"):
            _kernel.Retriever(damaged)


def test_records_that_are_not_whole_are_refused(retriever):
    whole = kernel.record(analyse("Kim", "Person").tokens[0])
    for broken in (b"", whole[:-1], whole + b"x", whole[:20]):
        with pytest.raises(ValueError, match="not whole"):
            retriever.search(0.8, [((broken,), (), -1, 3.0, 0.45)], [], [])
        with pytest.raises(ValueError, match="not whole"):
            retriever.offers(broken)
    no_effect = kernel.record(analyse("Kim", "Person").tokens[0])
    no_effect = no_effect[: 40 + 24] + b"\xff" * 8 + no_effect[40 + 32 :]  # the effect of its first key
    with pytest.raises(ValueError, match="not whole"):
        retriever.offers(no_effect)
    with pytest.raises(ValueError, match="beyond the name"):
        retriever.search(0.8, [((whole,), ((1, whole),), -1, 3.0, 0.45)], [], [])


def test_the_same_names_give_the_same_block():
    assert kernel.block_of((n, analyse(*name)) for n, name in enumerate(NAMES)) == kernel.block_of(
        (n, analyse(*name)) for n, name in enumerate(NAMES)
    )


def test_threads_search_one_index():
    index = Index(enumerate_names(), compiled=True)
    queries = [("Abdul Rahmann", "Person"), ("William Bill", "Person"), ("Torgovaya Bank", "Company")] * 40
    expected = [[f.key for f in index.search(*query, 0.5)] for query in queries]
    found = {}
    sys.setswitchinterval(1e-5)
    threads = [
        threading.Thread(
            target=lambda n=n: found.__setitem__(n, [[f.key for f in index.search(*q, 0.5)] for q in queries])
        )
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(0.005)
    assert all(found[n] == expected for n in range(4))


def test_a_kernel_compiled_of_other_sources_is_known():
    assert kernel.of_these_sources(kernel._kernel.SOURCES)
    assert len(kernel._kernel.SOURCES) == 64
    assert not kernel.of_these_sources("0" * 64)
    assert kernel.of_these_sources("")  # compiled by hand, without its sources named
