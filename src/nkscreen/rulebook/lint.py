"""House rules about a rule file itself: its names, its dates, and what a rule that raises alerts must say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nkscreen.errors import Problem
from nkscreen.rulebook.language import FUNCTIONS, prepared, suggestion
from nkscreen.rulebook.rule import RuleFile
from nkscreen.rulebook.yaml_file import KEY, YamlFile

BAN_WORDS: Final = ("ban", "bans", "banned", "prohibited", "prohibition", "prohibits", "prohibit")
"""Words that no indicator may carry in its title: a red flag must never read like a law."""


def metadata_problems(file: RuleFile, source: YamlFile) -> Iterator[Problem]:
    """Everything wrong with a rule that is not wrong with its logic."""
    for check in (_names, _dates, _stable, _tests):
        yield from check(file, source)


def _names(file: RuleFile, source: YamlFile) -> Iterator[Problem]:
    if source.name.rpartition("/")[2] != f"{file.id.lower()}.yaml":
        yield source.problem(f"the file of this rule must be called {file.id.lower()}.yaml", ("id",))
    if file.basis == "indicator" and FUNCTIONS["any_word"].call(file.title, prepared("any_word", BAN_WORDS)):
        yield source.problem("an indicator is a red flag, not a law: its title may not speak of a ban", ("title",))


def _dates(file: RuleFile, source: YamlFile) -> Iterator[Problem]:
    if file.modified < file.created:
        yield source.problem("modified before it was created", ("modified",))
    for index, legal in enumerate(file.legal):
        if legal.effective is not None and legal.effective > file.valid.from_:
            message = f"takes effect on {legal.effective}, but the rule is valid from {file.valid.from_}"
            yield source.problem(message, ("legal", index, "effective"))


def _stable(file: RuleFile, source: YamlFile) -> Iterator[Problem]:
    if file.status == "deprecated" and file.deprecated_on is None:
        yield source.problem("a deprecated rule says since when: deprecated_on", ("status",))
    if file.status != "stable":
        return
    if file.basis != "indicator" and not file.legal:
        yield source.problem("a stable rule that is law or a measure names its legal basis: legal", ("status",))
    for key in ("references", "falsepositives"):
        if not getattr(file, key):
            yield source.problem(f"a stable rule says {key}", ("status",))


def _tests(file: RuleFile, source: YamlFile) -> Iterator[Problem]:
    names: set[str] = set()
    for index, test in enumerate(file.tests):
        if test.name in names:
            yield source.problem("another test of this rule has the same name", ("tests", index, "name"))
        names.add(test.name)
        for name in test.expect.conditions:
            if name not in file.conditions:
                message = f"no condition {name!r}{suggestion(name, file.conditions)}"
                yield source.problem(message, ("tests", index, "expect", "conditions", name, KEY))
