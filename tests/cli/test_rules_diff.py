"""`nkscreen rules diff`: the files, the records, the versions, the exit codes."""

import json
import shutil
from pathlib import Path

import pytest

from nkscreen.cli.recorded import Part, cut
from nkscreen.rulebook.corpus import Corpus

ROOT = Path(__file__).resolve().parents[2]
SHIP = {"kind": "vessel", "date": "2019-05-02", "name": "EASTERN SPARROW", "flag": "KP", "mmsi": "440123456"}
DAY = ("--as-of", "2026-06-01")


@pytest.fixture
def old(tmp_path):
    """The ship rule of the library as a pack of its own, in version 1.0.0."""
    folder = tmp_path / "old"
    for name in ("vessel/nk-vsl-001.yaml", "fixtures/vessel_base.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "rules" / name, folder / name)
    (folder / "pack.yaml").write_text("schema: nkscreen/pack@1\nname: ships\nversion: 1.0.0\n")
    return folder


@pytest.fixture
def new(old, tmp_path):
    """Another version: Russia's flag counts as well, and the pack is raised as that asks."""
    folder = shutil.copytree(old, tmp_path / "new")
    edit(folder, "vessel/nk-vsl-001.yaml", ("flag == 'KP'", "flag in ['KP', 'RU']"))
    edit(folder, "pack.yaml", ("1.0.0", "1.1.0"))
    return folder


def edit(folder, name, *changes):
    text = (folder / name).read_text(encoding="utf-8")
    for was, now in changes:
        assert was in text, was
        text = text.replace(was, now, 1)
    (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "records.jsonl"
    flags = ("KP", "RU", "PA", "RU", "SG")
    lines = [json.dumps({**SHIP, "id": f"V{number}", "flag": flags[number % 5]}) for number in range(50)]
    path.write_text("\n".join([*lines, "{broken"]) + "\n", encoding="utf-8")
    return path


def test_the_same_rules_do_not_differ(nk, old, corpus):
    code, out, _ = nk("rules", "diff", old, old, "--over", corpus, *DAY)
    assert (code, "Nothing differs." in out) == (0, True)


def test_changes_are_shown_before_and_after_with_their_effect(nk, old, new):
    code, out, _ = nk("rules", "diff", old, new)
    assert code == 0
    assert "NK-VSL-001 conditions.dprk_flag.if  (alerts may be added or rise)" in out
    assert "  - has(flag) && flag == 'KP'" in out
    assert "  + has(flag) && flag in ['KP', 'RU']" in out
    assert "This is a minor change: B must be at least 1.1.0, and is 1.1.0" in out


def test_over_records_the_alerts_are_counted_with_the_condition_that_flipped(nk, old, new, corpus):
    code, out, _ = nk("rules", "diff", old, new, "--over", corpus, *DAY, "--examples", "1")
    assert code == 0
    assert "Over 50 records; rules that decide otherwise: 1" in out
    assert "1 rows were not read" in out
    assert "NK-VSL-001 added: 20  (dprk_flag false -> true)" in out
    assert "V1 (" in out
    assert "row 2): no match -> 80 points" in out
    assert "A dprk_flag: false, flag = RU" in out


def test_json_holds_everything(nk, old, new, corpus):
    code, out, _ = nk("rules", "diff", old, new, "--over", corpus, *DAY, "--json")
    data = json.loads(out)
    assert (code, data["bump"], data["least_version"], data["raised_enough"]) == (0, "minor", "1.1.0", True)
    (change,) = data["changes"]
    assert (change["id"], change["part"], change["effect"]) == ("NK-VSL-001", "conditions.dprk_flag.if", "more")
    over = data["over"]
    assert (over["records"], over["unread"], over["matches"]) == (50, 1, {"NK-VSL-001": {"a": 10, "b": 30}})
    assert over["totals"] | {"added": 0} == dict.fromkeys(over["totals"], 0)
    (difference,) = over["differences"]
    assert difference["flips"] == [{"condition": "dprk_flag", "a": "false", "b": "true"}]
    assert [example["id"] for example in difference["examples"]] == ["V1", "V3", "V6", "V8", "V11"]
    assert (difference["examples"][0]["a"]["match"], difference["examples"][0]["b"]["score"]) == ("false", 80)


def test_a_version_that_is_too_low_fails(nk, old, new):
    edit(new, "pack.yaml", ("1.1.0", "1.0.1"))
    code, out, _ = nk("rules", "diff", old, new)
    assert code == 1
    assert "B must be at least 1.1.0, and is 1.0.1; raise version in its pack.yaml" in out


def test_the_other_way_round_alerts_are_lost_and_that_is_a_major_change(nk, old, new, corpus):
    code, out, _ = nk("rules", "diff", new, old, "--over", corpus, *DAY, "--json")
    data = json.loads(out)
    assert (code, data["bump"], data["over"]["totals"]["removed"]) == (1, "major", 20)


@pytest.mark.parametrize(("level", "code"), [("patch", 1), ("minor", 1), ("major", 0)])
def test_fail_on_gives_ci_its_exit_code(nk, old, new, level, code):
    assert nk("rules", "diff", old, new, "--fail-on", level)[0] == code


def test_packs_are_compared_like_folders(nk, old, new, tmp_path):
    nk("rules", "lock", "--rules", old)
    nk("rules", "keygen", tmp_path / "k")
    nk("rules", "pack", tmp_path / "old.zip", "--rules", old, "--sign", tmp_path / "k.key")
    assert "conditions.dprk_flag.if" in nk("rules", "diff", tmp_path / "old.zip", new)[1]
    code, _, err = nk("rules", "diff", tmp_path / "old.zip", new, "--key", tmp_path / "k.pub")
    assert (code, "a folder carries no signature" in err) == (2, True)


def test_a_file_without_a_record_is_an_error(nk, old, new, tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("{}\n")
    code, _, err = nk("rules", "diff", old, new, "--over", empty, *DAY)
    assert (code, "no record could be read" in err) == (2, True)


def test_parts_cover_the_file_and_know_their_rows(corpus):
    parts = list(cut(corpus, part_bytes=700))
    assert len(parts) > 5
    rows = []
    for part in parts:
        with part.open() as source:
            rows += [item.source.row for item in source]
    assert rows == list(range(1, 52))
    assert list(cut(corpus)) == [Part(corpus)]


def test_several_processes_find_the_same(nk, old, new, corpus, monkeypatch):
    one = nk("rules", "diff", old, new, "--over", corpus, *DAY, "--json", "--jobs", "1")[1]
    monkeypatch.setattr("nkscreen.cli.recorded.cut", lambda file: cut(file, 700))
    assert nk("rules", "diff", old, new, "--over", corpus, *DAY, "--json", "--jobs", "2")[1] == one


def test_the_made_up_corpus_is_the_same_every_time():
    import sys

    sys.path.insert(0, str(ROOT / "benchmarks/throughput"))
    try:
        from recorded_corpus import records
    finally:
        sys.path.pop(0)
    from nkscreen.records import KINDS

    first, second = list(records(300)), list(records(300))
    assert first == second
    for record in first:
        given = dict(record)
        assert KINDS[given.pop("kind")].read(given).id == record["id"]


@pytest.fixture
def parquet(nk, corpus, tmp_path):
    assert nk("rules", "corpus", corpus, "--out", tmp_path / "kept", *DAY)[0] == 0
    return tmp_path / "kept" / "vessel.parquet"


def test_a_corpus_gives_the_same_difference_as_the_file_it_was_made_from(nk, old, new, corpus, parquet):
    from_lines, from_table = (
        json.loads(nk("rules", "diff", old, new, "--over", file, *DAY, "--json")[1])["over"]
        for file in (corpus, parquet)
    )
    for difference in (*from_lines["differences"], *from_table["differences"]):
        for number, example in enumerate(difference["examples"]):
            difference["examples"][number] = {**example, "source": ""}
    assert from_table == {**from_lines, "unread": 0}  # the broken row was left out when the corpus was made


def test_a_corpus_is_one_file_for_each_kind_and_names_what_it_leaves_out(nk, corpus, tmp_path):
    other = tmp_path / "payments.jsonl"
    other.write_text('{"kind": "payment", "id": "P1", "creditor": {"name": "Wren"}}\n', encoding="utf-8")
    code, out, _ = nk("rules", "corpus", corpus, other, "--out", tmp_path / "c", *DAY)
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == ["payment.parquet", "vessel.parquet"]
    assert "vessel.parquet: 50 records" in out
    assert "row 51: " in out
    assert "1 rows were not read and are in no corpus" in out


def test_a_corpus_keeps_the_list_hits(nk, tmp_path):
    ship = tmp_path / "ship.jsonl"
    ship.write_text(json.dumps({**SHIP, "id": "V1", "name": "CHONG CHON GANG", "imo_number": "7937317"}), "utf-8")
    nk("rules", "corpus", ship, "--out", tmp_path, *DAY)
    (hit, *_) = Corpus.read_parquet(tmp_path / "vessel.parquet").view(0)["hits"]
    assert (hit["identifier"], hit["dprk"]) == ("imo", True)


def test_a_corpus_needs_a_record_and_a_place(nk, corpus, tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("{}\n")
    code, _, err = nk("rules", "corpus", empty, "--out", tmp_path / "c", *DAY)
    assert (code, "no record could be read" in err) == (2, True)
    code, _, err = nk("rules", "corpus", corpus, "--out", empty, *DAY)
    assert (code, "cannot be written" in err) == (2, True)
    code, _, err = nk("rules", "corpus", corpus, "--out", tmp_path, "--kind", "ship")
    assert (code, "--kind 'ship' is not known" in err) == (2, True)


def test_a_table_that_is_no_corpus_is_an_error(nk, old, new, tmp_path):
    wrong = tmp_path / "wrong.parquet"
    wrong.write_bytes(b"PAR1")
    code, _, err = nk("rules", "diff", old, new, "--over", wrong, *DAY)
    assert (code, "cannot be read as Parquet" in err) == (2, True)
