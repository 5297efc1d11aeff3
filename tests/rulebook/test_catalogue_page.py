"""The page that maps the catalogue of red flags to rules names rules that exist, and every rule at least once."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in (ROOT / "docs/catalogue.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [A-Z]{3}-[0-9]{2} ", line)
]
RULE = re.compile(r"NK-[A-Z]{2,8}-[0-9]{3}")
FILES = {path.stem.upper() for path in (ROOT / "rules").rglob("nk-*.yaml")}


def test_the_page_has_the_sixty_red_flags_in_their_families():
    families = {}
    for row in ROWS:
        families.setdefault(row[0][:3], []).append(row[0])
    assert {family: len(ids) for family, ids in families.items()} == {
        "VSL": 14, "TXN": 7, "CRG": 13, "CPY": 7, "LAB": 6, "CRY": 3, "ITW": 4, "FIN": 6,
    }  # fmt: skip
    assert len({row[0] for row in ROWS}) == 60


def test_every_rule_named_exists_and_every_rule_is_named():
    assert set(RULE.findall(" ".join(cell for row in ROWS for cell in row))) == FILES


def test_every_red_flag_has_a_rule():
    assert [row[0] for row in ROWS if not RULE.search(row[2])] == []
