"""docs/seeds.md: every sentence of the three documents leads to a rule, list or case that exists, or to a reason."""

import csv
import re
from pathlib import Path

import pytest
import yaml

from nkscreen.rulebook import load_rulebook

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
PAGE = (ROOT / "docs" / "seeds.md").read_text(encoding="utf-8")
COLUMNS = ["#", "what it says", "facts", "used by", "not used, because"]
SHORTEST_REASON = 12

ABBREVIATIONS = r"(?<!Dr\.)(?<!No\.)(?<!U\.S\.)"
SENTENCE_END = re.compile(rf"(?:(?<=[.!?])|(?<=[.!?][)”\"])){ABBREVIATIONS}\s+(?=[A-Z“\"(\[])")


def tables():
    """The rows of each seed's table by the name of its file."""
    found = {}
    for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        name = re.search(r"`(\w+\.txt)`", section)
        lines = [line for line in section.splitlines() if line.startswith("|")]
        if name and lines:
            cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            assert cells[0] == COLUMNS
            found[name[1]] = cells[2:]
    return found


TABLES = tables()
ROWS = [(name, row) for name, rows in TABLES.items() for row in rows]


def sentences(text):
    """The sentences of a seed: paragraphs first, since headings end without a full stop."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text))
    return [part for paragraph in paragraphs if paragraph for part in SENTENCE_END.split(paragraph)]


def cases():
    """Every row of the fixtures as `file row`, and every documented case as `cases/name`."""
    expected = yaml.safe_load((ROOT / "fixtures" / "expected.yaml").read_text(encoding="utf-8"))
    rows = {f"{row['file']} {row['row']}" for row in expected["rows"]}
    return rows | {f"cases/{path.stem}" for path in (ROOT / "rules" / "cases").glob("*.yaml")}


@pytest.fixture(scope="module")
def usable():
    rulebook = load_rulebook()
    return {rule.id for rule in rulebook.rules} | set(rulebook.lists) | cases()


def test_there_is_a_table_for_each_of_the_three_documents():
    assert len(TABLES) == 3


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name[:3]}-{row[0]}" for name, row in ROWS])
def test_a_sentence_is_used_or_left_out_for_a_reason(name, row, usable):
    _, says, facts, used, reason = row
    assert says
    assert all(re.fullmatch(r"F\d{4}", fact) for fact in re.split(r", ", facts) if fact)
    named = re.findall(r"`([^`]+)`", used)
    assert [item for item in named if item not in usable] == []
    assert re.sub(r"`[^`]+`", "", used).strip(" ,") == ""
    assert named or len(reason) >= SHORTEST_REASON


@pytest.mark.parametrize("name", TABLES)
def test_sentences_are_numbered_without_a_gap(name):
    assert [row[0] for row in TABLES[name]] == [str(number + 1) for number in range(len(TABLES[name]))]


@pytest.mark.parametrize("name", TABLES)
def test_every_sentence_of_the_document_has_a_row(name):
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the documents are not here")
    assert len(sentences(path.read_text(encoding="utf-8"))) == len(TABLES[name])


def test_facts_are_those_of_the_same_document():
    path = ROOT.parent / "shared" / "knowledge" / "facts.csv"
    if not path.exists():
        pytest.skip("the facts are not here")
    with path.open(encoding="utf-8", newline="") as file:
        known = {row["fact_id"]: row["source_ref"] for row in csv.DictReader(file) if row["category"] == "seed"}
    named = {(fact, name) for name, row in ROWS for fact in row[2].split(", ") if fact}
    assert named == set(known.items())
