"""Snapshots as files."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.errors import ListError
from nkscreen.watchlist import (
    Link,
    ListedDocument,
    ListedEntity,
    ListedName,
    Listing,
    Snapshot,
    read_snapshot,
    write_snapshot,
)
from nkscreen.watchlist.snapshot import dump_snapshot, parse_snapshot

ENTITY = ListedEntity(
    id="KPi.999",
    schema="Person",
    names=(
        ListedName(value="홍길동", kind="original_script"),
        ListedName(value="The Outlaw", kind="alias", quality="weak"),
    ),
    listings=(Listing(programme="DPRK", listed=date(2016, 11, 30), legal_basis="UNSCR 1718"),),
    birth_dates=("1960-01",),
    nationalities=("KP",),
    documents=(ListedDocument(type="Passport", number="1", country="KP"),),
    links=(Link(kind="linked to", target="X"),),
    dprk_nexus=True,
)
SNAPSHOT = Snapshot(publisher="UN", title="A list", list_date=date(2026, 2, 27), entities=(ENTITY,), bundled=True)

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
entities = st.builds(
    ListedEntity,
    id=texts,
    schema=st.sampled_from(["Person", "Vessel", "LegalEntity"]),
    names=st.lists(st.builds(ListedName, value=texts), max_size=3).map(tuple),
    listings=st.lists(st.builds(Listing, programme=texts, listed=st.none() | st.dates()), max_size=2).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
)


def test_a_snapshot_survives_the_file(tmp_path):
    path = tmp_path / "un.jsonl"
    write_snapshot(SNAPSHOT, path)
    again = read_snapshot(path)
    assert again == SNAPSHOT
    write_snapshot(SNAPSHOT, str(path))
    assert read_snapshot(str(path)) == SNAPSHOT
    assert again.sha256 == SNAPSHOT.sha256
    assert [file.name for file in tmp_path.iterdir()] == ["un.jsonl"]


@given(st.lists(entities, min_size=1, max_size=4))
def test_any_snapshot_survives_the_file(found):
    snapshot = Snapshot(publisher="P", title="T", entities=tuple(found))
    assert parse_snapshot(dump_snapshot(snapshot), "x.jsonl") == snapshot


def test_the_same_snapshot_gives_the_same_bytes():
    assert dump_snapshot(SNAPSHOT) == dump_snapshot(SNAPSHOT.model_copy())


def test_the_first_line_tells_about_the_list():
    first = dump_snapshot(SNAPSHOT).split(b"\n")[0].decode()
    assert first.startswith('{"format": "nkscreen/snapshot@1", "publisher": "UN", "title": "A list"')
    assert '"entities": 1' in first


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda data: data[:-10], "cut or changed"),
        (lambda data: data.replace(b"Outlaw", b"Inlaws"), "cut or changed"),
        (lambda data: data.split(b"\n")[0] + b"\n", "cut or changed"),
        (lambda data: data.replace(b"snapshot@1", b"snapshot@9"), "another version"),
        (lambda data: data.split(b"\n", 1)[1], "is not a snapshot"),
        (lambda data: b"[]\n" + data, "is not a snapshot"),
        (lambda data: b"", "is empty"),
    ],
)
def test_a_cut_changed_or_foreign_file_is_an_error(tmp_path: Path, change, says):
    path = tmp_path / "un.jsonl"
    path.write_bytes(change(dump_snapshot(SNAPSHOT)))
    with pytest.raises(ListError, match=says):
        read_snapshot(path)


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "un.jsonl"
    write_snapshot(SNAPSHOT, path)
    before = path.read_bytes()

    def fail(snapshot):
        raise ValueError("broken")

    monkeypatch.setattr("nkscreen.watchlist.snapshot.dump_snapshot", fail)
    with pytest.raises(ValueError, match="broken"):
        write_snapshot(SNAPSHOT, path)
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1
