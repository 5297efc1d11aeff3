"""Strict YAML: text stays text, and every error has its place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.errors import RuleError
from nkscreen.rulebook.yaml_file import MAX_BYTES, parse_yaml, read_yaml


def problem(text):
    with pytest.raises(RuleError) as caught:
        parse_yaml(text, "x.yaml")
    (found,) = caught.value.problems
    return found


def test_no_scalar_is_typed():
    value = parse_yaml("a: [NO, 0302, 030617, 270112, 12:30, null, ~, 2017-12-22, 1e3]", "x.yaml").value
    assert value["a"] == ["NO", "0302", "030617", "270112", "12:30", "null", "~", "2017-12-22", "1e3"]


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate key 'a'", 3, 1),
        ("a: &x 1\n", "anchors and aliases", 1, 4),
        ("a: !!python/name:os.system x\n", "the tag", 1, 4),
        ("<<: {a: 1}\n", "merge keys are not allowed", 1, 1),
        ("a: 1\n---\nb: 2\n", "the file holds a second document", 2, 1),
        ("- a\n", "the file must hold keys and values", 1, 1),
        ("a: [1\n", "not YAML: ", 2, 1),
        ("? [a]\n: 1\n", "a key must be plain text", 1, 3),
        ("a: " + "[" * 30 + "]" * 30, "nested over 20 levels", 1, 24),
    ],
)
def test_refused_with_its_place(text, message, line, column):
    found = problem(text)
    assert found.message.startswith(message)
    assert (found.file, found.line, found.column) == ("x.yaml", line, column)


def test_an_empty_file_and_control_characters_are_refused():
    assert problem("").message == "the file is empty"
    assert problem("a: \x00").message.startswith("not YAML")


def test_a_file_that_is_too_large_or_not_utf8_is_refused(tmp_path):
    large, latin = tmp_path / "large.yaml", tmp_path / "latin.yaml"
    large.write_bytes(b"a: " + b"x" * MAX_BYTES)
    latin.write_bytes(b"a: caf\xe9\n")
    with pytest.raises(RuleError, match="at most 1,000,000 are read"):
        read_yaml(large, "large.yaml")
    with pytest.raises(RuleError, match="not UTF-8 at byte 6"):
        read_yaml(latin, "latin.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "k: a && BAD",
        "k:   'a && BAD'",
        'k: "a && BAD"',
        "k: >\n  a &&\n  BAD\n",
        "k: |-  # why\n    a &&\n\n    BAD\nother: BAD\n",
        "k: a &&\n  BAD\n",
        "k: 'it''s a && BAD'",
        'k: "\\"a\\" && BAD"',
        "k: {x: 1}\nz: BAD",
    ],
)
def test_a_place_inside_a_scalar_is_found_whatever_its_quoting(text):
    source = parse_yaml(text, "x.yaml")
    key = "z" if isinstance(source.value["k"], dict) else "k"
    found = source.problem("wrong", (key,), source.value[key].index("BAD"))
    assert text.split("\n")[found.line - 1][found.column - 1 :].startswith("BAD")
    line, mark = found.excerpt.split("\n")
    assert line[mark.index("^") :].startswith("BAD")


def test_a_problem_of_a_path_that_the_file_lacks_stands_at_the_nearest_one_above():
    source = parse_yaml("a:\n  b: 1\n", "x.yaml")
    found = source.problem("missing", ("a", "c", 3))
    assert (found.line, found.column, found.field) == (2, 3, "a.c.3")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with suppress(RuleError):
        assert isinstance(parse_yaml(text, "x.yaml").value, dict)
