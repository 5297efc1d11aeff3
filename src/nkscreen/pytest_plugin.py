"""Rule files as pytest items: every inline test by its name, and the lint of the rule.

Reached through `nkscreen_pytest`, which declares the option `--nkscreen-rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from nkscreen.errors import Problem
from nkscreen.rulebook.checking import check_rule
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.issues import FailedTest
from nkscreen.rulebook.load import Reading, read_pack
from nkscreen.rulebook.rule import RuleTest
from nkscreen.rulebook.rulebook import Rulebook
from nkscreen.rulebook.testing import WORDS, TestResult, run_test, run_tests
from nkscreen.rulebook.yaml_file import YamlFile

LINT = "lint"
"""The item of a rule that holds its house rules, its coverage and its mutants."""
LOADS = "loads"
"""The item of a file that cannot be used, which fails with everything that is wrong with it."""


class RuleItemError(Exception):
    """What pytest shows for an item that failed."""


@dataclass(frozen=True)
class Loaded:
    """A folder, read once in a run. `elsewhere` are problems of no YAML file; the first file collected tells them."""

    reading: Reading
    rulebook: Rulebook
    elsewhere: list[Problem]


_LOADED = pytest.StashKey[dict[Path, Loaded]]()


def collect(folder: Path, file_path: Path, parent: pytest.Collector) -> pytest.Collector:
    """The collector of one YAML file of a folder of rules."""
    known = parent.config.stash.setdefault(_LOADED, {})
    if folder not in known:
        reading = read_pack(folder)
        files = {path.relative_to(folder.parent).as_posix() for path in folder.rglob("*.yaml")}
        elsewhere = [problem for problem in reading.problems if problem.file not in files]
        known[folder] = Loaded(reading, Rulebook(reading.pack), elsewhere)
    file: RuleYaml = RuleYaml.from_parent(parent, path=file_path)
    file.loaded, file.name_in_pack = known[folder], file_path.relative_to(folder.parent).as_posix()
    return file


class RuleYaml(pytest.File):
    """A YAML file of a pack: a rule, a list, or a file that is wrong; fixtures and the like give no items."""

    loaded: Loaded
    name_in_pack: str

    def collect(self) -> Iterator[pytest.Item]:
        """One item a test, and `lint` for a rule; `loads` alone where the file cannot be used."""
        reading, rulebook = self.loaded.reading, self.loaded.rulebook
        wrong = [problem for problem in reading.problems if problem.file == self.name_in_pack]
        wrong += self.loaded.elsewhere
        self.loaded.elsewhere.clear()
        if wrong:
            yield self.item(LOADS, partial(list, wrong))
            return
        ids = {source.name: known for known, source in reading.sources.items()}
        found = ids.get(self.name_in_pack, "")
        rule = next((rule for rule in rulebook.rules if rule.id == found), None)
        if rule is not None:
            for test in rule.file.tests:
                yield self.item(test.name, partial(_test, rulebook, rule, test))
            source = reading.sources[rule.id]
            yield self.item(LINT, partial(_lint, rulebook, rule, source))
        elif found in rulebook.lists:
            for result in run_tests(rulebook, [found]):
                yield self.item(result.name, partial(_told, result))

    def item(self, name: str, run: Callable[[], Sequence[Problem | str]]) -> RuleItem:
        """An item that passes when running it gives nothing."""
        item: RuleItem = RuleItem.from_parent(self, name=name)
        item.run = run
        return item


class RuleItem(pytest.Item):
    """One test of a rule or list, or the lint of a rule."""

    run: Callable[[], Sequence[Problem | str]]

    def runtest(self) -> None:
        """Fail with everything that is wrong."""
        wrong = self.run()
        if wrong:
            raise RuleItemError("\n".join(str(one) for one in wrong))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **more: Any) -> Any:
        """The failure as its author needs it, without a traceback."""
        if isinstance(excinfo.value, RuleItemError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args, **more)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """What heads the failure."""
        return self.path, None, f"{self.path.name}: {self.name}"


def _test(rulebook: Rulebook, rule: Rule, test: RuleTest) -> list[str]:
    return _told(run_test(rulebook, rule, test))


def _lint(rulebook: Rulebook, rule: Rule, source: YamlFile) -> list[Problem]:
    """All but the tests that fail: they are items of their own."""
    issues = check_rule(rulebook, rule, source).issues
    return [issue.problem(source) for issue in issues if not isinstance(issue, FailedTest)]


def _told(result: TestResult) -> list[str]:
    """What differs from what the test expects, and how every condition came out."""
    if result.passed:
        return []
    lines = list(result.problems)
    verdict = result.verdict
    if verdict is not None:
        lines.append(f"the rule came out {WORDS[verdict.match]}{f' ({verdict.reason})' if verdict.reason else ''}")
        for condition in verdict.conditions:
            read = ", ".join(f"{item.path}={item.value!r}" for item in condition.evidence)
            missing = f"missing {', '.join(condition.missing)}" if condition.missing else ""
            lines.append(f"  {condition.name}: {WORDS[condition.holds]}  {read or missing}".rstrip())
    return lines
