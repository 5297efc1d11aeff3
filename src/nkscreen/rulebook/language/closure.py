"""The fast back end: checked trees compiled to one Python function.

For every expression two texts can be written: one that is true exactly when the expression is *definitely true*, one
for *definitely false* (`!` is pushed down to the leaves, which swaps `and` with `or`). Both are plain two-valued
Python, and together they are three-valued logic: neither holds when the expression is unknown.

Only names made here and the `repr` of literals reach `compile`; field names are passed as literals, texts of an author
never as code. Every path of the record is read once per call, every path of a loop variable once per element. What
several questions share is asked once per call, and what concerns a single text once per text (`answers`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from nkscreen.rulebook.language.answers import Answers
from nkscreen.rulebook.language.facts import Facts
from nkscreen.rulebook.language.functions import FUNCTIONS, prepared
from nkscreen.rulebook.language.interpreter import member
from nkscreen.rulebook.language.tree import (
    Binary,
    Call,
    Items,
    Literal,
    Name,
    Node,
    Quantifier,
    Select,
    Unary,
    path_of,
)

Question = tuple[Node, bool]
"""An expression, and whether it is asked to be definitely true or definitely false."""

_SHARED_COST: Final = 14
"""What costs less is asked again sooner than remembered for the next question of the same call."""


def compile_questions(questions: Sequence[Question]) -> Callable[[Mapping[str, Any]], tuple[bool, ...]]:
    """One function that answers all questions about the view of a record, in order."""
    module = _Module()
    scope = _Scope(module, None, "")
    for node, wanted in questions:
        module.count_uses(node, wanted)
    answers = "".join(f"{module.holds(node, scope, wanted)}, " for node, wanted in questions)
    return module.function(scope, f"({answers})")


def compile_outcome(node: Node) -> Callable[[Mapping[str, Any]], bool | None]:
    """A function that gives True, False or None (unknown) for the view of a record."""
    ask = compile_questions([(node, True), (node, False)])

    def outcome(view: Mapping[str, Any]) -> bool | None:
        true, false = ask(view)
        return True if true else False if false else None

    return outcome


class _Scope:
    """A Python function being written: the record's own (`parent` is None) or the loop of a quantifier."""

    def __init__(self, module: _Module, parent: _Scope | None, variable: str) -> None:
        self.module, self.parent, self.variable = module, parent, variable
        self.python = module.fresh()
        self.reads: dict[tuple[str, ...], tuple[str, str]] = {}
        self.parameters: dict[str, None] = {}

    def local(self, root: str, names: tuple[str, ...]) -> str:
        """The Python name that holds a path here: read in this function, or handed down from the one around it."""
        if self.parent is not None and root != self.variable:
            name = self.parent.local(root, names)
            self.parameters[name] = None
            return name
        if not names:
            return self.python
        if names not in self.reads:
            above = self.local(root, names[:-1])
            text = f"{above}[{names[-1]!r}]"
            if len(names) > 1:
                text = f"None if {above} is None else {text}"
            self.reads[names] = (self.module.fresh(), text)
        return self.reads[names][0]

    def path(self, node: Node) -> str:
        names = path_of(node)
        assert names is not None, "the checker lets fields be selected from records only"
        return self.local_path(names)

    def local_path(self, names: tuple[str, ...]) -> str:
        scope: _Scope | None = self
        while scope is not None and scope.parent is not None:
            if scope.variable == names[0]:
                return self.local(names[0], names[1:])
            scope = scope.parent
        return self.local("", names)

    def body(self, indent: str) -> str:
        return "".join(f"{indent}{name} = {text}\n" for name, text in self.reads.values())


class _Module:
    """The source text as it grows: helper functions, and the constants they refer to."""

    def __init__(self, *, keeping: bool = True) -> None:
        self.count, self.facts = 0, Facts(keeping=keeping)
        self.helpers: list[str] = []
        self.namespace: dict[str, Any] = {"__builtins__": {}, "member": member}
        self.uses: Counter[Question] = Counter()
        self.shared: dict[Question, tuple[str, str]] = {}
        self.kept: dict[Question, str] = {}
        self.costs: dict[tuple[int, bool], float] = {}

    def fresh(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def constant(self, value: Any) -> str:
        name = self.fresh()
        self.namespace[name] = value
        return name

    def function(self, scope: _Scope, answer: str) -> Callable[[Mapping[str, Any]], tuple[bool, ...]]:
        fresh = "".join(f" {name} = None\n" for name, _ in self.shared.values())
        source = "".join(self.helpers) + f"def ask({scope.python}):\n{fresh}{scope.body(' ')} return {answer}\n"
        exec(compile(source, "<rules>", "exec"), self.namespace)  # noqa: S102  own names and literals only, see above
        ask: Callable[[Mapping[str, Any]], tuple[bool, ...]] = self.namespace["ask"]
        return ask

    def count_uses(self, node: Node, wanted: bool) -> None:
        """Count how often each condition on the record is asked for, before anything is written."""
        if isinstance(node, Unary):
            self.count_uses(node.operand, not wanted)
            return
        self.uses[node, wanted] += 1
        if self.uses[node, wanted] > 1:
            return  # shared as a whole: what it holds is asked from here once
        if self.facts.text(node) is None and isinstance(node, Binary) and node.operator in ("&&", "||"):
            for operand in self.facts.operands(node):
                self.count_uses(operand, wanted)

    def holds(self, node: Node, scope: _Scope, wanted: bool) -> str:
        """Python text that is true exactly when the expression is definitely `wanted`."""
        if isinstance(node, Unary):
            return self.holds(node.operand, scope, not wanted)
        asked = (node, wanted)
        if scope.parent is not None or self.uses[asked] < 2 or self.facts.cost(node) < _SHARED_COST:
            return self.once(node, scope, wanted)
        if asked not in self.shared:
            text = self.once(node, scope, wanted)
            name = self.fresh()
            self.shared[asked] = name, f"({name} if {name} is not None else ({name} := {text}))"
        return self.shared[asked][1]

    def cost(self, node: Node, wanted: bool) -> float:
        """What a condition costs where it is asked: little, if others ask it too.

        Cheap operands are asked first; in Kleene logic their order never changes the outcome.
        """
        if isinstance(node, Unary):
            return self.cost(node.operand, not wanted)
        if (id(node), wanted) not in self.costs:
            whole = self.facts.cost(node)
            if self.facts.text(node) is None and isinstance(node, Binary) and node.operator in ("&&", "||"):
                whole = sum(self.cost(operand, wanted) for operand in self.facts.operands(node))
            self.costs[id(node), wanted] = whole / max(1, self.uses[node, wanted])
        return self.costs[id(node), wanted]

    def by_text(self, node: Node, path: tuple[str, ...], wanted: bool) -> str:
        """The name of the kept answers to a condition on one text."""
        if (node, wanted) not in self.kept:
            module = _Module(keeping=False)
            scope = _Scope(module, None, "")
            ask = module.function(scope, f"({module.holds(node, scope, wanted)},)")

            def answer(text: str | None) -> bool:
                shown: Any = text
                for name in reversed(path):
                    shown = {name: shown}
                return ask(shown)[0]

            self.kept[node, wanted] = self.constant(Answers(answer))
        return self.kept[node, wanted]

    def once(self, node: Node, scope: _Scope, wanted: bool) -> str:  # noqa: PLR0911  one return a kind of node
        path = self.facts.text(node)
        if path is not None:
            return f"{self.by_text(node, path, wanted)}[{scope.local_path(path)}]"
        match node:
            case Literal():
                return repr(node.value is wanted)
            case Binary() if node.operator in ("&&", "||"):
                joined = " and " if (node.operator == "&&") == wanted else " or "
                operands = sorted(self.facts.operands(node), key=lambda operand: self.cost(operand, wanted))
                return f"({joined.join(self.holds(operand, scope, wanted) for operand in operands)})"
            case Binary() if node.operator == "in" and not isinstance(node.right, Items):
                item, guards = self.value(node.left, scope)
                among, more = self.value(node.right, scope)
                return _all([*guards, *more, f"member({item}, {among}) is {wanted}"])
            case Quantifier():
                return self.loop(node, scope, wanted)
            case Call() if node.function == "has":
                return f"({scope.path(node.arguments[0])} is {'not ' if wanted else ''}None)"
            case Name() | Select():
                return f"({scope.path(node)} is {wanted})"
        text, guards = self.value(node, scope)
        if isinstance(node, Call) and FUNCTIONS[node.function].partial:
            return _all([*guards, f"{text} is {wanted}"])
        return _all([*guards, text if wanted else f"not {text}"])

    def loop(self, node: Quantifier, scope: _Scope, wanted: bool) -> str:
        over, guards = self.value(node.over, scope)
        inner = _Scope(self, scope, node.variable)
        body = self.holds(node.body, inner, wanted)
        found = (node.kind == "exists") == wanted
        name, items = self.fresh(), self.fresh()
        parameters = ", ".join([items, *inner.parameters])
        self.helpers.append(
            f"def {name}({parameters}):\n"
            f" for {inner.python} in {items}:\n"
            f"{inner.body('  ')}"
            f"  if {'' if found else 'not '}{body}: return {found}\n"
            f" return {not found}\n"
        )
        # most lists are short and many are empty: a call is spared
        asked = f"{name}({', '.join([over, *inner.parameters])})"
        return f"(not not {over} and {asked})" if found else _all([*guards, f"(not {over} or {asked})"])

    def value(self, node: Node, scope: _Scope) -> tuple[str, list[str]]:
        """Python text of a value, and the tests that must hold, in order, for it to be known."""
        match node:
            case Literal():
                plain = isinstance(node.value, str | int | float)
                return (f"({node.value!r})" if plain else self.constant(node.value)), []
            case Items():
                return self.constant(frozenset(item.value for item in node.items)), []
            case Name() | Select():
                text = scope.path(node)
                return text, [f"{text} is not None"]
            case Unary():
                text, guards = self.value(node.operand, scope)
                return f"(-{text})", guards
            case Binary():
                left, guards = self.value(node.left, scope)
                right, more = self.value(node.right, scope)
                zero = [f"{right} != 0"] if node.operator == "/" else []
                return f"({left} {node.operator} {right})", [*guards, *more, *zero]
            case Call():
                return self.call(node, scope)
        raise AssertionError(f"{node} is no value: the checker lets only fields and constants stand for true or false")

    def call(self, node: Call, scope: _Scope) -> tuple[str, list[str]]:
        function = FUNCTIONS[node.function]
        texts, guards = [], []
        for argument, parameter in zip(node.arguments, function.parameters, strict=True):
            if parameter.constant and isinstance(argument, Items):
                texts.append(self.constant(prepared(function.name, tuple(str(item.value) for item in argument.items))))
            else:
                text, more = self.value(argument, scope)
                texts.append(text)
                guards += more
        return f"{self.constant(function.call)}({', '.join(texts)})", guards


def _all(tests: Sequence[str]) -> str:
    return f"({' and '.join(dict.fromkeys(tests))})"
