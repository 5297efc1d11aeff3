"""The index's promise: exactly the names that reach the cutoff, as exhaustive comparison finds them."""

import random
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nkscreen.matching import Index, compare_names, kernel

LISTED = [
    ("Kim Jong Un", "Person"), ("KIM, Jong-il", "Person"), ("Kim Chol", "Person"), ("RI Won Ho", "Person"),
    ("J. R. Smith", "Person"), ("Vladimir Vladimirovich PUTIN", "Person"), ("Ri Je-son", "Person"),
    ("Korea Ryonbong General Corporation", "Company"), ("Korea Mining Development Trading Corporation", "Company"),
    ("Ryong Song Trading Co., Ltd.", "Company"), ("RYONGSONG TRADING", "Company"), ("Office 39", "Organization"),
    ("Suzhou Dongshan Precision Manufacturing Co., Ltd.", "Company"), ("Trading Company", "Company"),
    ("Bank of East Land", "Company"), ("Torgovaya Kompaniya Vostok OOO", "Company"), ("A B C", "Company"),
    ("김정은", "Person"), ("Путин Владимир", "Person"), ("x" * 60, "Company"), ("03 Oktober", "Organization"),
    ("PAK, Ch'o'l-su", "Person"), ("Choe Ryong Hae", "Person"), ("조선민족보험총회사", "Organization"),
    ("محمد شاکری", "Person"), ("SHAKERI, Mohammad", "Person"), ("習近平", "Person"), ("WANG, Guihua", "Person"),
    ("Al-Qa'ida/Islamic Army", "Organization"), ("Sibirvostok a.k.a. Karpenko Trading", "Company"),
    ("JC Lee", "Person"),
    ("General Northern Pipeline Service", "Organization"), ("KOEC", "Organization"), ("Robert Karpenko", "Person"),
    ("Korea Oil Exploration Corporation", "Organization"), ("Sibirvostok Fund VII", "Company"),
    ("Orient Trust Bank (OTB)", "Company"), ("People's Liberation Army", "Organization"),
    ("Sibirvostok Fund I", "Company"),
    ("Sibirvostok Information Technology Plant", "Company"), ("华星國際海運有限公司", "Company"), ("Jundi", "Person"),
    ("Оптический Приборостроительный Sibir", "Company"), ("Nikolay Ivanovich Kuznetsov", "Person"),
    ("NG, Ken", "Person"),
    ("Sibirvostok Trading Dalian", "Company"), ("Salem bin Nasser bin Awadh al-Karbi", "Person"), ("STB", "Company"),
    ("KARPENKO, Oleksandra", "Person"), ("Ministry of State Harvests", "Organization"), ("RI Yong Gwang", "Person"),
    ("Abdul Rahman al-Hammadi", "Person"), ("Banco Sibirvostok Suisse", "Company"), ("Ig0r Sech1n Petrov", "Person"),
]  # fmt: skip


def exhaustive(query, schema, cutoff):
    """Every listed name that reaches the cutoff, by comparing with all. The schema of a listed name is the entry's."""
    from nkscreen.matching.names.analyse import analyse
    from nkscreen.matching.names.compare import compare

    scores = [(number, compare(analyse(query, schema), analyse(text, s)).score) for number, (text, s) in
              enumerate(LISTED)]  # fmt: skip
    return {number: score for number, score in scores if score >= cutoff}


WAYS = [
    pytest.param(True, marks=pytest.mark.skipif(not kernel.AVAILABLE, reason="no compiler when this was installed")),
    pytest.param(False),
]
"""The compiled kernel and plain Python: both keep the promise."""


@pytest.fixture(scope="module", params=WAYS, ids=["compiled", "plain"])
def index(request):
    return Index(((number, *entry) for number, entry in enumerate(LISTED)), compiled=request.param)


def found(index, query, schema, cutoff):
    return {item.key: item.comparison.score for item in index.search(query, schema, cutoff)}


def test_results_come_best_first(index):
    results = index.search("Kim Jong Un", "Person")
    assert results[0].key == 0
    assert results[0].comparison.score == 1.0
    scores = [item.comparison.score for item in results]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "query",
    ["RYONGSONG", "Ryongsong Trading Company Limited", "KimJongUn", "J Smith", "J. Putin", "K J U", "Smith John Robert",
     "SUZHOU DONGSHAN PRECISION MANUFACTU", "3 oktober", "A B", "vostok llc", "xi", "trading", "Kim", "KIM, Jong-uhn",
     "Владимир Путин", "Kim Jong Un " * 30, "金正恩", "Kim Zheng En", "Gim Jeong-eun", "최룡해", "Pak Chol Su",
     "朴哲洙",
     "Korea National Insurance Corporation", "محمد شاكري", "Muhammad Shakiri", "Xi Jinping", "桂花 王", "Islamic Army",
     "Qaeda", "Karpenko Trading dba Vostok", "GNPS", "Bob Karpenko", "Jean Claude Lee", "Sibirvostok Fund 7", "KOEC",
     "Abdulrahman Alhammadi", "Igor Sechin Petrov", "Bank Sibirvostok Schweiz", "KOREA OIL EXPLORATION CORPORATION X",
     "OTB", "PLA China", "Sibirvostok Fund One", "Sibirvostok IT Plant", "Hua Xing International Shipping", "军 翟",
     "Optical Instrument Making Sibir", "尼古拉·库兹涅佐夫", "Kuznetsov Nikolai", "建 黄",
     "Shenyang Sibirvostok Trading",
     "Salem al-Karbi", "Sibir Trust Bank", "karpenkooleksandra88", "Oleksandr Karpenko", "RI Yong Gang",
     "Ri Yong-kwang",
     "Ministry of State Harvests Prison Bureau", "Sheikh Salem bin Nasser al-Karbi"],
)  # fmt: skip
@pytest.mark.parametrize("cutoff", [0.5, 0.8, 0.95])
def test_search_equals_exhaustive_comparison(index, query, cutoff):
    for schema in ("Person", "Company", "LegalEntity"):
        assert found(index, query, schema, cutoff) == exhaustive(query, schema, cutoff)


def edited(draw_random, text):
    """A listed name as a typist might leave it: an edit, a swap, words joined, dropped, reordered or abbreviated."""
    parts = text.split()
    kind = draw_random.randrange(7)
    if kind == 0 and len(text) > 1:
        at = draw_random.randrange(len(text) - 1)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        at = draw_random.randrange(len(text))
        return text[:at] + draw_random.choice("aeioukmn ") + text[at + 1 :]
    if kind == 2:
        draw_random.shuffle(parts)
        return " ".join(parts)
    if kind == 3:
        return "".join(parts)
    if kind == 4 and len(parts) > 1:
        return " ".join(parts[1:])
    if kind == 5:
        return " ".join([parts[0][0], *parts[1:]])
    return f"{text} {draw_random.choice(['Ltd', 'Jr', 'No 7', 'Pyongyang'])}"


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(LISTED), st.sampled_from([0.6, 0.8, 0.9]))
def test_search_misses_no_edited_name(seed, entry, cutoff):
    text, schema = entry
    rng = random.Random(seed)
    query = edited(rng, edited(rng, text)) or text
    expected = exhaustive(query, schema, cutoff)
    for index in _both_ways():
        assert found(index, query, schema, cutoff) == expected


@cache
def _both_ways():
    ways = (False, True) if kernel.AVAILABLE else (False,)
    return [Index(((n, *entry) for n, entry in enumerate(LISTED)), compiled=way) for way in ways]


def test_forgetting_words_while_an_index_is_made_changes_nothing(monkeypatch):
    wanted = Index((n, *entry) for n, entry in enumerate(LISTED * 3))
    monkeypatch.setattr("nkscreen.matching.index.REMEMBERED", 2)
    found = Index((n, *entry) for n, entry in enumerate(LISTED * 3))
    for text, schema in LISTED:
        assert found.search(text, schema) == wanted.search(text, schema)
    if kernel.AVAILABLE:
        assert bytes(found._retrieval.block) == bytes(wanted._retrieval.block)


def test_an_empty_index_and_an_empty_name_find_nothing(index):
    assert all(Index([], compiled=way).search("Kim", "Person") == [] for way in {False, kernel.AVAILABLE})
    assert index.search("...", "Person") == []


def test_a_list_update_does_not_change_a_score():
    alone = Index([(0, "Kim Jong Un", "Person")]).search("Kim Jong Uhn", "Person")
    among = _both_ways()[-1].search("Kim Jong Uhn", "Person")
    assert alone[0].comparison.score == among[0].comparison.score == compare_names(
        "Kim Jong Uhn", "Kim Jong Un", "Person"
    ).score  # fmt: skip


def test_many_names_are_searched_as_one_by_one(index):
    names = ["Kim Jong Uhn", None, "", "...", "nobody of the kind", "KIMJONGUN", "Kim Jong Uhn", "OTB"]
    one_by_one = [(row, found) for row, name in enumerate(names) for found in index.search(name or "", "Person")]
    for column in (names, tuple(names), pl.Series(names)):
        assert list(index.search_many(column, "Person")) == one_by_one
        hits = index.can_hit(column, "Person")
        assert hits.dtype == bool
        assert len(hits) == len(names)
        assert hits[sorted({row for row, _ in one_by_one})].all()
        assert not hits[[1, 2, 3, 4]].any()
