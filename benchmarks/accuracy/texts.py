"""Names found in running text: false alerts on the texts of real files, names planted into them, and what a text costs.

Real texts are those of the input files beside the project (descriptions, remittance information, addresses, unmapped
text), which name hardly anybody on a list. Run: `make bench-texts`.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date
from pathlib import Path

from nkscreen import InputError, load_watchlist, open_input
from nkscreen.formats import Quarantined
from nkscreen.matching import Matcher
from nkscreen.watchlist import Watchlist, is_dprk

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
LISTS = ("lists/un/UN_consolidated_2026-02.xml", "lists/ofac/trio_2024-01")
FOLDERS = ("edifact", "x12", "iso20022", "swift_mt", "mt940", "fedwire", "dcsa", "wco", "ubl")
DAY = date(2026, 11, 27)
LEAST = 0.5
PLANTED = 2_000


def real_texts() -> list[str]:
    """The running texts of all input files, each once."""
    found: dict[str, None] = {}
    for folder in FOLDERS:
        for path in sorted((SHARED / "inputs" / folder).iterdir()):
            try:
                with open_input(path) as source:
                    for item in source:
                        if not isinstance(item, Quarantined):
                            found.update(dict.fromkeys(text for _, text in item.texts()))
            except InputError:
                continue
    return list(found)


def planted(watchlist: Watchlist, texts: list[str]) -> list[tuple[str, str, str]]:
    """Names of DPRK entries put into real texts at a random place: key, name, text."""
    chance = random.Random(7)  # the same texts in every run
    names = [
        (f"{snapshot.publisher}:{entity.id}", name.value)
        for snapshot, entity in watchlist
        if is_dprk(entity)
        for name in entity.names
    ]
    found = []
    for key, name in chance.sample(names, min(PLANTED, len(names))):
        words = chance.choice(texts).split()[:40]
        at = chance.randint(0, len(words))
        found.append((key, name, " ".join([*words[:at], name.upper(), *words[at:]])))
    return found


def main() -> None:
    """Print the three figures."""
    if not SHARED.is_dir():
        sys.exit(f"the data beside the project is not there: {SHARED}")
    watchlist = load_watchlist(*(SHARED / name for name in LISTS))
    matcher = Matcher(watchlist)
    texts = real_texts()
    matcher.hits_in_text("text", "", DAY)
    hits = [(text, hit) for text in texts for hit in matcher.hits_in_text("text", text, DAY, LEAST)]
    started = time.perf_counter()
    for text in texts:
        matcher.hits_in_text("text", text, DAY, LEAST)
    seconds = time.perf_counter() - started
    words = sum(len(text.split()) for text in texts)
    cost = f"{1e6 * seconds / len(texts):.0f} microseconds a text, its words known"
    print(f"{len(texts):,} real texts, {words:,} words: {cost}")
    print(f"entities found in them: {len(hits)}, {1e4 * len(hits) / len(texts):.1f} per 10,000 texts")
    for text, hit in hits[:20]:
        print(f"  {hit.score:.2f} {hit.matched_name!r} in {text[:90]!r}")
    cases = planted(watchlist, texts)
    missed = [
        (name, text)
        for key, name, text in cases
        if key not in {hit.key for hit in matcher.hits_in_text("text", text, DAY, LEAST)}
    ]
    print(f"{len(cases):,} names of DPRK entries planted, {len(cases) - len(missed):,} found")
    for name, _ in missed[:15]:
        print(f"  missed {name!r}")


if __name__ == "__main__":
    main()
