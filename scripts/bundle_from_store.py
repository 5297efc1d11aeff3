"""Build the bundled list anew from the lists that a store has in use: `make bundled-list STORE=lists`.

Taken are the entries about North Korea of the UN's list and of OFAC's SDN list, with the dates that their snapshots
carry. A list that the store does not have stays as it is, and this is said; so do the UN's designated vessels, which it
publishes apart. The same store gives the same bytes. Statements of reasons are not copied.
"""

from __future__ import annotations

import sys
from pathlib import Path

from build_bundled_list import TARGET, bundle, notes
from nkscreen.watchlist import Snapshot, is_dprk, write_snapshot
from nkscreen.watchlist.bundled import BUNDLED
from nkscreen.watchlist.snapshot import dump_snapshot
from nkscreen.watchlist.store import Store

FILES = {
    "ofac-specially-designated-nationals-and-blocked-persons-list": ("ofac.jsonl", "OFAC SDN List (DPRK entries)"),
    "un-security-council-consolidated-list": ("un.jsonl", "UN Security Council Consolidated List (DPRK entries)"),
}
"""What a list is called in a store, the bundled file made from it, and that file's title."""

MOST_BYTES = 2_000_000
"""All bundled files together: what a package may carry for a list that is there to start with."""


def build(store: Store) -> dict[str, Snapshot]:
    """The bundled snapshots that can be made of the lists in use, by file name."""
    found = {}
    for name, kept in store.state().lists.items():
        if name in FILES:
            file, title = FILES[name]
            full = store.snapshot(kept)
            entities = tuple(
                entity.model_copy(update={"notes": notes(entity)}) for entity in full.entities if is_dprk(entity)
            )
            found[file] = bundle(
                Snapshot(
                    publisher=full.publisher,
                    title=title,
                    list_date=full.list_date,
                    sources=(*full.sources, kept.origin),
                    entities=entities,
                )
            )
    return found


def main(folder: str, target: Path = TARGET) -> None:
    """Write what can be made; nothing where it would be too large."""
    made = build(Store(folder))
    sizes = {
        name: len(dump_snapshot(made[name])) if name in made else (target / name).stat().st_size for name in BUNDLED
    }
    if sum(sizes.values()) > MOST_BYTES:
        sys.exit(f"the bundled list would have {sum(sizes.values()):,} bytes, more than {MOST_BYTES:,}")
    for name in BUNDLED:
        if name in made:
            write_snapshot(made[name], target / name)
            print(f"{name}: {len(made[name].entities)} entries of {made[name].list_date}, {sizes[name]:,} bytes")
        else:
            print(f"{name}: stays as it is; the store has no list for it")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("say which store: make bundled-list STORE=lists")
    main(sys.argv[1])
