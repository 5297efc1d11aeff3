"""A name held against every listed one: what `search` is held to.

`compare` gives 0 where no word of one name is at all like a word of the other, they are not both Korean, and they do
not share letters as a whole. So each word is held against every listed word first: its edits are counted by rapidfuzz
against all of them, its keys are looked up, and initials go by their letter; those are all the ways in which
`similarity` is more than 0, and a test holds this to `similarity` itself. Every name with such a word is compared by
`compare`. Nothing here knows of segments, weights, costs or bounds.
"""

import random
import sys
from collections import defaultdict
from itertools import cycle

import numpy as np
from made_names import spoilt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from nkscreen.matching import Index
from nkscreen.matching.groups import GROUPS
from nkscreen.matching.names import korean
from nkscreen.matching.names.analyse import analyse
from nkscreen.matching.names.compare import compare
from nkscreen.matching.names.tables import word_bits
from nkscreen.matching.names.token import counterpart, spelling_similarity
from nkscreen.watchlist import bundled_watchlist

MOST_EDITS = 3


class Exhaustive:
    """Listed names, each `(key, text, schema)`."""

    def __init__(self, entries):
        self.names = [(key, analyse(text, schema)) for key, text, schema in entries]
        names_of_word = defaultdict(set)
        self.of_letters, self.korean, self.surely_korean = defaultdict(set), set(), set()
        for at, (_, name) in enumerate(self.names):
            for part in parts_of(name):
                for word in words_of(part):
                    names_of_word[word].add(at)
                for letters in letters_of(part):
                    self.of_letters[letters].add(at)
                if part.korean:
                    self.korean.add(at)
                    if part.korean.convincing or not part.person:
                        self.surely_korean.add(at)
        self.words, self.names_of_word = list(names_of_word), list(names_of_word.values())
        by_spelling, self.by_key, self.by_letter = defaultdict(list), defaultdict(list), defaultdict(list)
        for number, word in enumerate(self.words):
            by_spelling[word.spelling].append(number)
            self.by_letter[word.text[0]].append(number)
            for key in (*word.keys, f"text:{word.text}"):
                self.by_key[key].append(number)
        self.spellings, self.of_spelling = list(by_spelling), list(by_spelling.values())

    def search(self, text, schema, cutoff):
        """The score of every listed name that reaches the cutoff, by its key."""
        query = analyse(text, schema)
        met = set()
        for part in parts_of(query):
            if part.truncated or part.cut >= 0:  # whole names and words that it may be the beginning of
                met.update(range(len(self.names)))
            met.update(*(self.of_letters.get(letters, ()) for letters in letters_of(part)))
            if part.korean:
                met |= self.korean if part.korean.convincing or not part.person else self.surely_korean
        words = {word for part in parts_of(query) for word in words_of(part)}
        met.update(*(self.names_of_word[number] for number in self.like(words)))
        scores = {self.names[at][0]: compare(query, self.names[at][1]).score for at in met}
        return {key: score for key, score in scores.items() if score >= cutoff}

    def like(self, words):
        """Numbers of the listed words that may be like one of these."""
        spellings = sorted({word.spelling for word in words})
        edits = cdist(spellings, self.spellings, scorer=OSA.distance, score_cutoff=MOST_EDITS)
        near = zip(*np.nonzero(edits <= MOST_EDITS), strict=True)
        found = {
            number
            for one, other in near
            if spelling_similarity(spellings[one], self.spellings[other]) > 0
            for number in self.of_spelling[other]
        }
        for word in words:
            for key in (*map(counterpart, word.keys), f"text:{word.text}"):
                found.update(self.by_key.get(key, ()))
            initial = word.kind == "initial"
            found.update(
                number for number in self.by_letter[word.text[0]] if initial or self.words[number].kind == "initial"
            )
        return found


def parts_of(name):
    return (name, *name.variants)


def words_of(name):
    return {*name.tokens, *(span for _, span in name.spans)}


def letters_of(name):
    return {name.compact, *name.acronyms, name.sole} - {""}


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


def listed(length=LISTED):
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
    while len(names) < length:
        text = " ".join(chance.sample(words, chance.choice([1, 2, 2, 3, 3, 4, 5])))
        names.append((text, chance.choice(SHAPES)))
    return [(number, *name) for number, name in enumerate(names)]


def main(pairs=PAIRS, length=LISTED):
    """Hold `search` to comparison with all names of a long list, and print how many pairs agreed."""
    names = listed(length)
    oracle, index = Exhaustive(names), Index(names)
    asked = list(queries(random.Random(37), names, pairs // length))
    for text, schema in zip(asked, cycle(["Person", "Company"]), strict=False):
        found = {hit.key: hit.comparison.score for hit in index.search(text, schema, CUTOFF)}
        assert found == oracle.search(text, schema, CUTOFF), text
    sys.stdout.write(f"{len(asked) * len(names):,} pairs agree\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
