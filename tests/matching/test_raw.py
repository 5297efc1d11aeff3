"""The bound over names as written: what it says cannot hit, `search` does not find."""

import pickle
import random
from array import array

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_names import PIECES, spoilt
from test_index import LISTED

from nkscreen.matching import Index, kernel
from nkscreen.matching.groups import GROUPS
from nkscreen.matching.names.scripts import SOUNDS, sound
from nkscreen.watchlist import bundled_watchlist

pytestmark = pytest.mark.skipif(not kernel.AVAILABLE, reason="no compiler when this was installed")

SCHEMATA = ("Person", "Company", "LegalEntity", "Organization", "Vessel")


@pytest.fixture(scope="module")
def index():
    return Index((n, *entry) for n, entry in enumerate(LISTED))


def lost(index, names, schema, cutoff=0.8):
    """Names that `search` finds and the mask denies."""
    mask = index.can_hit(names, schema, cutoff)
    return [name for name, may in zip(names, mask, strict=True) if not may and index.search(name, schema, cutoff)]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("aeioubgksthrlmnwxyzqcpdj", max_size=14), min_size=1, max_size=20))
def test_words_are_heard_as_sound_hears_them(words):
    screen = kernel.screen_of(kernel.block_of([]), 0.8, "Person")
    for spelled, heard in SOUNDS:
        screen.sound(spelled.encode(), heard.encode())
    assert [screen.heard(word.encode()).decode() for word in words] == [sound(word) for word in words]


@pytest.mark.parametrize("schema", SCHEMATA)
@pytest.mark.parametrize("cutoff", [0.5, 0.7, 0.8, 0.9])
def test_no_name_that_hits_is_denied(index, schema, cutoff):
    chance = random.Random(f"{schema} {cutoff}")
    names = [spoilt(chance, chance.choice(LISTED)[0]) for _ in range(250)]
    names += [" ".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 7))) for _ in range(250)]
    assert lost(index, names, schema, cutoff) == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.sampled_from(SCHEMATA))
def test_no_text_at_all_is_denied(index, text, schema):
    assert lost(index, [text], schema, 0.5) == []


def test_twenty_million_pairs_of_the_bundled_list():
    """Names against all listed ones: `search`, itself held to exhaustive comparison, says what may not be denied."""
    listed = [
        (n, name.value, entity.schema_)
        for n, (_, entity) in enumerate(bundled_watchlist())
        for name in entity.names
        if GROUPS[entity.schema_] == "party"
    ]
    index = Index(listed)
    chance = random.Random(20)
    words = sorted({word for _, text, _ in listed for word in text.split()})
    queries = 20_000_000 // len(listed) // 2 + 1
    names = [spoilt(chance, chance.choice(listed)[1]) for _ in range(queries // 10)]
    names += [" ".join(chance.sample(words, chance.randrange(1, 5))) for _ in range(queries - len(names))]
    for schema in ("Person", "Company"):
        assert lost(index, names, schema) == []
        assert index.can_hit(names, schema).mean() < 0.9
    assert 2 * len(names) * len(listed) >= 20_000_000


def test_hostile_columns(index):
    names = ["Kim Jong Un", None, "", " ", "x" * 100_000, "kim " * 250_000, "\0", "\ud800", "- ' .", "é" * 999]
    found = index.can_hit(names, "Person")
    assert found[0]
    assert not found[1:4].any()
    assert index.can_hit(pl.Series(["Kim Jong Un", None]), "Person").tolist() == [True, False]
    assert index.can_hit([], "Person").tolist() == []


def test_another_process_gets_an_index_that_was_asked_before(index):
    names = ["Kim Jong Un", "nobody of the kind"]
    expected = index.can_hit(names, "Person").tolist()
    assert pickle.loads(pickle.dumps(index)).can_hit(names, "Person").tolist() == expected == [True, False]


def test_what_does_not_hold_together_is_refused():
    screen = kernel.screen_of(kernel.block_of([]), 0.8, "Person")
    with pytest.raises(ValueError, match="hold together"):
        screen.piece(b"x", 0, (7,))
    with pytest.raises(ValueError, match="hold together"):
        screen.sound(b"a", b"aa")
    with pytest.raises(ValueError, match="hold together"):
        screen.word(1.0, 1.0, 1.0, 0, b"kim", b"k", b"kim", (b"broken",))
    with pytest.raises(ValueError, match="do not lie"):
        screen.names(b"kim", array("q", [0, 4]), bytearray(1))
