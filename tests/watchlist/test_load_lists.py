"""Which reader a file needs, and what a folder of lists gives."""

import json
from pathlib import Path

import pytest
from list_samples import UN, write_ofac

from nkscreen.errors import ListError
from nkscreen.watchlist import detect, load_snapshot, load_watchlist, write_snapshot

FTM = json.dumps({"id": "NK-1", "schema": "Person", "properties": {"name": ["Hong Gil Dong"]}})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One list of each format."""
    (tmp_path / "un.xml").write_text(UN, encoding="utf-8")
    (tmp_path / "entities.json").write_text(FTM, encoding="utf-8")
    (tmp_path / "own.csv").write_text("Name,Country\nWonsan Trading,KP\n", encoding="utf-8-sig")
    write_ofac(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "reader"), [("un.xml", "un"), ("entities.json", "ftm"), ("own.csv", "plain"), ("sdn.csv", "ofac")]
)
def test_a_list_is_known_by_its_content(folder, name, reader):
    path = folder / name
    assert detect(path) == reader
    renamed = folder / "download.dat"
    renamed.write_bytes(path.read_bytes())
    assert detect(renamed) == reader


def test_a_written_snapshot_is_known(folder, tmp_path):
    path = tmp_path / "un.jsonl"
    write_snapshot(load_snapshot(folder / "un.xml"), path)
    assert detect(path) == "snapshot"
    assert load_snapshot(path).publisher == "UN"


def test_a_folder_gives_each_of_its_lists_once(folder):
    watchlist = load_watchlist(folder)
    assert [(snapshot.publisher, len(snapshot.entities)) for snapshot in watchlist.snapshots] == [
        ("FtM", 1),
        ("own", 1),
        ("OFAC", 3),
        ("UN", 2),
    ]
    assert len(watchlist) == 7


def test_files_and_folders_may_be_mixed(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "more.csv"
    other.write_text("name\nX\n")
    assert len(load_watchlist(folder, str(other))) == 8


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<!DOCTYPE html><html><body>Access denied</body></html>", "is a web page"),
        ("<html lang='en'>", "is a web page"),
        ("<otherList/>", "is XML of no known list .root <otherList>."),
        ('{"error": "not found"}', "is JSON, but neither"),
        ("[1, 2]", "is of no known list format"),
        ("\x00\x01\x02 binary", "is of no known list format"),
        ("a,b,c\n1,2,3\n", "is of no known list format"),
        ("", "is empty"),
    ],
)
def test_unknown_content_is_an_error_that_says_what_it_is(tmp_path, text, says):
    path = tmp_path / "list.xml"
    path.write_text(text)
    with pytest.raises(ListError, match=says):
        load_watchlist(path)


def test_a_companion_alone_is_an_error(folder, tmp_path_factory):
    with pytest.raises(ListError, match="only a part of an OFAC list"):
        load_snapshot(folder / "alt.csv")
    lonely = tmp_path_factory.mktemp("lonely")
    (lonely / "alt.csv").write_bytes((folder / "alt.csv").read_bytes())
    with pytest.raises(ListError, match="only a part of an OFAC list"):
        load_watchlist(lonely)


def test_a_file_in_a_folder_that_is_no_list_is_an_error(folder):
    (folder / "README.md").write_text("About these lists")
    with pytest.raises(ListError, match=r"README\.md"):
        load_watchlist(folder)


def test_an_old_and_a_new_copy_of_a_list_cannot_be_mixed(folder):
    (folder / "un_old.xml").write_text(UN.replace("2026-02-27", "2020-11-30"), encoding="utf-8")
    with pytest.raises(ListError, match=r"two lists of UN both hold the entry KPi\.999 .* keep the newer one"):
        load_watchlist(folder)


def test_no_list_is_an_error(tmp_path):
    with pytest.raises(ListError, match="no list was given"):
        load_watchlist()
    with pytest.raises(ListError, match="holds no list files"):
        load_watchlist(tmp_path)
    with pytest.raises(ListError, match="cannot be read"):
        load_watchlist(tmp_path / "absent.xml")
