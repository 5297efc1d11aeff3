"""Read a folder of rules. Every error of every file is collected, so that an author sees all of them at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar
from typing import Literal as Word

from pydantic import Field, StringConstraints, ValidationError

from nkscreen.collector import collector_paused
from nkscreen.errors import InputError, Problem, RuleError
from nkscreen.rulebook.compiled import Rule, compile_rule
from nkscreen.rulebook.deprecated import Deprecated
from nkscreen.rulebook.fixture import Fixture
from nkscreen.rulebook.language import suggestion
from nkscreen.rulebook.lists import RuleList
from nkscreen.rulebook.rule import Line, RuleFile, Strict
from nkscreen.rulebook.yaml_file import YamlFile, read_yaml

PACK: Final = "pack.yaml"
LISTS: Final = "lists"
FIXTURES: Final = "fixtures"
DEPRECATED: Final = "deprecated"
TESTS: Final = "tests"
"""The key of the tests in the file of a rule or list."""
ELSEWHERE: Final = frozenset({"policy", "cases"})
"""Folders of a pack that other rooms read."""

Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]


class PackFile(Strict):
    """`pack.yaml`: what the pack is called, and its version (SemVer by effect: fewer matches are a major change)."""

    schema_: Word["nkscreen/pack@1"] = Field(alias="schema")
    name: Line
    version: Version


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything a folder of rules holds, checked. `sha256` is over what the files of rules and lists say, their tests
    left out. `tested` is whether the tests were read."""

    name: str
    version: str
    rules: tuple[Rule, ...]
    lists: Mapping[str, RuleList]
    fixtures: Mapping[str, Fixture]
    sha256: str
    deprecated: Mapping[str, Deprecated] = field(default_factory=dict)
    tested: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """A folder as far as it could be read: what is sound in it, files by id, and all that is wrong with the rest."""

    pack: Pack
    sources: Mapping[str, YamlFile]
    problems: tuple[Problem, ...]


def read_pack(directory: Path) -> Reading:
    """Read `pack.yaml`, `lists/**`, `fixtures/**`, `deprecated/**` and every rule in the other folders.

    Each problem has its place.

    Raises:
        RuleError: there is no such folder.
    """
    return _Loader(directory).reading()


def load_pack(directory: Path, *, tests: bool = True) -> Pack:
    """The pack of a folder in which nothing is wrong. Without `tests` those are not read: they are most of a pack, and
    nothing that it decides.

    Raises:
        RuleError: with all problems of all files, each with file, line and column.
    """
    with collector_paused():
        reading = _Loader(directory, tests=tests).reading()
    if reading.problems:
        raise RuleError(reading.problems)
    return reading.pack


_Model = TypeVar("_Model", bound=Strict)


class _Loader:
    def __init__(self, directory: Path, *, tests: bool = True) -> None:
        self.directory, self.tests = directory, tests
        self.problems: list[Problem] = []
        self.read: dict[str, Mapping[str, Any]] = {}
        self.sources: dict[str, YamlFile] = {}

    def reading(self) -> Reading:
        if not self.directory.is_dir():
            raise RuleError(Problem("there is no folder of rules here", str(self.directory)))
        pack = self.only_pack()
        lists = self.lists()
        fixtures = self.fixtures() if self.tests else {}
        rules = self.rules(lists, fixtures)
        deprecated = self.deprecated({rule.id for rule in rules})
        if not rules and not self.problems:
            self.problems.append(Problem("no rule was found in this folder", str(self.directory)))
        self.problems.sort(key=lambda found: (found.file, found.line or 0, found.column or 0))
        name, version = (pack.name, pack.version) if pack else ("", "")
        found = Pack(name, version, rules, lists, fixtures, self.sha256(), deprecated, self.tests)
        return Reading(found, self.sources, tuple(self.problems))

    def files(self, folder: str) -> list[Path]:
        """YAML files of a top-level folder, in an order that does not depend on the file system."""
        found = [path for path in (self.directory / folder).rglob("*") if path.is_file() and path.name[0] != "."]
        for path in found:
            if path.suffix != ".yaml":
                self.problems.append(Problem("only .yaml files belong here", self.name(path)))
        return sorted((path for path in found if path.suffix == ".yaml"), key=self.name)

    def name(self, path: Path) -> str:
        return path.relative_to(self.directory.parent).as_posix()

    def open(self, path: Path, model: type[_Model]) -> tuple[_Model, YamlFile] | None:
        try:
            source = read_yaml(path, self.name(path), without="" if self.tests else TESTS)
        except RuleError as error:
            self.problems += error.problems
            return None
        try:
            found = model.model_validate(source.value)
        except ValidationError as error:
            self.problems += source.validation_problems(error)
            return None
        if not issubclass(model, Fixture | Deprecated):  # tests and notes do not change what the pack decides
            said = {key: value for key, value in source.value.items() if key != TESTS}
            self.read[path.relative_to(self.directory).as_posix()] = said
        return found, source

    def only_pack(self) -> PackFile | None:
        path = self.directory / PACK
        if not path.is_file():
            self.problems.append(Problem("a pack has a file pack.yaml with its name and version", self.name(path)))
            return None
        opened = self.open(path, PackFile)
        return opened[0] if opened else None

    def lists(self) -> dict[str, RuleList]:
        found: dict[str, RuleList] = {}
        for path in self.files(LISTS):
            opened = self.open(path, RuleList)
            if opened is None:
                continue
            rule_list, source = opened
            if rule_list.id in found:
                self.problems.append(source.problem(f"another list has the id {rule_list.id!r}", ("id",)))
            self.problems += (source.problem(message, ("items", index)) for index, message in rule_list.item_problems())
            found[rule_list.id] = rule_list
            self.sources[rule_list.id] = source
        return found

    def fixtures(self) -> dict[str, Fixture]:
        found: dict[str, Fixture] = {}
        for path in self.files(FIXTURES):
            opened = self.open(path, Fixture)
            if opened is None:
                continue
            fixture, source = opened
            if fixture.id in found:
                self.problems.append(source.problem(f"another fixture has the id {fixture.id!r}", ("id",)))
            try:
                fixture.build()
            except InputError as error:
                self.problems.append(source.problem(error.message, ("record",)))
            found[fixture.id] = fixture
            self.sources.setdefault(fixture.id, source)
        return found

    def rules(self, lists: Mapping[str, RuleList], fixtures: Mapping[str, Fixture]) -> tuple[Rule, ...]:
        found: dict[str, Rule] = {}
        titles: dict[str, str] = {}
        folders = sorted(path.name for path in self.directory.iterdir() if path.is_dir() and path.name[0] != ".")
        for folder in folders:
            for path in self.files(folder) if folder not in {LISTS, FIXTURES, DEPRECATED, *ELSEWHERE} else ():
                opened = self.open(path, RuleFile)
                if opened is None:
                    continue
                file, source = opened
                if file.id in found:
                    self.problems.append(source.problem(f"another rule has the id {file.id!r}", ("id",)))
                if file.title in titles:
                    self.problems.append(source.problem(f"{titles[file.title]} has the same title", ("title",)))
                titles[file.title] = file.id
                wrong = _fixture_problems(file, source, fixtures) if self.tests else []
                self.problems += wrong
                rule = compile_rule(file, source, lists)
                if isinstance(rule, Rule):
                    if wrong:
                        continue
                    found[rule.id] = rule
                    self.sources[rule.id] = source
                else:
                    self.problems += rule
        return tuple(found[rule_id] for rule_id in sorted(found))

    def deprecated(self, rules: Collection[str]) -> dict[str, Deprecated]:
        found: dict[str, tuple[Deprecated, YamlFile]] = {}
        for path in self.files(DEPRECATED):
            opened = self.open(path, Deprecated)
            if opened is None:
                continue
            note, source = opened
            if path.name != f"{note.id.lower()}.yaml":
                self.problems.append(source.problem(f"this file must be called {note.id.lower()}.yaml", ("id",)))
            if note.id in rules or note.id in found:
                where = "a rule of the pack" if note.id in rules else "another note"
                self.problems.append(source.problem(f"{where} has the id {note.id!r}; ids are never reused", ("id",)))
            found[note.id] = opened
        for note, source in found.values():
            for index, other in enumerate(note.replaced_by):
                if other not in rules and other not in found:
                    problem = f"there is no rule {other!r}{suggestion(other, rules)}"
                    self.problems.append(source.problem(problem, ("replaced_by", index)))
        return {rule_id: found[rule_id][0] for rule_id in sorted(found)}

    def sha256(self) -> str:
        text = json.dumps(self.read, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def _fixture_problems(file: RuleFile, source: YamlFile, fixtures: Mapping[str, Fixture]) -> list[Problem]:
    found = []
    for index, test in enumerate(file.tests):
        fixture = fixtures.get(test.given.use)
        where = ("tests", index, "given", "use")
        if fixture is None:
            message = f"there is no fixture {test.given.use!r}{suggestion(test.given.use, fixtures)}"
            found.append(source.problem(message, where))
        elif fixture.subject != file.subject:
            found.append(source.problem(f"the fixture is a {fixture.subject}, the rule is on a {file.subject}", where))
    return found
