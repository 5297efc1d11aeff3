"""A rule file turned into trees, with everything about it checked that can be wrong without a record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nkscreen.errors import Problem
from nkscreen.records import KINDS
from nkscreen.rulebook.language import (
    Basic,
    Binary,
    ExpressionError,
    Literal,
    Name,
    Node,
    Scope,
    Unary,
    check_condition,
    parse,
    path_of,
    substitute,
    suggestion,
    to_text,
    type_of,
    walk,
)
from nkscreen.rulebook.lint import metadata_problems
from nkscreen.rulebook.lists import RuleList
from nkscreen.rulebook.rule import RuleFile
from nkscreen.rulebook.says import Template, read_template
from nkscreen.rulebook.vocabulary import record_type
from nkscreen.rulebook.yaml_file import KEY, Path_, YamlFile


@dataclass(frozen=True, slots=True)
class Compiled:
    """A condition ready to run: its tree with lists filled in, its sentence, and the titles of the lists it names."""

    tree: Node
    says: Template
    evidence: tuple[Node, ...]
    list_titles: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule. `match` is over condition names; `logic_hash` changes exactly when what the rule decides does."""

    file: RuleFile
    conditions: Mapping[str, Compiled]
    match: Node
    clock: tuple[str, ...]
    logic_hash: str

    @property
    def id(self) -> str:
        """The rule's id, never reused."""
        return self.file.id

    @property
    def whole(self) -> Node:
        """`match` as one tree over the record, as if no exemption held: what a record must pass to be looked at."""
        return substitute(
            self.match,
            {
                name: Literal(False) if self.file.conditions[name].exempts else condition.tree
                for name, condition in self.conditions.items()
            },
        )


def compile_rule(file: RuleFile, source: YamlFile, lists: Mapping[str, RuleList]) -> Rule | tuple[Problem, ...]:
    """The rule, or everything that is wrong with it. `lists` are all lists of the pack by id."""
    compiler = _Compiler(file, source, lists)
    rule = compiler.rule()
    return rule if rule is not None and not compiler.problems else tuple(compiler.problems)


class _Compiler:
    def __init__(self, file: RuleFile, source: YamlFile, lists: Mapping[str, RuleList]) -> None:
        self.file, self.source = file, source
        self.problems: list[Problem] = []
        self.fields = record_type(KINDS[file.subject]).fields
        self.lists = self.named_lists(lists)
        self.trees = {name: found.tree(name) for name, found in self.lists.items()}
        self.scope = Scope(self.fields, {name: found.type for name, found in self.lists.items()})
        self.used: set[str] = set()

    def report(self, message: str, *path: str | int) -> None:
        self.problems.append(self.source.problem(message, path))

    def named_lists(self, lists: Mapping[str, RuleList]) -> dict[str, RuleList]:
        found = {}
        for name, list_id in self.file.lists.items():
            if name in self.fields:
                self.report(f"{name!r} is a field of a {self.file.subject}; give the list another name", "lists", name)
            elif list_id not in lists:
                self.report(f"there is no list {list_id!r}{suggestion(list_id, lists)}", "lists", name)
            else:
                found[name] = lists[list_id]
                if not found[name].valid.covers(self.file.valid.from_, self.file.valid.to):
                    self.report("the list is not valid for as long as this rule is", "lists", name)
        return found

    def rule(self) -> Rule | None:
        conditions = {name: compiled for name in self.file.conditions if (compiled := self.condition(name))}
        match = self.match()
        clock = self.clock()
        self.problems += metadata_problems(self.file, self.source)
        self.problems += self.unused(conditions)
        if match is None or len(conditions) < len(self.file.conditions):
            return None
        return Rule(self.file, conditions, match, clock, self.logic_hash(conditions, match))

    def condition(self, name: str) -> Compiled | None:
        file = self.file.conditions[name]
        where: Path_ = ("conditions", name, "if")
        try:
            tree = parse(file.if_)
            variables = check_condition(tree, file.if_, self.scope)
            used = dict.fromkeys(node.name for node in walk(tree) if isinstance(node, Name) and node.name in self.lists)
            self.used.update(used)
            where = ("conditions", name, "says")
            says = read_template(file.says, self.scope, variables, has_list=bool(used))
            evidence = []
            for index, path in enumerate(file.evidence):
                where = ("conditions", name, "evidence", index)
                evidence.append(self.path(path))
        except ExpressionError as error:
            self.problems.append(self.source.expression_problem(error, where))
            return None
        titles = dict.fromkeys(self.lists[name].title for name in used)
        return Compiled(substitute(tree, self.trees), says, tuple(evidence), ", ".join(titles))

    def path(self, text: str) -> Node:
        node = parse(text)
        if path_of(node) is None:
            raise ExpressionError("this must be a field, as in vessel.flag", text, 0)
        type_of(node, text, Scope(self.fields))
        return node

    def match(self) -> Node | None:
        text = self.file.match
        try:
            tree = parse(text)
            check_condition(tree, text, Scope(dict.fromkeys(self.file.conditions, Basic.BOOL)))
            for node in walk(tree):
                if not (isinstance(node, Name | Unary) or (isinstance(node, Binary) and node.operator in ("&&", "||"))):
                    raise ExpressionError("match joins names of conditions with && || ! only", text, node.position)
            for name, positive in _occurrences(tree, True):
                if positive and self.file.conditions[name.name].exempts:
                    message = f"{name.name!r} exempts, so it may stand in match only as !{name.name}"
                    raise ExpressionError(message, text, name.position)
        except ExpressionError as error:
            self.problems.append(self.source.expression_problem(error, ("match",)))
            return None
        return tree

    def clock(self) -> tuple[str, ...]:
        text = self.file.valid.clock
        try:
            node = parse(text)
            if path_of(node) is None or type_of(node, text, Scope(self.fields)) is not Basic.DATE:
                raise ExpressionError("the clock must be a date field of the record", text, 0)
        except ExpressionError as error:
            self.problems.append(self.source.expression_problem(error, ("valid", "clock")))
            return ()
        return path_of(node) or ()

    def unused(self, conditions: Mapping[str, Compiled]) -> Iterator[Problem]:
        try:
            in_match = {node.name for node in walk(parse(self.file.match)) if isinstance(node, Name)}
        except ExpressionError:
            return
        for name, condition in self.file.conditions.items():
            if name not in in_match and not condition.weight:
                message = f"condition {name!r} decides nothing: name it in match or give it a weight"
                yield self.source.problem(message, ("conditions", name, KEY))
        if len(conditions) < len(self.file.conditions):
            return
        for name in self.lists:
            if name not in self.used:
                yield self.source.problem(f"no condition uses the list {name!r}", ("lists", name, KEY))

    def logic_hash(self, conditions: Mapping[str, Compiled], match: Node) -> str:
        """SHA-256 over what the rule decides: not its texts, its tests, its white space or the order of list items."""
        file = self.file
        logic = {
            "subject": file.subject,
            "family": file.family,
            "severity": file.severity,
            "valid": file.valid.model_dump(mode="json", by_alias=True),
            "lists": {name: [found.kind, sorted(found.values)] for name, found in self.lists.items()},
            "conditions": {
                name: [to_text(conditions[name].tree), condition.weight, condition.exempts]
                for name, condition in file.conditions.items()
            },
            "match": to_text(match),
            "unknown": file.unknown,
            "score": file.score.model_dump(mode="json"),
        }
        text = json.dumps(logic, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _occurrences(node: Node, positive: bool) -> Iterator[tuple[Name, bool]]:
    """Every condition named in `match`, and whether it counts for the match there (or, under `!`, against it)."""
    if isinstance(node, Name):
        yield node, positive
    elif isinstance(node, Unary):
        yield from _occurrences(node.operand, not positive)
    elif isinstance(node, Binary):
        yield from _occurrences(node.left, positive)
        yield from _occurrences(node.right, positive)
