"""`rules.lock.json`: what a pack decides, written down, so that a later state of it can be held against it.

A lock holds, for every rule, its version, the SHA-256 of its logic and the logic itself in one canonical spelling; for
every list its version, hash and items. It says nothing of titles, tests and prose but a hash that tells that they
changed. Keys are sorted and every value has a line of its own, so that two branches merge line by line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field, ValidationError

from nkscreen.errors import Problem, RuleError
from nkscreen.records.model import validation_message
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.language import to_text
from nkscreen.rulebook.lists import Kind, RuleList
from nkscreen.rulebook.load import Pack
from nkscreen.rulebook.rule import Line, Score, Status, Strict, Subject, Window
from nkscreen.rulebook.yaml_file import read_yaml

LOCK: Final = "rules.lock.json"
POLICY: Final = "policy"
MAX_BYTES: Final = 20_000_000
"""Size of a lock; that of 60 rules with their lists has some 200 kB."""


class LockedCondition(Strict):
    """A condition: its expression as the printer spells it, lists by their local names."""

    if_: str = Field(alias="if")
    weight: float
    exempts: bool


class Logic(Strict):
    """All that decides whether a rule matches and how loudly. `lists` are ids by local name."""

    subject: Subject
    family: str
    severity: str
    valid: Window
    lists: dict[str, str]
    conditions: dict[str, LockedCondition]
    match: str
    unknown: Literal["review", "ignore"]
    score: Score


class LockedRule(Strict):
    """A rule. `sha256` is that of its logic, as findings carry it; `file` that of everything its author wrote."""

    version: int
    status: Status
    jurisdiction: tuple[str, ...]
    sha256: str
    file: str
    logic: Logic


class LockedList(Strict):
    """A list. `sha256` is over its kind and items, `file` over everything its author wrote."""

    version: int
    kind: Kind
    sha256: str
    file: str
    items: tuple[str, ...]


class Lock(Strict):
    """Everything a lock file holds. `deprecated` are the last versions of rules that were taken out; `policy` and
    `fixtures` are hashes by path and by id."""

    schema_: Literal["nkscreen/lock@1"] = Field(default="nkscreen/lock@1", alias="schema")
    name: Line
    version: str = Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")
    policy: dict[str, str]
    fixtures: dict[str, str]
    deprecated: dict[str, int]
    lists: dict[str, LockedList]
    rules: dict[str, LockedRule]

    def text(self) -> str:
        """The lock as its file holds it, ending in a line break."""
        data = self.model_dump(mode="json", by_alias=True)
        return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def lock_of(pack: Pack, folder: Path) -> Lock:
    """What the pack in this folder decides now.

    Raises:
        RuleError: a policy file cannot be read.
    """
    return Lock(
        name=pack.name,
        version=pack.version,
        policy=_policy(folder),
        fixtures={fixture_id: _file_hash(fixture) for fixture_id, fixture in pack.fixtures.items()},
        deprecated={rule_id: note.last_version for rule_id, note in pack.deprecated.items()},
        lists={list_id: _list(found) for list_id, found in pack.lists.items()},
        rules={rule.id: _rule(rule) for rule in pack.rules},
    )


def read_lock(path: Path) -> Lock | None:
    """The lock in this file or in this folder of rules; None where there is none.

    Raises:
        RuleError: the file is no lock.
    """
    file = path / LOCK if path.is_dir() else path
    if not file.exists() and file.name == LOCK:
        return None
    name = f"{file.parent.name}/{file.name}"
    try:
        if file.stat().st_size > MAX_BYTES:
            raise RuleError(Problem(f"the file is larger than {MAX_BYTES:,} bytes; that is no lock", name))
        data: Any = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=unique_keys)
        return Lock.model_validate(data)
    except OSError as error:
        raise RuleError(Problem(f"cannot be read: {error.strerror}", name)) from None
    except ValidationError as error:
        raise RuleError(Problem(f"{validation_message(error)}; restore the file or write it anew", name)) from None
    except (ValueError, RecursionError) as error:
        raise RuleError(Problem(f"no JSON ({error}); restore the file or write it anew", name)) from None


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object with every key once: of two, readers would silently disagree which counts."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands there twice")
        found[key] = value
    return found


def _rule(rule: Rule) -> LockedRule:
    file = rule.file
    conditions = {
        name: LockedCondition.model_validate(
            {"if": to_text(rule.conditions[name].tree), "weight": condition.weight, "exempts": condition.exempts}
        )
        for name, condition in file.conditions.items()
    }
    return LockedRule(
        version=file.version,
        status=file.status,
        jurisdiction=tuple(sorted(file.jurisdiction)),
        sha256=rule.logic_hash,
        file=_file_hash(file),
        logic=Logic(
            subject=file.subject,
            family=file.family,
            severity=file.severity.value,
            valid=file.valid,
            lists=dict(file.lists),
            conditions=conditions,
            match=to_text(rule.match),
            unknown=file.unknown,
            score=file.score,
        ),
    )


def _list(found: RuleList) -> LockedList:
    items = tuple(sorted(found.values))
    return LockedList(
        version=found.version,
        kind=found.kind,
        sha256=canonical_sha256([found.kind, *items]),
        file=_file_hash(found),
        items=items,
    )


def _file_hash(model: Strict) -> str:
    return canonical_sha256(model.model_dump(mode="json", by_alias=True, exclude_unset=True))


def canonical_sha256(value: Any) -> str:
    """SHA-256 of a value's one JSON spelling: sorted keys, no white space, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _policy(folder: Path) -> dict[str, str]:
    files = sorted((folder / POLICY).rglob("*.yaml"))
    names = [path.relative_to(folder).as_posix() for path in files]
    return {
        name: canonical_sha256(_without_reasons(read_yaml(path, name).value))
        for name, path in zip(names, files, strict=True)
    }


def _without_reasons(value: Any) -> Any:
    """The values of a policy: its reasons are prose."""
    if isinstance(value, Mapping):
        return {key: _without_reasons(inner) for key, inner in value.items() if key != "reason"}
    return value
