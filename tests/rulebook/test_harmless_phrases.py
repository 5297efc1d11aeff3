"""Words that count only outside harmless phrases."""

import pytest

from nkscreen.rulebook.language import FUNCTIONS, prepared

FUNCTION = FUNCTIONS["any_word_but"]
DRINKS = prepared("any_word_but", ("wine", "白酒"))
HARMLESS = prepared("any_word_but", ("wine glass", "wine glass rack", "白酒杯"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("WINE", True),
        ("Wine glasses", False),
        ("wine glass, wine glass; wine glasses", False),
        ("wine glasses and wine", True),
        ("wine and wine glasses", True),
        ("wine glass racks", False),
        ("白酒杯", False),
        ("白酒杯, 白酒", True),
        ("furniture", False),
        ("", False),
    ],
)
def test_a_word_counts_only_outside_the_harmless_phrases(text, found):
    assert FUNCTION.call(text, DRINKS, HARMLESS) is found
