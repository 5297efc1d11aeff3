"""The rules of a pack, ready to be held against records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nkscreen.alerts.model import Finding, Hit
from nkscreen.records import Record
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.fixture import Fixture
from nkscreen.rulebook.judge import EXEMPTED, judge
from nkscreen.rulebook.language import Question, compile_questions
from nkscreen.rulebook.lists import RuleList
from nkscreen.rulebook.load import Pack, load_pack
from nkscreen.rulebook.update.check import check_lock
from nkscreen.rulebook.update.source import rules_folder
from nkscreen.rulebook.vocabulary import view

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

_BUNDLED = Path(__file__).parents[1] / "_rules"
_REPOSITORY = Path(__file__).parents[3] / "rules"


@dataclass(frozen=True, slots=True)
class Exemption:
    """A rule that would have matched but for its exemptions, and the exemptions that held."""

    rule_id: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that the rules say of one record, in the order of their ids.

    `findings` are of stable rules; `shadow` are those that experimental rules would have raised. `unresolved` are the
    stable rules that could not be applied because the record says nothing they need.
    """

    findings: tuple[Finding, ...] = ()
    shadow: tuple[Finding, ...] = ()
    exempted: tuple[Exemption, ...] = ()
    unresolved: tuple[str, ...] = ()


class Rulebook:
    """An immutable set of rules. `sha256` changes with any text of a rule or list but for tests.

    Pickles, so that it can be sent to workers; each compiles its own closures on first use.
    """

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def __getstate__(self) -> dict[str, Any]:
        return {"_pack": self._pack}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the pack in the order of ids, drafts and deprecated ones included."""
        return self._pack.rules

    @property
    def lists(self) -> Mapping[str, RuleList]:
        """The lists by id."""
        return self._pack.lists

    @property
    def fixtures(self) -> Mapping[str, Fixture]:
        """The records that tests start from, by id."""
        return self._pack.fixtures

    @property
    def name(self) -> str:
        """The name of the pack."""
        return self._pack.name

    @property
    def version(self) -> str:
        """The version of the pack."""
        return self._pack.version

    @property
    def tested(self) -> bool:
        """Whether the tests were read with the rules."""
        return self._pack.tested

    @property
    def sha256(self) -> str:
        """Hash of everything the rules and lists say, but for their tests."""
        return self._pack.sha256

    def evaluate(self, record: Record, hits: Sequence[Hit], as_of: date) -> tuple[Finding, ...]:
        """What the stable rules find: those that matched, those that only an exemption turned off, and those undecided
        whose rule asks for review and of which at least one condition holds.

        `as_of` is the day of the run; it stands in where a record does not have the date that a rule's validity needs.
        """
        return self.evaluate_all(record, hits, as_of).findings

    def evaluate_all(self, record: Record, hits: Sequence[Hit], as_of: date) -> Evaluation:
        """Like `evaluate`, with what experimental rules would have found and what exemptions turned off."""
        screen = self._screens.get(record.kind) or self._screen(record.kind)
        if not screen.rules:
            return Evaluation()
        shown = view(record, hits)
        findings: dict[str, list[Finding]] = {"stable": [], "experimental": []}
        exempted, unresolved = [], []
        for rule in screen.candidates(shown):
            verdict = judge(rule, shown, as_of)
            if verdict.match is True or (verdict.match is None and rule.file.unknown == "review" and verdict.hinted):
                findings[rule.file.status].append(verdict.finding())
            elif verdict.match is None and rule.file.status == "stable":
                unresolved.append(rule.id)
            elif verdict.reason == EXEMPTED and rule.file.status == "stable":
                by = (name for name, value in rule.file.conditions.items() if value.exempts)
                holding = {result.name for result in verdict.conditions if result.holds}
                findings["stable"].append(verdict.finding())
                exempted.append(Exemption(rule.id, tuple(name for name in by if name in holding)))
        return Evaluation(
            tuple(findings["stable"]), tuple(findings["experimental"]), tuple(exempted), tuple(unresolved)
        )

    def may_find(self, kind: str, frame: pl.DataFrame) -> NDArray[np.bool_]:
        """Of each record of a frame, as `Corpus` has them, whether `evaluate` may find something in it."""
        from nkscreen.rulebook.sieve import may_find  # noqa: PLC0415  polars is for frames alone

        return may_find((self._screens.get(kind) or self._screen(kind)).rules, kind, frame)

    @cached_property
    def _screens(self) -> dict[str, _Screen]:
        """Those of the kinds of record that were met: a run of one kind does not wait for the rules of the others."""
        return {}

    def _screen(self, kind: str) -> _Screen:
        active = (rule for rule in self.rules if rule.file.status in ("stable", "experimental"))
        return self._screens.setdefault(kind, _Screen(rule for rule in active if rule.file.subject == kind))


class _Screen:
    """One function over all rules of a kind of record, which tells the few rules worth judging from the rest."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        # a rule that reviews the undecided is skipped when definitely false, any other unless definitely true
        self.asked = tuple(rule.file.unknown != "review" for rule in self.rules)
        questions: list[Question] = [(rule.whole, asked) for rule, asked in zip(self.rules, self.asked, strict=True)]
        self.ask: Callable[[Mapping[str, Any]], tuple[bool, ...]] = compile_questions(questions)

    def candidates(self, shown: Mapping[str, Any]) -> list[Rule]:
        answers = self.ask(shown)
        if answers == self.nothing:
            return []
        return [rule for rule, asked, answer in zip(self.rules, self.asked, answers, strict=True) if answer == asked]

    @cached_property
    def nothing(self) -> tuple[bool, ...]:
        return tuple(not asked for asked in self.asked)


def bundled_rules() -> Path:
    """The folder of rules that comes with the library (in a checkout, the repository's own)."""
    return _BUNDLED if _BUNDLED.is_dir() else _REPOSITORY


def load_rulebook(
    path: Path | str | None = None, *, key: Path | None = None, locked: bool = True, tests: bool = True
) -> Rulebook:
    """The rules of a folder or a packed archive, or the pack that comes with the library.

    Without `tests`, the tests inside the files are not read and cannot be run; loading then takes half the time.

    With a public `key` (a PEM file) only an archive signed with its other half is accepted. Rules that have a lock are
    held against it: one whose logic changed while its version did not is refused. Tools that work on rules in the
    making leave that to `rules lock` and say `locked=False`.

    Raises:
        RuleError: with every problem of every file, or because the archive is broken or not signed as the key asks.
        InputError: the key cannot be used.
    """
    with rules_folder(bundled_rules() if path is None else Path(path), key) as folder:
        pack = load_pack(folder, tests=tests)
        if locked:
            check_lock(folder, pack)
    return Rulebook(pack)
