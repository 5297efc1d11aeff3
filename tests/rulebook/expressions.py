"""Random typed expressions and records for the tests of the language, and a third evaluator, written apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from nkscreen.rulebook.language import (
    Basic,
    Binary,
    Call,
    Items,
    ListOf,
    Literal,
    Name,
    Node,
    Object,
    Quantifier,
    Scope,
    Select,
    Unary,
)

STOP = Object("Stop", {"k": Basic.INT, "open": Basic.BOOL})
LEG = Object("Leg", {"port": Basic.STRING, "n": Basic.INT, "day": Basic.DATE, "stops": ListOf(STOP)})
PART = Object("Part", {"name": Basic.STRING, "x": Basic.DOUBLE, "flag": Basic.BOOL})
SCOPE = Scope(
    {
        "i": Basic.INT,
        "y": Basic.DOUBLE,
        "s": Basic.STRING,
        "d": Basic.DATE,
        "b": Basic.BOOL,
        "part": PART,
        "legs": ListOf(LEG),
        "names": ListOf(Basic.STRING),
    }
)
TEXTS = ["", "AB", "ab c", "abc", "C"]
START = date(2019, 1, 1)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


_ints = st.integers(-3, 3)
_doubles = st.sampled_from([-1.5, 0.0, 0.5, 2.0])
_texts = st.sampled_from(TEXTS)
_dates = st.integers(0, 3).map(lambda days: START + timedelta(days))
_bools = st.booleans()
_stops = st.lists(st.fixed_dictionaries({"k": maybe(_ints), "open": maybe(_bools)}), max_size=3)
_legs = st.fixed_dictionaries({"port": maybe(_texts), "n": maybe(_ints), "day": maybe(_dates), "stops": _stops})
VIEWS = st.fixed_dictionaries(
    {
        "i": maybe(_ints),
        "y": maybe(_doubles),
        "s": maybe(_texts),
        "d": maybe(_dates),
        "b": maybe(_bools),
        "part": maybe(
            st.fixed_dictionaries({"name": maybe(_texts), "x": maybe(_doubles), "flag": maybe(_bools)}),
        ),
        "legs": st.lists(_legs, max_size=3),
        "names": st.lists(maybe(_texts), max_size=3),
    }
)

_LITERALS = {
    Basic.INT: _ints,
    Basic.DOUBLE: _doubles,
    Basic.STRING: _texts,
    Basic.DATE: _dates,
    Basic.BOOL: _bools,
}


def _paths(variables: dict[str, Object], wanted: Basic) -> list[Node]:
    found: list[Node] = []
    for name, kind in {**SCOPE.fields, **variables}.items():
        if kind is wanted:
            found.append(Name(name))
        elif isinstance(kind, Object):
            found += [Select(Name(name), field) for field, inner in kind.fields.items() if inner is wanted]
    return found


@st.composite
def _value(draw: Any, kind: Basic, variables: dict[str, Object], depth: int) -> Node:
    choices = ["literal", "path", "path"]
    if depth and kind in (Basic.INT, Basic.DOUBLE):
        choices += ["arithmetic", "size", "days"] if kind is Basic.INT else ["arithmetic"]
    chosen = draw(st.sampled_from(choices))
    paths = _paths(variables, kind)
    if chosen == "path" and paths:
        return draw(st.sampled_from(paths))
    if chosen == "arithmetic":
        operator = draw(st.sampled_from("+-*" if kind is Basic.INT else "+-*/"))
        return Binary(operator, draw(_value(kind, variables, 0)), draw(_value(kind, variables, 0)))
    if chosen == "size":
        return Call("size", (Name(draw(st.sampled_from(["legs", "names"]))),))
    if chosen == "days":
        return Call("days", tuple(draw(_value(Basic.DATE, variables, 0)) for _ in range(2)))
    return Literal(draw(_LITERALS[kind]))


@st.composite
def conditions(draw: Any, variables: dict[str, Object] | None = None, depth: int = 3) -> Node:
    """A tree of type bool over SCOPE, quantifiers nested at most twice."""
    variables = variables or {}
    leaves = ["compare", "equal", "in", "held", "has", "flag", "contains", "startsWith", "any_word", "within", "bool"]
    chosen = draw(st.sampled_from(leaves + (["and", "or", "not", "loop", "loop"] * 2 if depth else [])))
    if chosen in ("and", "or"):
        operator = "&&" if chosen == "and" else "||"
        return Binary(operator, *(draw(conditions(variables, depth - 1)) for _ in range(2)))
    if chosen == "not":
        return Unary("!", draw(conditions(variables, depth - 1)))
    if chosen == "loop" and len(variables) < 2:
        return draw(_loop(variables, depth))
    kind = draw(st.sampled_from([Basic.INT, Basic.DOUBLE, Basic.STRING, Basic.DATE]))

    def value(kind: Basic) -> Node:
        return draw(_value(kind, variables, 1))

    match chosen:
        case "compare":
            kind = Basic.INT if kind is Basic.STRING else kind
            return Binary(draw(st.sampled_from(["<", "<=", ">", ">="])), value(kind), value(kind))
        case "in":
            items = draw(st.lists(_LITERALS[kind], min_size=1, max_size=3))
            return Binary("in", value(kind), Items(tuple(Literal(item) for item in items)))
        case "held":
            return Binary("in", value(Basic.STRING), Name("names"))
        case "has":
            return Call("has", (draw(st.sampled_from(_paths(variables, kind) + [Name("part")])),))
        case "flag":
            return draw(st.sampled_from(_paths(variables, Basic.BOOL)))
        case "bool":
            field = draw(st.sampled_from(_paths(variables, Basic.BOOL)))
            return Binary(draw(st.sampled_from(["==", "!="])), field, Literal(draw(_bools)))
        case "contains" | "startsWith":
            part = Literal(draw(st.sampled_from(TEXTS[1:])))
            return Call(chosen, (value(Basic.STRING), part), method=True)
        case "any_word":
            return Call("any_word", (value(Basic.STRING), Items((Literal("Ab"), Literal("x")))))
        case "within":
            return Call("within_days", (value(Basic.DATE), value(Basic.DATE), value(Basic.INT)))
    return Binary(draw(st.sampled_from(["==", "!="])), value(kind), value(kind))


@st.composite
def _loop(draw: Any, variables: dict[str, Object], depth: int) -> Node:
    over: list[tuple[Node, Object]] = [(Name("legs"), LEG)]
    over += [(Select(Name(name), "stops"), STOP) for name, kind in variables.items() if kind is LEG]
    source, kind = draw(st.sampled_from(over))
    # one variable stands for one type in a whole condition
    variable = f"{'leg' if kind is LEG else 'stop'}{len(variables)}"
    body = draw(conditions({**variables, variable: kind}, depth - 1))
    return Quantifier(draw(st.sampled_from(["exists", "all"])), source, variable, body)


class UnknownError(Exception):
    """Raised by the third evaluator wherever a value is missing, as CEL raises 'no such field'."""


def oracle(node: Node, names: dict[str, Any]) -> Any:
    """Evaluate with exceptions for what is unknown; `&&` and `||` absorb them. Shares no code with the library."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Items):
        return [item.value for item in node.items]
    if isinstance(node, Name):
        return _given(names[node.name])
    if isinstance(node, Select):
        return _given(oracle(node.of, names)[node.name])
    if isinstance(node, Unary):
        return not oracle(node.operand, names)
    if isinstance(node, Quantifier):
        elements = oracle(node.over, names)
        return _fold(node.kind == "exists", [(node.body, {**names, node.variable: item}) for item in elements])
    if isinstance(node, Binary) and node.operator in ("&&", "||"):
        return _fold(node.operator == "||", [(node.left, names), (node.right, names)])
    if isinstance(node, Call) and node.function == "has":
        return _known(node.arguments[0], names)
    sides = [oracle(side, names) for side in ((node.left, node.right) if isinstance(node, Binary) else node.arguments)]
    return _apply(node.operator if isinstance(node, Binary) else node.function, *sides)


def _given(value: Any) -> Any:
    if value is None:
        raise UnknownError
    return value


def _known(node: Node, names: dict[str, Any]) -> bool:
    try:
        oracle(node, names)
    except UnknownError:
        return False
    return True


def _fold(decides: bool, parts: list[tuple[Node, dict[str, Any]]]) -> bool:
    unknown = False
    for node, names in parts:
        try:
            if oracle(node, names) is decides:
                return decides
        except UnknownError:
            unknown = True
    if unknown:
        raise UnknownError
    return not decides


def _apply(name: str, a: Any, b: Any = None, c: Any = None) -> Any:
    if name == "/" and b == 0:
        raise UnknownError
    if name == "in" and a not in b and None in b:
        raise UnknownError
    return {
        "==": lambda: a == b,
        "!=": lambda: a != b,
        "<": lambda: a < b,
        "<=": lambda: a <= b,
        ">": lambda: a > b,
        ">=": lambda: a >= b,
        "+": lambda: a + b,
        "-": lambda: a - b,
        "*": lambda: a * b,
        "/": lambda: a / b,
        "in": lambda: a in b,
        "size": lambda: len(a),
        "days": lambda: b.toordinal() - a.toordinal(),
        "within_days": lambda: -c <= b.toordinal() - a.toordinal() <= c,
        "contains": lambda: a.find(b) >= 0,
        "startsWith": lambda: a[: len(b)] == b,
        "any_word": lambda: any(word.lower() in a.lower().split() for word in b),
    }[name]()
