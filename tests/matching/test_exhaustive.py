"""The promise of the index on a long list: exactly the names that comparison with all of them finds."""

import random
from itertools import cycle

import pytest
from exhaustive import Exhaustive, words_of
from test_raw import spoilt

from nkscreen.matching import Index
from nkscreen.matching.groups import GROUPS
from nkscreen.matching.names import korean
from nkscreen.matching.names.analyse import analyse
from nkscreen.matching.names.tables import word_bits
from nkscreen.matching.names.token import similarity
from nkscreen.watchlist import bundled_watchlist

PAIRS = 20_000_000
LISTED = 40_000
CUTOFF = 0.8
SHAPES = ("Person", "Company", "Person", "Organization", "LegalEntity")


def cut(chance, text):
    """A name as a field of 35 characters keeps it."""
    return f"{text} {chance.choice(['International', 'Corporation', 'Trading Company Limited'])}"[:35]


def queries(chance, listed, number):
    """Listed names spoilt, names cut at 35 characters, and words of listed names in any number and order."""
    pool = sorted({word for _, text, _ in listed[:4_000] for word in text.split()})
    for _ in range(number):
        kind = chance.randrange(20)
        if kind < 6:
            yield spoilt(chance, chance.choice(listed)[1])
        elif kind == 6:
            yield cut(chance, chance.choice(listed)[1])
        elif kind == 7:
            word = chance.choice(pool)
            yield " ".join([word] * chance.randrange(2, 6))
        else:
            yield " ".join(chance.sample(pool, chance.randrange(1, 5)))


@pytest.fixture(scope="module")
def listed():
    """All parties of the bundled list; then names of usual words, and some of the words of the list, until it is long.

    Words that may be Korean are few among these: such names are compared with all others of the kind, which takes long.
    """
    chance = random.Random(35)
    names = [
        (name.value, entity.schema_)
        for _, entity in bundled_watchlist()
        for name in entity.names
        if GROUPS[entity.schema_] == "party"
    ]
    words = sorted(word for word in word_bits(True) if not korean.read(word, "Person"))
    words += sorted({word for text, _ in names for word in text.split() if not korean.read(word, "Person")})
    while len(names) < LISTED:
        text = " ".join(chance.sample(words, chance.choice([1, 2, 2, 3, 3, 4, 5])))
        names.append((text, chance.choice(SHAPES)))
    return [(number, *name) for number, name in enumerate(names)]


@pytest.fixture(scope="module")
def oracle(listed):
    return Exhaustive(listed)


def test_the_oracle_knows_every_word_that_is_like_another(listed, oracle):
    chance = random.Random(36)
    words = sorted(
        {word for text in queries(chance, listed, 40) for word in words_of(analyse(text, "Person"))}, key=repr
    )
    for word in chance.sample(words, 12):
        like = {number for number, other in enumerate(oracle.words) if similarity.__wrapped__(word, other)[0] > 0}
        assert like <= oracle.like({word})


def test_search_finds_exactly_what_comparison_with_all_finds(listed, oracle):
    index = Index(listed)
    asked = list(queries(random.Random(37), listed, PAIRS // LISTED))
    for text, schema in zip(asked, cycle(["Person", "Company"]), strict=False):
        found = {hit.key: hit.comparison.score for hit in index.search(text, schema, CUTOFF)}
        assert found == oracle.search(text, schema, CUTOFF), text
    assert len(asked) * len(listed) >= PAIRS
