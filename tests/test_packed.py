"""Archives and compressed files: read where they lie, bounded, and refused when anything about them is odd."""

import gzip
import io
import tarfile
import warnings
import zipfile

import pytest

from nkscreen import packed
from nkscreen.errors import InputError
from nkscreen.formats import files_of, open_input

TABLE = "SHIPPER NAME,CONSIGNEE NAME\nWonsan Trading,Blue Heron\n"


def archive(path, files, *, compression=zipfile.ZIP_DEFLATED):
    with warnings.catch_warnings():  # names given twice
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(path, "w", compression) as opened:
            for name, data in files:
                opened.writestr(name, data)
    return path


def shippers(file):
    with open_input(file) as source:
        return [record.shipper.name for record in source]


def test_files_of_an_archive_are_read_where_they_lie(tmp_path):
    path = archive(
        tmp_path / "manifests.zip",
        [("may/b.csv", TABLE), ("a.csv", TABLE.replace("Wonsan", "Hamhung")), ("notes.pdf", b"%PDF"),
         ("c.csv.gz", gzip.compress(TABLE.encode())), ("__MACOSX/._a.csv", b"x"), ("inner.zip", b"PK\x03\x04"),
         ("m.xml", "<MetaData/>")],
    )  # fmt: skip
    chosen = files_of(path)
    assert [file.name for file in chosen.files] == ["a.csv", "c.csv.gz", "m.xml", "may/b.csv"]
    assert [(name.partition("!")[2], reason[:10]) for name, reason in chosen.passed] == [
        ("__MACOSX/._a.csv", "made by a "), ("inner.zip", "an archive"), ("notes.pdf", "no format "),
    ]  # fmt: skip
    a, c, _, b = chosen.files
    assert (shippers(a), shippers(b), shippers(c)) == (["Hamhung Trading"], ["Wonsan Trading"], ["Wonsan Trading"])
    with open_input(b) as source:
        record = next(source)
        assert str(record.source) == f"{path}!may/b.csv, row 2"
    assert list(tmp_path.iterdir()) == [path]


def test_workbooks_are_no_archives_and_can_lie_in_one(tmp_path, fixtures):
    book = next(fixtures.rglob("*.xlsx"))
    assert not packed.is_archive(book)
    path = archive(tmp_path / "books.zip", [("book.xlsx", book.read_bytes())])
    (member,) = files_of(path).files
    with open_input(member) as packed_book, open_input(book) as plain:
        assert [str(r.id) for r in packed_book] == [str(r.id) for r in plain]


def test_a_compressed_file_is_read_as_what_it_holds(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(TABLE.encode()))
    with open_input(path) as source:
        assert source.format == "CSV, UTF-8, comma, gzip"
        assert [record.shipper.name for record in source] == ["Wonsan Trading"]
    with open_input("-", stdin=io.BytesIO(gzip.compress(TABLE.encode()))) as source:
        assert [record.shipper.name for record in source] == ["Wonsan Trading"]


def test_a_folder_gives_the_files_of_its_archives_and_those_that_a_format_knows(tmp_path):
    archive(tmp_path / "m.zip", [("a.csv", TABLE)])
    (tmp_path / "b.dat").write_text("UNB+UNOC:3+A+B+260101:1200+1'")
    (tmp_path / "c.xml").write_text("<none/>")
    (tmp_path / "d.docx").write_bytes(b"PK\x03\x04rest")
    chosen = files_of(tmp_path)
    assert [str(file)[len(str(tmp_path)) + 1 :] for file in chosen.files] == ["b.dat", "m.zip!a.csv"]
    assert [name[len(str(tmp_path)) + 1 :] for name, _ in chosen.passed] == ["c.xml", "d.docx"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../a.csv", "the name leads out of the archive"),
        ("x/../../a.csv", "the name leads out of the archive"),
        ("/etc/passwd", "the name leads out of the archive"),
        ("C:\\a.csv", "the name leads out of the archive"),
        ("..\\a.csv", "the name leads out of the archive"),
        ("same.csv", "the name is given twice"),
    ],
)
def test_names_that_lead_elsewhere_or_stand_twice_are_refused(tmp_path, name, reason):
    path = archive(tmp_path / "m.zip", [("same.csv", TABLE), (name, TABLE)])
    with pytest.raises(InputError, match=reason):
        files_of(path)


def test_links_and_locked_files_are_refused(tmp_path):
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    with pytest.raises(InputError, match="it is a link and no file"):
        files_of(archive(tmp_path / "l.zip", [(link, "/etc/passwd")]))
    path = archive(tmp_path / "m.zip", [("a.csv", TABLE)])
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="it is locked by a password"):
        files_of(path)


def test_bombs_are_refused_before_they_fill_anything(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "SPARED", 1_000_000)
    zeros = b"0" * 40_000_000
    with pytest.raises(InputError, match="unpacks to 40,000,000 bytes or more"):
        files_of(archive(tmp_path / "m.zip", [("a.csv", zeros)]))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(zeros))
    with (
        pytest.raises(InputError, match="unpacks to far more than its size"),
        open_input(tmp_path / "a.csv.gz") as source,
    ):
        list(source)
    monkeypatch.setattr(packed, "MAX_MEMBERS", 2)
    with pytest.raises(InputError, match="holds 3 files; at most 2"):
        files_of(archive(tmp_path / "n.zip", [(f"{number}.csv", TABLE) for number in range(3)]))


def test_a_size_that_lies_is_damage(tmp_path):
    path = archive(tmp_path / "m.zip", [("a.csv", TABLE * 1000)])
    data = bytearray(path.read_bytes())
    for at, offset in ((data.index(b"PK\x03\x04"), 22), (data.rindex(b"PK\x01\x02"), 24)):
        data[at + offset : at + offset + 4] = (500).to_bytes(4, "little")
    path.write_bytes(data)
    (member,) = files_of(path).files
    with pytest.raises(InputError, match="damaged"), open_input(member) as source:
        list(source)


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_damaged_archives_and_compressed_files_say_so(tmp_path, cut):
    path = archive(tmp_path / "m.zip", [("a.csv", TABLE * 100)])
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(InputError, match=r"damaged|broken|cannot be read|no workbook"), open_input(path) as source:
        list(source)
    packed_file = tmp_path / "b.csv.gz"
    packed_file.write_bytes(gzip.compress(TABLE.encode() * 5000)[:-cut])
    with pytest.raises(InputError, match=r"damaged|broke off"), open_input(packed_file) as source:
        list(source)


def test_tar_archives_and_plain_archives_are_named_with_what_to_do(tmp_path):
    inside = io.BytesIO()
    with tarfile.open(fileobj=inside, mode="w:gz") as tar:
        tar.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    (tmp_path / "a.tar.gz").write_bytes(inside.getvalue())
    with pytest.raises(InputError, match="is a tar archive; unpack it"):
        open_input(tmp_path / "a.tar.gz")
    with pytest.raises(InputError, match="a ZIP archive; `files_of` gives the files in it"):
        open_input(archive(tmp_path / "m.zip", [("a.csv", TABLE)]))
