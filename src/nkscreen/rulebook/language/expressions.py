"""The back end for columns, its inner half: a condition without quantifiers as one polars expression.

Names in the tree are names of columns (see `columns`, which handles quantifiers). Null is unknown: polars' `&` and `|`
are Kleene's, and every other operator here gives null for null. Python's numbers are reproduced exactly: a NaN that
arithmetic made compares as in Python, and integers that may leave 64 bits (or, beside a double, 53) are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import polars as pl

from nkscreen.rulebook.language.functions import FUNCTIONS, prepared
from nkscreen.rulebook.language.interpreter import OPERATORS
from nkscreen.rulebook.language.phrases import Phrases
from nkscreen.rulebook.language.tree import Binary, Call, Items, Literal, Name, Node, Unary, walk

WORDS_SUFFIX: Final = "#words"
"""Added to the name of a text column for the column of its texts as `phrases.words` spells them."""

_EXACT_BITS: Final = 53  # integers that a double holds
_WIDEST_BITS: Final = 62  # integers whose sum still fits into 64 bits
_FIELD_BITS: Final = 53  # the vocabulary shows no larger integer
_COUNT_BITS: Final = 32  # lengths of lists, days between dates


class NotVectorisedError(Exception):
    """There is no expression that is sure to agree with Python; ask the closure row by row."""


class Translator:
    """Trees to expressions over columns of these types; `words` are the text columns that come with their words.

    Lists of words are looked for once, however many expressions ask: the columns of `found`, then those of `left`, must
    be added to the frame before the expressions are asked. They are called by the identity of `lists`.
    """

    def __init__(self, types: Mapping[str, pl.DataType], words: frozenset[str] = frozenset()) -> None:
        self.types, self.words = types, words
        self.found: dict[str, pl.Expr] = {}
        self.left: dict[str, pl.Expr] = {}
        self.lists: list[Phrases] = []

    def condition(self, node: Node) -> pl.Expr:  # noqa: PLR0911  one return a kind of node
        """A Boolean expression: true, false, or null for unknown.

        Raises:
            NotVectorisedError: for a function without an expression, and for integers too wide to be exact.
        """
        match node:
            case Literal():
                return pl.lit(node.value, dtype=pl.Boolean)
            case Name():
                return pl.col(node.name)
            case Unary():
                return ~self.condition(node.operand)
            case Call() if node.function == "has":
                return self.value(node.arguments[0])[0].is_not_null()
            case Call():
                return self.call(node)
            case Binary() if node.operator == "&&":
                return self.condition(node.left) & self.condition(node.right)
            case Binary() if node.operator == "||":
                return self.condition(node.left) | self.condition(node.right)
            case Binary() if node.operator == "in":
                return self.membership(node)
            case Binary():
                return self.comparison(node)
        raise AssertionError(f"{node} is no condition without quantifiers")

    def value(self, node: Node) -> tuple[pl.Expr, int | None]:
        """The expression of a value, and how many bits its integers may need; None when they are no integers."""
        match node:
            case Literal():
                bits = node.value.bit_length() if type(node.value) is int else None
                return pl.lit(node.value), bits
            case Name():
                return pl.col(node.name), _FIELD_BITS if self.types[node.name].is_integer() else None
            case Unary():
                inner, bits = self.value(node.operand)
                return -inner, bits
            case Binary():
                return self.arithmetic(node)
            case Call() if node.function in VALUES:
                return VALUES[node.function](*[self.value(argument)[0] for argument in node.arguments]), _COUNT_BITS
        raise NotVectorisedError(f"{node} has no expression")

    def arithmetic(self, node: Binary) -> tuple[pl.Expr, int | None]:
        (left, wide), (right, broad) = self.value(node.left), self.value(node.right)
        if node.operator == "/":
            if max(wide or 0, broad or 0) > _EXACT_BITS:
                raise NotVectorisedError("Python divides wide integers exactly")
            divisor = right.cast(pl.Float64)
            return left.cast(pl.Float64) / pl.when(divisor != 0).then(divisor), None
        bits = None
        if wide is None or broad is None:
            left, right = left.cast(pl.Float64), right.cast(pl.Float64)
        else:
            bits = wide + broad if node.operator == "*" else max(wide, broad) + 1
            if bits > _WIDEST_BITS:
                raise NotVectorisedError("Python's integers have no end")
            left, right = left.cast(pl.Int64), right.cast(pl.Int64)
        return OPERATORS[node.operator](left, right), bits

    def comparison(self, node: Binary) -> pl.Expr:
        (left, wide), (right, broad) = self.value(node.left), self.value(node.right)
        if (wide is None) != (broad is None) and max(wide or 0, broad or 0) > _EXACT_BITS:
            raise NotVectorisedError("Python compares wide integers with doubles exactly")
        compared: pl.Expr = OPERATORS[node.operator](left, right)
        for side, expression, bits in ((node.left, left, wide), (node.right, right, broad)):
            if bits is None and _computed(side):
                nan = expression.is_nan() & compared.is_not_null()
                compared = pl.when(nan).then(pl.lit(node.operator == "!=")).otherwise(compared)
        return compared

    def membership(self, node: Binary) -> pl.Expr:
        item, bits = self.value(node.left)
        if isinstance(node.right, Items):
            if (bits or 0) > _EXACT_BITS:
                raise NotVectorisedError("an integer that may be wider than the items of the list")
            return item.is_in([entry.value for entry in node.right.items])
        among, _ = self.value(node.right)
        holes = among.list.drop_nulls().list.len() != among.list.len()
        found = item.is_in(among)
        # in Kleene logic: found, or unknown where the list has a hole
        return found | pl.when(holes).then(None).otherwise(found)

    def call(self, node: Call) -> pl.Expr:
        function = FUNCTIONS[node.function]
        if function.prepare == Phrases.of:
            return self.word(node)
        if node.function not in CONDITIONS:
            raise NotVectorisedError(f"{node.function} has no expression")
        given: list[Any] = []
        for argument, parameter in zip(node.arguments, function.parameters, strict=True):
            if parameter.constant and isinstance(argument, Items):
                given.append(_prepared(node.function, argument))
            else:
                expression, bits = self.value(argument)
                given.append(_no_nan(expression) if bits is None and _computed(argument) else expression)
        return CONDITIONS[node.function](*given)

    def word(self, node: Call) -> pl.Expr:
        """`any_word` and `any_word_but`, over the words of a column."""
        text, *lists = node.arguments
        if not isinstance(text, Name) or text.name not in self.words:
            raise NotVectorisedError("words of a text that is no column")
        known = text.name + WORDS_SUFFIX
        phrases = [_prepared(node.function, items) for items in lists if isinstance(items, Items)]
        columns = [f"{known}{id(each)}" for each in phrases]
        self.lists += phrases
        for column, each in zip(columns, phrases, strict=True):
            if column not in self.found:
                self.found[column] = pl.col(known).str.contains_any(each.forms).alias(column)
        if node.function == "any_word":
            return pl.col(columns[0])
        wanted, harmless = columns
        left = f"{wanted} but {harmless}"
        # only texts in which something was found, and something harmless too, are looked at again
        both = pl.when(pl.col(wanted) & pl.col(harmless)).then(pl.col(known))
        again = both.map_batches(_left_over(*phrases), return_dtype=pl.Boolean, is_elementwise=True).fill_null(True)
        if left not in self.left:
            self.left[left] = (pl.col(wanted) & again).alias(left)
        return pl.col(left)


def _prepared(function: str, items: Items) -> Any:
    return prepared(function, tuple(str(item.value) for item in items.items))


def _left_over(phrases: Phrases, harmless: Phrases) -> Callable[[pl.Series], pl.Series]:
    """Whether a phrase is still found once the harmless ones are taken out; null for null."""

    def answer(texts: pl.Series) -> pl.Series:
        answers = [None if text is None else phrases.found(harmless.removed(text)) for text in texts]
        return pl.Series(texts.name, answers, dtype=pl.Boolean)

    return answer


def _computed(node: Node) -> bool:
    return any(isinstance(inner, Binary) for inner in walk(node))


def _no_nan(number: pl.Expr) -> pl.Expr:
    """A bound that nothing reaches, as nothing is at most a NaN in Python (in polars, everything is)."""
    return pl.when(number.is_nan()).then(float("-inf")).otherwise(number)


def _hs_in(code: pl.Expr, prefixes: tuple[str, ...]) -> pl.Expr:
    found = pl.any_horizontal(
        code.str.slice(0, length).is_in([prefix for prefix in prefixes if len(prefix) == length])
        for length in sorted({len(prefix) for prefix in prefixes})
    )
    stems = sorted({prefix[:length] for prefix in prefixes for length in range(len(prefix))})
    return found | pl.when(code.is_in(stems)).then(None).otherwise(found)


def _within_days(one: pl.Expr, other: pl.Expr, most: pl.Expr) -> pl.Expr:
    return _days(one, other).abs() <= most


def _days(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    # as days since 1970: a difference of dates is a duration, which ends after 292 years
    return end.cast(pl.Date).cast(pl.Int32).cast(pl.Int64) - start.cast(pl.Date).cast(pl.Int32).cast(pl.Int64)


CONDITIONS: Final[Mapping[str, Callable[..., pl.Expr]]] = {
    "hs_in": _hs_in,
    "within_days": _within_days,
    "contains": lambda text, part: text.str.contains(part, literal=True),
    "startsWith": lambda text, part: text.str.starts_with(part),
}
"""The functions that are true or false, by name, those that look for words apart.

Each takes expressions and prepared lists, and gives a Boolean expression."""

VALUES: Final[Mapping[str, Callable[..., pl.Expr]]] = {
    "days": _days,
    "size": lambda items: items.list.len().cast(pl.Int64),
}
"""The functions that give an integer."""
