"""Derive the small name tables that the matcher ships from the reference tables beside the project.

Source: OpenSanctions rigour 2.6 (MIT licence), files `org_types.yml`, `symbols.yml` and `word_lists.json` of its
repository. Run: `python scripts/build_name_tables.py ../shared/data/names`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import yaml

from nkscreen.matching.names.normalise import words

OUT = Path(__file__).resolve().parents[1] / "src/nkscreen/matching/names/data"

GENERIC_FORM = "x"
"""The class of a legal form whose country and kind the source does not say."""


def legal_forms(types: list[dict[str, object]]) -> dict[str, str]:
    """Written form (normalised, space-joined) to the class it is compared by."""
    forms: dict[str, str] = {}
    for entry in types:
        kind = entry.get("generic") or entry.get("compare") or entry.get("display") or GENERIC_FORM
        aliases = entry.get("aliases") or []
        assert isinstance(aliases, list)
        for written in [entry.get("display"), entry.get("compare"), *aliases]:
            key = " ".join(words(str(written))) if written else ""
            if key and not key.isdigit() and len(key) > 1:
                forms.setdefault(key, " ".join(words(str(kind))) or GENERIC_FORM)
    return forms


def word_classes(groups: dict[str, list[object]]) -> dict[str, str]:
    """Generic organisation word to its class; a word that two classes claim goes to the first in the source."""
    found: dict[str, str] = {}
    for name, items in groups.items():
        for item in [name, *items]:
            parts = words(str(item))
            if len(parts) == 1 and len(parts[0]) > 1:
                found.setdefault(parts[0], str(name).lower())
    return found


def phrases(items: Iterable[str]) -> set[str]:
    """The normalised phrases, space-joined."""
    return {" ".join(words(item)) for item in items} - {""}


def write(name: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write one table, sorted, tab separated."""
    lines = sorted("\t".join(row) for row in rows)
    (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} rows")


def main(source: Path) -> None:
    """Build every table."""
    OUT.mkdir(parents=True, exist_ok=True)
    types = yaml.safe_load((source / "org_types.yml").read_text(encoding="utf-8"))["types"]
    symbols = yaml.safe_load((source / "symbols.yml").read_text(encoding="utf-8"))
    lists = json.loads((source / "word_lists.json").read_text(encoding="utf-8"))
    write("legal_forms.tsv", legal_forms(types).items())
    write("organisation_words.tsv", word_classes(symbols["org_symbols"]).items())
    write("honorifics.tsv", ((phrase,) for phrase in phrases(lists["person_name_prefixes"])))
    write("vessel_prefixes.tsv", ((phrase,) for phrase in phrases(lists["obj_name_prefixes"])))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
