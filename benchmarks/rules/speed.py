"""Thirty rules over shipments: closure and columns, beside hand-written Python and Google's CEL runtime, in one run.

The peers that need a rule written again (by hand) are asked three rules of the pack, and so is everything else beside
them. As in screening, views are asked when they have just been made, some hundred at a time, and only the asking is
timed; one line shows what it costs when all views were made long before and come back from memory. The corpus is a
frame. Processor time, one core (polars is given one thread). Each figure is the best of three rounds after a first one,
whose time is printed too: in it texts are seen for the first time. Run: `make bench-rules`.
"""

from __future__ import annotations

import os

os.environ["POLARS_MAX_THREADS"] = "1"  # before polars is loaded

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl
from by_hand import IDS, by_hand
from thirty import thirty_rules
from traffic import shipments

from nkscreen.records import Shipment
from nkscreen.rulebook import load_rulebook, record_type, view
from nkscreen.rulebook.backtest import backtest
from nkscreen.rulebook.corpus import Corpus, frame_of
from nkscreen.rulebook.language import Node, compile_questions, substitute

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "rulebook"))

RECORDS = 25_000
REPEATED = 4  # the corpus has each record so often: 100,000 rows
CEL_RECORDS = 300
BLOCK = 200
AS_OF = date(2026, 11, 21)


def timed(run: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of the first round, and of the best of three more."""
    rounds = []
    for _ in range(4):
        start = time.process_time()
        run()
        rounds.append(time.process_time() - start)
    return rounds[0], min(rounds[1:])


def fresh(
    ask: Callable[[dict[str, Any]], Any], blocks: Callable[[], Iterator[list[dict[str, Any]]]]
) -> tuple[float, float]:
    """Like `timed`, of asking records whose views have just been made."""
    rounds = []
    for _ in range(4):
        used = 0.0
        for views in blocks():
            start = time.process_time()
            for shown in views:
                ask(shown)
            used += time.process_time() - start
        rounds.append(used)
    return rounds[0], min(rounds[1:])


def line(name: str, number: int, seconds: tuple[float, float], beside: float | None = None) -> float:
    """Print records a second, and the ratio to another engine's; give the former."""
    speed = number / seconds[1]
    ratio = f"{speed / beside:8.2f} x by hand" if beside else ""
    print(f"  {name:<34}{speed:12,.0f} records/s   first round {number / seconds[0]:10,.0f} {ratio}")
    return speed


def match_of(rule: Any) -> Node:
    """The rule's match over the record, exemptions included."""
    return substitute(rule.match, {name: condition.tree for name, condition in rule.conditions.items()})


def described_anew(shown: dict[str, Any], number: int) -> dict[str, Any]:
    """The view with descriptions that no other record has."""
    for goods in shown["goods"] or ():
        goods["description"] = goods["description"] and f"{goods['description']} LOT {number}"
    return shown


def main() -> None:
    """Time everything and print it."""
    kind = record_type(Shipment)
    start = time.process_time()
    records = shipments(RECORDS)
    read = time.process_time()
    views = [view(*record) for record in records]
    seen = time.process_time()
    frame = frame_of(views, kind)
    framed = time.process_time()
    speeds = [RECORDS / seconds for seconds in (read - start, seen - read, framed - seen)]
    print(f"{RECORDS:,} shipments a second: models {speeds[0]:,.0f}, views {speeds[1]:,.0f}, frame {speeds[2]:,.0f}")
    print(f"asked below: the views, and the frame {REPEATED} times over")
    corpus = Corpus("shipment", pl.concat([frame] * REPEATED, rechunk=True))

    def blocks() -> Iterator[list[dict[str, Any]]]:
        return ([view(*record) for record in records[at : at + BLOCK]] for at in range(0, RECORDS, BLOCK))

    rules = thirty_rules()
    asked = [(rule.whole, rule.file.unknown != "review") for rule in rules]

    print(f"{len(rules)} rules")
    ask = compile_questions(asked)
    line("closure, as the screener asks", RECORDS, fresh(ask, blocks))
    line("  all views made before", RECORDS, timed(lambda: [ask(shown) for shown in views]))
    ask = compile_questions(asked)
    numbers = count()
    anew = fresh(ask, lambda: ([described_anew(shown, next(numbers)) for shown in block] for block in blocks()))
    line("  every description another one", RECORDS, anew)
    line("columns, back-test with scores", len(corpus), timed(lambda: backtest(rules, corpus, AS_OF)))

    rulebook = load_rulebook()
    three = [rule for rule in rulebook.rules if rule.id in IDS]
    hand = [by_hand(rulebook)[rule.id] for rule in three]
    definitely = [(match_of(rule), True) for rule in three]
    print(f"three of them: {', '.join(IDS)}")
    closure = compile_questions(definitely)
    wrong = [shown["id"] for shown in views if closure(shown) != tuple(rule(shown) for rule in hand)]
    if wrong:
        sys.exit(f"by hand and closure differ on {len(wrong)} records, first {wrong[0]}")
    base = line("by hand", RECORDS, fresh(lambda shown: [rule(shown) for rule in hand], blocks))
    line("closure", RECORDS, fresh(closure, blocks), base)
    line("columns, back-test with scores", len(corpus), timed(lambda: backtest(three, corpus, AS_OF)), base)
    try:
        from cel_oracle import Cel, given  # noqa: PLC0415  only where it has wheels
    except ImportError:
        print("  cel-expr-python is not installed")
        return
    cel = [Cel(match_of(rule), kind) for rule in three]
    data = [given(shown, kind) for shown in views[:CEL_RECORDS]]
    line("cel-expr-python", CEL_RECORDS, timed(lambda: [[one.outcome(shown) for one in cel] for shown in data]), base)


if __name__ == "__main__":
    main()
