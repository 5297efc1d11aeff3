"""Tables kept by hand: rows with their lines, errors with what to mend."""

import pytest

from nkscreen.csv_rows import csv_rows
from nkscreen.errors import InputError


def test_rows_come_with_their_line_and_trimmed_cells(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text('name,note,more\n A ,"two\nlines",x\nB\n', encoding="utf-8-sig")
    assert list(csv_rows(path, ("name", "note", "day"), needed=("name",))) == [
        (3, {"name": "A", "note": "two\nlines", "day": ""}),
        (4, {"name": "B", "note": "", "day": ""}),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"other\nx\n", "lacks the columns name, note"),
        (b"", "lacks the columns name, note"),
        (b"name,note\n\xff,x\n", "cannot be read as a CSV file in UTF-8"),
        (b'name,note\n"x,y\n', "cannot be read as a CSV file in UTF-8"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path, data, reason):
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=reason):
        list(csv_rows(path, ("name", "note"), needed=("name", "note")))


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        list(csv_rows(tmp_path / "none.csv", ("name",), needed=("name",)))
