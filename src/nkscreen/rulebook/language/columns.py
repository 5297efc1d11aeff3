"""The back end for columns: checked trees asked of a whole frame of records at once, for back-testing.

polars' own `list.eval` sees no column beside the list, so quantifiers run over *levels*: the records are the first one,
and the elements of a list, end to end, with the row that each came from, are one more. A condition on elements is then
an ordinary expression over columns, and `exists` and `all` bring it back to the rows above. Each sub-condition is asked
once, on the outermost level that has everything it reads, however many rules share it.

Where a sub-condition reads a single text field it is asked of each *different* text only: a corpus of 100,000 records
has a few thousand descriptions and a few hundred ports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from nkscreen.rulebook.language.closure import compile_outcome
from nkscreen.rulebook.language.expressions import WORDS_SUFFIX, NotVectorisedError, Translator
from nkscreen.rulebook.language.phrases import words
from nkscreen.rulebook.language.plan import DOT, RECORD, Part, Plan
from nkscreen.rulebook.language.tree import Binary, Name, Node, Quantifier, Unary
from nkscreen.rulebook.language.types import Basic, ListOf, Object, Type

_BASIC: Final[Mapping[Type, pl.DataType]] = {
    Basic.STRING: pl.String(),
    Basic.INT: pl.Int64(),
    Basic.DOUBLE: pl.Float64(),
    Basic.BOOL: pl.Boolean(),
    Basic.DATE: pl.Date(),
}

Truth: TypeAlias = npt.NDArray[np.uint8]
"""Answers, one a row or, of length 1, one for all: `&&` is the minimum of two, `||` the maximum, `!` TRUE less one."""
FALSE, UNKNOWN, TRUE = np.uint8(0), np.uint8(1), np.uint8(2)


def polars_type(kind: Type) -> pl.DataType:
    """The column type of a field; a code is its text."""
    if isinstance(kind, Object):
        return pl.Struct({name: polars_type(field) for name, field in kind.fields.items()})
    if isinstance(kind, ListOf) and kind.item is not None:
        return pl.List(polars_type(kind.item))
    return _BASIC.get(kind, pl.String())


class Columns:
    """The records of one frame, read column by column. Columns are kept once read, and what was answered for a text.

    `frame` has one row a record, in the shape of `kind`: structs for parts, lists of structs for their lists. A field
    that the frame does not have is missing in every record.
    """

    def __init__(self, frame: pl.DataFrame, kind: Object) -> None:
        self.root = _Level(kind, None, None, frame.to_struct("record"))
        self.plan = Plan()

    def truths(self, conditions: Mapping[str, Node]) -> dict[str, Truth]:
        """FALSE, UNKNOWN or TRUE for every condition and record; a single one where all records have the same.

        The trees must be checked against `kind`, their lists filled in.
        """
        asking = _Asking({RECORD: self.root}, {}, {})
        parts = {name: self.plan.part(node) for name, node in conditions.items()}
        for part in parts.values():
            asking.find(part)
        asking.answer_found()
        return {name: asking.on(part, self.root) for name, part in parts.items()}

    def outcomes(self, conditions: Mapping[str, Node]) -> pl.DataFrame:
        """`truths` as one Boolean column a condition, a row a record, null for unknown."""
        height = self.root.height
        return pl.DataFrame([_series(found, height).alias(name) for name, found in self.truths(conditions).items()])


class _Texts:
    """A text column as numbers of its different texts, which are the rows of `frame`, the last one null.

    What was answered for a text is kept: the next set of rules asks most of it again.
    """

    def __init__(self, name: str, column: pl.Series) -> None:
        self.name = name
        table = column.drop_nulls().unique().alias(name).to_frame().with_row_index("number")
        found = column.alias(name).to_frame().join(table, on=name, how="left", maintain_order="left")["number"]
        self.numbers: npt.NDArray[np.intp] = found.fill_null(table.height).to_numpy().astype(np.intp)
        self.frame = pl.DataFrame([table[name].extend(pl.Series([None], dtype=pl.String))])
        self.known: dict[Part, Truth] = {}

    def truths(self, parts: Iterable[Part]) -> Iterator[tuple[Part, Truth]]:
        """The conditions on this field, a row of the column each."""
        new = [part for part in parts if part not in self.known]
        if self.frame.width == 1 and any(part.spells for part in new):
            known = [None if text is None else words(text) for text in self.frame[self.name]]
            self.frame = self.frame.with_columns(pl.Series(self.name + WORDS_SUFFIX, known, dtype=pl.String))
        if new:
            self.known.update(zip(new, _evaluated([part.node for part in new], self.frame), strict=True))
        for part in parts:
            truth = self.known[part]
            yield part, truth if len(truth) == 1 else truth.take(self.numbers)


class _Level:
    """Rows of one kind: the records, or the elements of one list of the rows of another level (`above`).

    `rows` are, for every element, the number of the row above that holds it.
    """

    def __init__(
        self, kind: Type, above: _Level | None, rows: npt.NDArray[np.intp] | None, elements: pl.Series
    ) -> None:
        self.kind, self.above, self.rows = kind, above, rows
        self.height = len(elements)
        self.depth: int = 0 if above is None else above.depth + 1
        self.columns: dict[tuple[str, ...], pl.Series] = {(): elements}
        self.encoded: dict[str, _Texts] = {}
        self.below: dict[tuple[_Level, tuple[str, ...]], tuple[_Level, npt.NDArray[np.intp]]] = {}
        self.ways: dict[_Level, npt.NDArray[np.intp]] = {}

    def type_of(self, path: tuple[str, ...]) -> Type:
        kind = self.kind
        for name in path:
            assert isinstance(kind, Object), "the checker lets fields be selected from records only"
            kind = kind.fields[name]
        return kind

    def column(self, path: tuple[str, ...]) -> pl.Series:
        """A field of the elements; null throughout where the frame does not have it."""
        if path not in self.columns:
            part = self.column(path[:-1])
            if isinstance(part.dtype, pl.Struct) and path[-1] in {field.name for field in part.dtype.fields}:
                self.columns[path] = part.struct.field(path[-1])
            else:
                absent = pl.Series([None], dtype=polars_type(self.type_of(path)))
                self.columns[path] = absent.new_from_index(0, self.height)
        return self.columns[path]

    def texts(self, name: str, column: pl.Series) -> _Texts:
        """The different texts of a field of the elements."""
        if name not in self.encoded:
            self.encoded[name] = _Texts(name, column)
        return self.encoded[name]

    def way(self, to: _Level) -> npt.NDArray[np.intp] | None:
        """For every row the row of a level above that it belongs to; None for the level itself."""
        if to is self:
            return None
        if to not in self.ways:
            assert self.above is not None, "a level is reached from below only"
            assert self.rows is not None
            further = self.above.way(to)
            self.ways[to] = self.rows if further is None else further[self.rows]
        return self.ways[to]

    def down(self, answers: Truth, of: _Level) -> Truth:
        """Answers of a level above, a row of this level each."""
        way = self.way(of)
        return answers if way is None or len(answers) == 1 else answers.take(way)

    def elements_of(self, owner: _Level, path: tuple[str, ...]) -> tuple[_Level, npt.NDArray[np.intp]]:
        """The level of a list's elements, and which rows here do not have the list."""
        if (owner, path) not in self.below:
            kind = owner.type_of(path)
            assert isinstance(kind, ListOf), "the checker lets lists be asked only"
            assert kind.item is not None
            lists, way = owner.column(path), self.way(owner)
            lists = lists if way is None else lists.gather(way)
            lengths = lists.list.len().fill_null(0)
            rows = np.repeat(np.arange(self.height), lengths.to_numpy())
            inner = lists.filter(lengths > 0).explode()  # an empty or missing list would give an element
            self.below[owner, path] = _Level(kind.item, self, rows, inner), np.flatnonzero(lists.is_null().to_numpy())
        return self.below[owner, path]


class _Asking:
    """One run of questions: the levels that variables stand for, and every answer given so far.

    `found` are the conditions on one field, by level and name of the field: they are asked together, first.
    """

    def __init__(
        self,
        levels: dict[str, _Level],
        known: dict[tuple[_Level, Part], Truth],
        found: dict[tuple[_Level, str], dict[Part, None]],
    ) -> None:
        self.levels, self.known, self.found = levels, known, found

    def find(self, part: Part) -> None:
        """Note every condition on one field that the answer needs."""
        home = self.home(part)
        if not part.loops and len(part.names) < 2:
            for name in part.names:
                self.found.setdefault((home, name), {})[part] = None
        elif isinstance(part.node, Quantifier):
            self.within(part.node, home)[0].find(part.parts[1])
        elif isinstance(part.node, Unary) or (isinstance(part.node, Binary) and part.node.operator in ("&&", "||")):
            for inner in part.parts:
                self.find(inner)

    def answer_found(self) -> None:
        """Ask what `find` noted: of the different texts, where the field is a text."""
        for (level, name), parts in self.found.items():
            column = level.column(tuple(name.split(DOT)[1:]))
            if column.dtype == pl.String:
                answers = level.texts(name, column).truths(parts)
            else:
                frame = pl.DataFrame([column.alias(name)])
                answers = zip(parts, _evaluated([part.node for part in parts], frame), strict=True)
            for part, answer in answers:
                self.known[level, part] = answer

    def within(self, node: Quantifier, level: _Level) -> tuple[_Asking, _Level, npt.NDArray[np.intp]]:
        """The run as it goes on inside a quantifier, the level of the elements, and which rows do not have the list."""
        assert isinstance(node.over, Name)
        inner, absent = level.elements_of(*self.place(node.over.name))
        return _Asking({**self.levels, node.variable: inner}, self.known, self.found), inner, absent

    def on(self, part: Part, level: _Level) -> Truth:
        """The answers on a level, asked on the outermost one that has what the condition reads."""
        home = self.home(part)
        if (home, part) not in self.known:
            self.known[home, part] = self.ask(part, home)
        return level.down(self.known[home, part], home)

    def home(self, part: Part) -> _Level:
        return max((self.levels[variable] for variable in part.reads), key=lambda found: found.depth)

    def ask(self, part: Part, level: _Level) -> Truth:
        node = part.node
        if not part.names:
            return _evaluated([node], pl.DataFrame({"": [None]}))[0]
        match node:
            case Quantifier():
                return self.quantified(node, part.parts[1], level)
            case Unary():
                return TRUE - self.on(part.parts[0], level)
            case Binary() if node.operator in ("&&", "||"):
                decides, joined = (FALSE, np.minimum) if node.operator == "&&" else (TRUE, np.maximum)
                first = self.on(part.parts[0], level)
                if len(first) == 1 and first[0] == decides:
                    return first
                return joined(first, self.on(part.parts[1], level))
        return _evaluated([node], pl.DataFrame([self.column(name, level) for name in sorted(part.names)]))[0]

    def column(self, name: str, level: _Level) -> pl.Series:
        owner, path = self.place(name)
        column, way = owner.column(path).alias(name), level.way(owner)
        return column if way is None else column.gather(way)

    def place(self, name: str) -> tuple[_Level, tuple[str, ...]]:
        variable, *path = name.split(DOT)
        return self.levels[variable], tuple(path)

    def quantified(self, node: Quantifier, body: Part, level: _Level) -> Truth:
        asking, inner, absent = self.within(node, level)
        assert inner.rows is not None, "elements have a row above"
        answers = asking.on(body, inner)
        decides, otherwise = (TRUE, FALSE) if node.kind == "exists" else (FALSE, TRUE)
        found = np.full(level.height, otherwise)
        if len(answers) == inner.height:
            decided = np.flatnonzero(answers != otherwise)  # few elements, as a rule
            answers, rows = answers[decided], inner.rows[decided]
            for truth in (UNKNOWN, decides):  # what decides is written last
                found[rows[answers == truth]] = truth
        elif answers[0] != otherwise:
            found[inner.rows] = answers[0]
        found[absent] = UNKNOWN
        return found


def _evaluated(nodes: Sequence[Node], frame: pl.DataFrame) -> list[Truth]:
    """The conditions on every row: by expressions or, where none is sure to agree with Python, by the closure."""
    spelt = frozenset(name.removesuffix(WORDS_SUFFIX) for name in frame.columns if name.endswith(WORDS_SUFFIX))
    translator = Translator(frame.schema, spelt)
    expressions = []
    for number, node in enumerate(nodes):
        try:
            answer = translator.condition(node)
        except NotVectorisedError:
            closure = compile_outcome(node)
            answer = pl.lit(pl.Series([closure(row) for row in frame.iter_rows(named=True)], dtype=pl.Boolean))
        expressions.append((answer.cast(pl.UInt8) * int(TRUE)).fill_null(int(UNKNOWN)).alias(str(number)))
    for columns in (translator.found, translator.left):
        frame = frame.with_columns(*columns.values()) if columns else frame
    return [_short(answers.to_numpy()) for answers in frame.select(expressions)]


def _short(truth: Truth) -> Truth:
    """One answer for all rows, where they are all the same."""
    return truth[:1] if len(truth) and (truth == truth[0]).all() else truth


def _series(truth: Truth, height: int) -> pl.Series:
    truth = np.broadcast_to(truth, height)
    answers = pl.Series(truth == TRUE)
    unknown = truth == UNKNOWN
    return answers.set(pl.Series(unknown), None) if unknown.any() else answers
