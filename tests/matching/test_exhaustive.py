"""The promise of the index on a long list: exactly the names that comparison with all of them finds."""

import os
import random
import subprocess
import sys
from pathlib import Path

import exhaustive
from exhaustive import Exhaustive, words_of

from nkscreen.matching.names.analyse import analyse
from nkscreen.matching.names.token import similarity


def test_the_oracle_knows_every_word_that_is_like_another():
    chance, names = random.Random(36), exhaustive.listed(4_000)
    oracle = Exhaustive(names)
    asked = exhaustive.queries(chance, names, 40)
    words = sorted({word for text in asked for word in words_of(analyse(text, "Person"))}, key=repr)
    for word in chance.sample(words, 25):
        like = {number for number, other in enumerate(oracle.words) if similarity.__wrapped__(word, other)[0] > 0}
        assert like <= oracle.like({word})


def test_search_finds_exactly_what_comparison_with_all_finds():
    """In a process of its own: counting lines would make it three times as long."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, Path(exhaustive.__file__)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == "20,000,000 pairs agree\n"
