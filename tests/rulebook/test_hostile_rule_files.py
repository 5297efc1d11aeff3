"""Files made to hurt: one clear error each, in under a second of work, and nothing of them is ever run."""

import gc
import sys
import time
from contextlib import contextmanager

import pytest
from small_pack import LIST, RULE, changed, write_pack

from nkscreen.errors import RuleError
from nkscreen.rulebook import load_rulebook

LIMIT_S = 1.0
TOO_LONG = "an expression may have 4000 characters"


def condition(text):
    return changed(RULE, "if: origin_country == 'KP'", f"if: {text}")


def conditions(count):
    more = "".join(f"  c{number}:\n    if: remarks == 'x'\n    says: x\n" for number in range(count))
    return changed(RULE, "conditions:\n", f"conditions:\n{more}")


HOSTILE = {
    "ten megabytes": ("# " + "x" * 10_000_000 + "\n" + RULE, "at most 1,000,000 are read"),
    "not text": (RULE + "\x00", "not YAML"),
    "deep brackets": (RULE + "x: " + "[" * 400_000, "exceeded maximum nesting depth"),
    "deep mappings": (RULE + "x: " + "{a: " * 100_000, "nested over 20 levels"),
    "deep indentation": (RULE + "".join(f"{' ' * level}a:\n" for level in range(900)), "nested over 20 levels"),
    "a key twice": (RULE + "id: NK-SHIP-902\n", "duplicate key 'id'"),
    "an anchor": (changed(RULE, "title: Coal", "title: &x Coal"), "anchors and aliases"),
    "an alias bomb": (RULE + "x: &a [l, l]\ny: &b [*a, *a]\nz: [*b, *b]\n", "anchors and aliases"),
    "a tag": (changed(RULE, "title: Coal", "title: !!python/object/apply:os.system [true]\nx: Coal"), "the tag"),
    "a long tag": (condition("!" * 50_000 + "a"), "the tag"),
    "a merge key": (RULE + "<<: {a: b}\n", "merge keys are not allowed"),
    "an unknown key": (RULE + "hook: rm -rf /\n", "unknown key 'hook'"),
    "many unknown keys": (RULE + "".join(f"k{number}: 1\n" for number in range(50_000)), "500 keys side by side"),
    "many conditions": (conditions(17_000), "500 keys side by side"),
    "sixty-one conditions": (conditions(57), "at most 60 items"),
    "many tests": (RULE + "  - {name: x}\n" * 60_000, "a list may have 10,000 items"),
    "an import": (condition("__import__('os').system('true')"), "unknown function"),
    "a dunder field": (condition("origin_country.__class__ == 'KP'"), "has no fields"),
    "a lambda": (condition("(lambda x, y)"), "expected ')'"),
    "a huge version": (changed(RULE, "version: 1", f"version: {'9' * 100_000}"), "exceeded maximum size"),
    "a huge weight": (changed(RULE, "weight: 20", f"weight: {'9' * 100_000}"), "less than or equal to 100"),
    "a huge number": (condition(f"{'9' * 3_000} == 1"), "this number is too large to be exact"),
    "deep parentheses": (condition("(" * 1_500 + "a"), "nested over 40 levels"),
    "a wide chain": (condition(" || ".join(["origin_country == 'KP'"] * 20_000)), TOO_LONG),
    "a long text": (condition(f"remarks == '{'x' * 400_000}'"), TOO_LONG),
    "many braces": (changed(RULE, '"origin {origin_country}"', '"' + "{" * 400_000 + '"'), "at most 5000 characters"),
    "a day that is none": (changed(RULE, "from: 2017-08-05", "from: 9999-99-99"), "month value is outside"),
}


@contextmanager
def untraced():
    """Processor time since the start, without what measuring coverage adds, and without the garbage collector's way
    through all that the tests before left in memory: the bound is the library's own."""
    tracer = sys.gettrace()
    sys.settrace(None)
    gc.collect()
    gc.freeze()
    started = time.process_time()
    try:
        yield lambda: time.process_time() - started
    finally:
        gc.unfreeze()
        sys.settrace(tracer)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_rule_is_refused_at_once_and_clearly(tmp_path, name):
    text, message = HOSTILE[name]
    folder = write_pack(tmp_path, rule=text)
    with pytest.raises(RuleError) as caught, untraced() as clock:
        load_rulebook(folder)
    took = clock()
    told = [problem for problem in caught.value.problems if problem.file == "rules/trade/nk-ship-901.yaml"]
    assert message in told[0].message
    assert len(told) == 1
    assert len(str(told[0])) < 600
    assert took < LIMIT_S


def test_a_list_of_ten_megabytes_and_one_of_many_items(tmp_path):
    items = ", ".join(f'"{number:06d}"' for number in range(90_000))
    for name, text in (("a", "x" * 10_000_000), ("b", changed(LIST, '"2701"', f'"2701", {items}'))):
        folder = write_pack(tmp_path / name, rule_list=text)
        with pytest.raises(RuleError), untraced() as clock:
            load_rulebook(folder)
        assert clock() < LIMIT_S
