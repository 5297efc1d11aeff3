"""Derives the country and MMSI tables that nkscreen ships.

    python scripts/build_countries.py TERRITORIES ISO3166 MID

TERRITORIES is `territories.jsonl` of rigour 2.6 (OpenSanctions, MIT): country names in many languages.
ISO3166 is `iso3166-1.json` of Debian iso-codes, as in pycountry 26.2 (the codes are facts of ISO 3166-1).
MID is `pyais/constants.py` of pyais 3.3 (MIT), which repeats the ITU Table of Maritime Identification Digits.

A name that two countries share is left out, and so are names known to be wrong (see WRONG). Names that are missing
are not added here but in `data/country_aliases.tsv`, which is kept by hand.
"""

from __future__ import annotations

import ast
import json
import sys
from collections import defaultdict
from pathlib import Path

from nkscreen.records.codes._text import key

DATA = Path(__file__).resolve().parents[1] / "src/nkscreen/records/codes/data"

WRONG = {
    # Kazakh and Yoruba "South Korea", filed under the North; their counterparts, filed under the South.
    "KP": {"Оңтүстік Корея", "Orílɛ́ède Guusu Kɔria", "Orílẹ́ède Guusu Kọria", "Best Korea"},  # the last is a joke
    # Bare Korea is either of the two.
    "KR": {"Солтүстік Корея", "Orílɛ́ède Ariwa Kɔria", "Orílẹ́ède Ariwa Kọria", "Korea", "Korean", "De Korea"},
}

MID_CORRECTIONS = {
    "501": "TF",  # Adélie Land, French Southern and Antarctic Lands; the source has AQ
    "608": "SH",  # Ascension Island belongs to SH in ISO 3166-1; the source has IO
    "618": "TF",  # Crozet Archipelago; the source has AQ
    "635": "TF",  # Kerguelen Islands; the source has AQ
    "740": "FK",  # Falkland Islands; the source has UK
}

KOSOVO = {"alpha_2": "XK", "alpha_3": "XKX", "numeric": "", "name": "Kosovo"}
# Not in ISO 3166-1, but in general use as a user-assigned code.

DISPLAY = {"KP": "North Korea (DPRK)", "KR": "South Korea (ROK)"}


def main(territories: Path, iso3166: Path, mid: Path) -> None:
    countries = {row["alpha_2"]: row for row in json.loads(iso3166.read_text("utf-8"))["3166-1"]}
    countries["XK"] = KOSOVO
    write_countries(countries, [json.loads(line) for line in territories.read_text("utf-8").splitlines() if line])
    write_mid(mid, countries)


def write_countries(countries: dict[str, dict[str, str]], territories: list[dict]) -> None:
    claimed: dict[str, set[str]] = defaultdict(set)
    display: dict[str, str] = {}
    for row in territories:
        code = row["code"].upper()
        if code in countries:
            display[code] = row["name"]
        elif len(code) == 2 and row.get("parent", "").upper() in countries and not row.get("is_historical"):
            code = row["parent"].upper()  # a reserved code such as AC, whose country in ISO 3166-1 is the parent's
        else:
            continue
        names = {row["name"], row["full_name"], *row["names_strong"]}
        # Three Latin letters from some language or other ("cat" for Chad, "end" for India) would be read by accident.
        names |= {name for name in row["names_weak"] if len(key(name)) > 3 or not key(name).isascii()}
        for name in names - WRONG.get(code, set()):
            claimed[key(name)].add(code)
    for code, row in countries.items():
        for field in ("name", "official_name", "common_name"):
            if field in row:
                claimed[key(row[field])].add(code)
    display |= DISPLAY

    names_of: dict[str, list[str]] = defaultdict(list)
    for name, codes in sorted(claimed.items()):
        # A name of two Latin letters is a risk, not a help: codes are read as codes.
        if len(codes) == 1 and (len(name) > 2 or not name.isascii()):
            names_of[min(codes)].append(name)
    shared = sorted(name for name, codes in claimed.items() if len(codes) > 1)
    lines = ["# Written by scripts/build_countries.py: alpha-2, alpha-3, numeric, display name, keys of all names"]
    for code, row in sorted(countries.items()):
        shown = display.get(code, row.get("common_name", row["name"]))
        lines.append("\t".join([code, row["alpha_3"], row["numeric"], shown, "|".join(names_of[code])]))
    (DATA / "countries.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(countries)} countries, {sum(map(len, names_of.values()))} names; left out as shared: {shared}")


def write_mid(source: Path, countries: dict[str, dict[str, str]]) -> None:
    tree = ast.parse(source.read_text("utf-8"))
    table = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COUNTRY_MAPPING"
    )
    digits = {str(mid): code for mid, (code, _) in table.items()} | MID_CORRECTIONS
    unknown = {code for code in digits.values() if code not in countries}
    if unknown:
        sys.exit(f"no ISO 3166-1 country: {sorted(unknown)}")
    of_country: dict[str, list[str]] = defaultdict(list)
    for mid, code in sorted(digits.items()):
        of_country[code].append(mid)
    lines = ["# Written by scripts/build_countries.py: alpha-2, maritime identification digits"]
    lines += [f"{code}\t{' '.join(mids)}" for code, mids in sorted(of_country.items())]
    (DATA / "mid.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(digits)} maritime identification digits")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
