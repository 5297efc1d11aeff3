"""The fast back end: checked trees compiled to one Python function.

For every expression two texts can be written: one that is true exactly when the expression is *definitely true*, one
for *definitely false* (`!` is pushed down to the leaves, which swaps `and` with `or`). Both are plain two-valued
Python, and together they are three-valued logic: neither holds when the expression is unknown.

Only names made here and the `repr` of literals reach `compile`; field names are passed as literals, texts of an author
never as code. Every path of the record is read once per call, every path of a loop variable once per element. What
several questions share is asked once per call.

Most of what rules ask concerns one text, or the texts of one element of a list. Such answers are bits, found together
and kept (`answers`): of a text read twice all questions are answered by one look into a table. Of a list, `some` are
the bits that one element has and `every` those that all have, so that `exists` and `all` test one bit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from nkscreen.rulebook.language.answers import Answers, WordSearch, one_text, texts_of
from nkscreen.rulebook.language.elements import outer_part
from nkscreen.rulebook.language.facts import Facts
from nkscreen.rulebook.language.functions import FUNCTIONS, Function, prepared
from nkscreen.rulebook.language.interpreter import member
from nkscreen.rulebook.language.phrases import Phrases
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
    substitute,
)

Question = tuple[Node, bool]
"""An expression, and whether it is asked to be definitely true or definitely false."""

_OPPOSITE: Final = {"==": "!=", "!=": "=="}
_BITS: Final = "#"
"""After the path of a text: the bits of what is asked about it."""
_SHARED_COST: Final = 14
"""What costs less is asked again sooner than remembered for the next question of the same call, unless so many ask
that it is answered before them all."""
_SMALL_COST: Final = 3
_MANY_USES: Final = 3


def compile_questions(questions: Sequence[Question]) -> Callable[[Mapping[str, Any]], tuple[bool, ...]]:
    """One function that answers all questions about the view of a record, in order."""
    module = _Module()
    scope = _Scope(module, None, "")
    for node, wanted in questions:
        module.count_uses(node, wanted)
    answers = "".join(f"not not {module.holds(node, scope, wanted)}, " for node, wanted in questions)
    return module.function(scope, "", f"({answers})")


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
            if names[-1] == _BITS:
                table = self.module.text((root, *names[:-1]))
                text = f"{table.missing} if {above} is None else {table.name}[{above}]"
            else:
                text = f"{above}[{names[-1]!r}]"
                text = f"None if {above} is None else {text}" if len(names) > 1 else text
            self.reads[names] = (self.module.fresh(), text)
        return self.reads[names][0]

    def path(self, node: Node) -> str:
        names = path_of(node)
        assert names is not None, "the checker lets fields be selected from records only"
        return self.local_path(names)

    def local_path(self, names: tuple[str, ...]) -> str:
        return self.local(*self.rooted(names))

    def rooted(self, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """A path as a variable ("" for the record) and what is read of it."""
        scope: _Scope | None = self
        while scope is not None and scope.parent is not None:
            if scope.variable == names[0]:
                return names[0], names[1:]
            scope = scope.parent
        return "", names

    def body(self, indent: str) -> str:
        return "".join(f"{indent}{name} = {text}\n" for name, text in self.reads.values())


class _TextScope(_Scope):
    """The function that answers questions about one text, which is its argument, whatever it is called."""

    def __init__(self, module: _Module) -> None:
        super().__init__(module, None, "")
        self.search = WordSearch()
        self.found = ""

    def local(self, root: str, names: tuple[str, ...]) -> str:  # noqa: ARG002  there is one text only
        return self.python

    def words(self, phrases: Phrases, harmless: Phrases | None = None) -> str:
        self.found = self.found or self.module.fresh()
        return f"({self.found} & {self.search.bit(phrases, harmless)})"

    def body(self, indent: str) -> str:
        return f"{indent}{self.found} = {self.module.constant(self.search)}({self.python})\n" if self.found else ""


class _Text:
    """A text field as questions about it are gathered: each gets a bit, and all are answered at once."""

    def __init__(self, module: _Module) -> None:
        self.answers, self.questions = Answers(), dict[Question, int]()
        self.module, self.name, self.missing = module, module.constant(self.answers), module.constant(0)

    def bit(self, node: Node, wanted: bool) -> int:
        return self.questions.setdefault((node, wanted), 1 << len(self.questions))

    def close(self) -> None:
        """Write the function that finds the bits of a text, and ask it of a missing one."""
        module = _Module(keeping=False)
        self.answers.ask = module.bits(_TextScope(module), self.questions, module.holds)
        self.module.namespace[self.missing] = self.answers.ask(None)


class _Elements:
    """A list of the record as questions about each of its elements are gathered.

    `parts` are the bits of an element's texts, its flags, and whether it has a value: what its answers depend on.
    """

    def __init__(self, scope: _Scope, over: Node) -> None:
        self.scope, self.module = scope, scope.module
        self.items = scope.path(over)
        self.inner = _Scope(self.module, scope, f"{_BITS}{self.items}")
        self.some, self.every = self.module.fresh(), self.module.fresh()
        self.joined: dict[str, str] = {}
        self.questions: dict[Question, int] = {}
        self.texts: set[tuple[str, ...]] = set()
        self.parts: dict[str, str] = {}

    def holds(self, node: Quantifier, wanted: bool) -> str:
        """Text that is true when `exists` or `all` is definitely `wanted`."""
        found, operator = (self.some, "|") if (node.kind == "exists") == wanted else (self.every, "&")
        self.joined[found] = operator
        return self.cases(substitute(node.body, {node.variable: Name(self.inner.variable)}), wanted, found)

    def cases(self, body: Node, wanted: bool, found: str) -> str:
        """Ask one question for each way in which what the record alone decides may come out."""
        outer = outer_part(body, self.inner.variable, wanted)
        if outer is None:
            self.texts |= texts_of(body)
            bit = self.questions.setdefault((body, wanted), 1 << len(self.questions))
            return f"({found} & {bit})"
        holds = self.module.holds(outer.part, self.scope, outer.wanted)
        held, missed = (self.cases(side, wanted, found) for side in (outer.held, outer.missed))
        return f"({missed} or ({held} and {holds}))"  # what holds without the part holds with it

    def part(self, text: str) -> str:
        return self.parts.setdefault(text, f"p{len(self.parts)}")

    def holds_inside(self, node: Node, scope: _Scope, wanted: bool) -> str:
        """Text over the parts that is true exactly when a condition on an element is definitely `wanted`."""
        path = one_text(node)
        if path is None and isinstance(node, Call) and (read := path_of(node.arguments[0])) in self.texts:
            path = read
        if path is not None:
            bits = self.inner.local_path((*path, _BITS))
            return f"({self.part(bits)} & {self.module.text(path).bit(node, wanted)})"
        match node:
            case Literal():
                return repr(node.value is wanted)
            case Unary():
                return self.holds_inside(node.operand, scope, not wanted)
            case Binary():
                joined = " and " if (node.operator == "&&") == wanted else " or "
                return f"({joined.join(self.holds_inside(side, scope, wanted) for side in (node.left, node.right))})"
            case Call():
                return f"({'' if wanted else 'not '}{self.part(f'{self.inner.path(node.arguments[0])} is not None')})"
        return f"({self.part(self.inner.path(node))} is {wanted})"

    def close(self) -> str:
        """Write the function that finds the bits of an element; give the lines that find those of the list."""
        module = _Module(keeping=False)
        answers = Answers()
        answers.ask = module.bits(_Scope(module, None, ""), self.questions, self.holds_inside, self.parts.values())
        joined = "".join(f"   {found} {operator}= bits\n" for found, operator in self.joined.items())
        return (
            f" {self.some} = {self.every} = 0\n"
            f" if {self.items} is not None:\n"
            f"  {self.every} = -1\n"
            f"  for {self.inner.python} in {self.items}:\n"
            f"{self.inner.body('   ')}"
            f"   bits = {self.module.constant(answers)}[{_tuple(self.parts)}]\n"
            f"{joined}"
        )


class _Module:
    """The source text as it grows: helper functions, and the constants they refer to."""

    def __init__(self, *, keeping: bool = True) -> None:
        self.count, self.facts = 0, Facts(keeping=keeping)
        self.helpers: list[str] = []
        self.namespace: dict[str, Any] = {"__builtins__": {}, "member": member}
        self.uses: Counter[Question] = Counter()
        self.first: dict[Question, tuple[str, str]] = {}
        self.shared: dict[Question, tuple[str, str]] = {}
        self.texts: dict[tuple[str, ...], _Text] = {}
        self.lists: dict[str, _Elements] = {}
        self.costs: dict[tuple[int, bool], float] = {}

    def fresh(self) -> str:
        self.count += 1
        return f"v{self.count}"

    def constant(self, value: Any) -> str:
        name = self.fresh()
        self.namespace[name] = value
        return name

    def function(self, scope: _Scope, lines: str, answer: str) -> Callable[[Any], Any]:
        """The function of a scope: what it reads, then the lines, then the answer."""
        of_lists = "".join([elements.close() for elements in self.lists.values()])
        for text in self.texts.values():  # the lists have asked their last question by now
            text.close()
        fresh = "".join(f" {name} = None\n" for name, _ in self.shared.values())
        first = "".join(f" {name} = {text}\n" for name, text in self.first.values())
        start = f"def ask({scope.python}):\n{fresh}{scope.body(' ')}{of_lists}{first}"
        source = f"{''.join(self.helpers)}{start}{lines} return {answer}\n"
        exec(compile(source, "<rules>", "exec"), self.namespace)  # noqa: S102  own names and literals only, see above
        ask: Callable[[Any], Any] = self.namespace["ask"]
        return ask

    def bits(
        self,
        scope: _Scope,
        questions: Mapping[Question, int],
        holds: Callable[[Node, _Scope, bool], str],
        parts: Iterable[str] = (),
    ) -> Callable[[Any], int]:
        """A function that sets the bit of every question that holds; its argument may be taken apart first."""
        asked = "".join(
            f" if {holds(node, scope, wanted)}: bits |= {bit}\n" for (node, wanted), bit in questions.items()
        )
        unpacked = f" {_tuple(parts)} = {scope.python}\n" if parts else ""
        return self.function(scope, f"{unpacked} bits = 0\n{asked}", "bits")

    def text(self, path: tuple[str, ...]) -> _Text:
        """The questions about a text field; the path of the record itself may begin with an empty name."""
        path = path if path[0] else path[1:]
        if path not in self.texts:
            self.texts[path] = _Text(self)
        return self.texts[path]

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
        if isinstance(node, Quantifier) and self.facts.gathered(node):
            outer = outer_part(node.body, node.variable, wanted)
            while outer is not None:
                self.count_uses(outer.part, outer.wanted)
                outer = outer_part(outer.held, node.variable, wanted)

    def holds(self, node: Node, scope: _Scope, wanted: bool) -> str:
        """Python text that is true exactly when the expression is definitely `wanted`."""
        if isinstance(node, Unary):
            return self.holds(node.operand, scope, not wanted)
        asked = (node, wanted)
        uses, cost = self.uses[asked], self.facts.cost(node)
        if scope.parent is None and uses >= _MANY_USES and _SMALL_COST <= cost < _SHARED_COST:
            if asked not in self.first:
                text = self.once(node, scope, wanted)
                self.first[asked] = self.fresh(), text
            return self.first[asked][0]
        if scope.parent is not None or uses < 2 or cost < _SHARED_COST:
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

    def once(self, node: Node, scope: _Scope, wanted: bool) -> str:  # noqa: PLR0911  one return a kind of node
        path = self.facts.text(node)
        if path is not None:
            return f"({scope.local_path((*path, _BITS))} & {self.text(path).bit(node, wanted)})"
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
        if isinstance(node, Binary) and node.operator in _OPPOSITE and not wanted:
            node, wanted = replace(node, operator=_OPPOSITE[node.operator]), True
        text, guards = self.value(node, scope)
        if isinstance(node, Call) and FUNCTIONS[node.function].partial:
            return _all([*guards, f"{text} is {wanted}"])
        return _all([*guards, text if wanted else f"not {text}"])

    def elements(self, scope: _Scope, over: Node) -> _Elements:
        items = scope.path(over)
        if items not in self.lists:
            self.lists[items] = _Elements(scope, over)
        return self.lists[items]

    def loop(self, node: Quantifier, scope: _Scope, wanted: bool) -> str:
        over, guards = self.value(node.over, scope)
        if scope.parent is None and self.facts.gathered(node):
            return self.elements(scope, node.over).holds(node, wanted)
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
        if isinstance(scope, _TextScope) and function.prepare == Phrases.of:
            lists = [_prepared(function, items) for items in node.arguments[1:]]
            return scope.words(*lists), [f"{scope.python} is not None"]
        texts, guards = [], []
        for argument, parameter in zip(node.arguments, function.parameters, strict=True):
            if parameter.constant and isinstance(argument, Items):
                texts.append(self.constant(_prepared(function, argument)))
            else:
                text, more = self.value(argument, scope)
                texts.append(text)
                guards += more
        return f"{self.constant(function.call)}({', '.join(texts)})", guards


def _prepared(function: Function, items: Node) -> Any:
    assert isinstance(items, Items), "lists are filled in"
    return prepared(function.name, tuple(str(item.value) for item in items.items))


def _tuple(parts: Iterable[str]) -> str:
    return f"({''.join(f'{part}, ' for part in parts)})"


def _all(tests: Sequence[str]) -> str:
    return f"({' and '.join(dict.fromkeys(tests))})"
