"""What changed between two states of a pack, and which version the later one must have.

Packs are versioned by effect, in the order of a compliance team's risk: a change after which an alert may be missing,
lower or less severe is *major*; one that can only add or raise alerts is *minor*; prose and tests are a *patch*. Where
it cannot be shown that a change loses nothing (see `implies`), it counts as one that may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from nkscreen.rulebook.language import Items, Node, walk
from nkscreen.rulebook.update.effects import Effect, condition_effect, match_effect, moved, trees
from nkscreen.rulebook.update.locked import Lock, LockedCondition, LockedRule, Logic

TEXTS: Final = "texts or tests"
_SEVERITIES: Final = ("info", "low", "medium", "high", "critical")
_SHOWN: Final = 12
"""Items of a changed list that are named; the others are counted."""

WHY: Final = {
    Effect.NONE: "no alert changes",
    Effect.MORE: "alerts may be added or rise",
    Effect.LESS: "alerts may be lost or fall",
    Effect.EITHER: "alerts may be lost as well as added",
}
"""The effects in words."""


class Bump(IntEnum):
    """By how much the version of a pack must rise."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `id` is a rule's or a list's, or empty for the pack; `part` says what of it changed.

    `before` and `after` are as an author reads them, empty where there was or is nothing.
    """

    id: str
    part: str
    before: str
    after: str
    effect: Effect = Effect.NONE

    def __str__(self) -> str:
        where = f"{self.id} {self.part}".strip()
        if self.before and self.after:
            return f"{where}: {self.before} -> {self.after}"
        if self.before or self.after:
            return f"{where}: {'removed' if self.before else 'added'} {self.before or self.after}"
        return f"{where} changed"

    @property
    def decides(self) -> bool:
        """Whether it is more than prose or tests."""
        return self.part not in (TEXTS, "version")


def compare(old: Lock, new: Lock) -> tuple[Change, ...]:
    """Everything that differs, rules first, each in the order of ids."""
    return (*_rules(old, new), *_lists(old, new), *_rest(old, new))


def needed(changes: Iterable[Change]) -> Bump:
    """The bump that these changes ask for."""
    found = Bump.NONE
    for change in changes:
        if change.effect & Effect.LESS:
            return Bump.MAJOR
        found = max(found, Bump.MINOR if change.effect else Bump.PATCH)
    return found


def least_version(old: str, bump: Bump) -> str:
    """The lowest version that a pack may have after such a change.

    Below 1.0.0 the second number stands for the first: 0.1.0 becomes 0.2.0 where 1.1.0 would become 2.0.0.
    """
    major, minor, patch = _numbers(old)
    if bump is Bump.NONE:
        return old
    if bump is Bump.MAJOR:
        return f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"
    if bump is Bump.MINOR and major:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def enough(old: str, new: str, bump: Bump) -> bool:
    """Whether the version rose as the bump asks."""
    return _numbers(new) >= _numbers(least_version(old, bump))


def _numbers(version: str) -> tuple[int, int, int]:
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def _rules(old: Lock, new: Lock) -> Iterator[Change]:
    for rule_id in sorted({*old.rules, *new.rules}):
        before, after = old.rules.get(rule_id), new.rules.get(rule_id)
        if before is None and after is not None:
            yield Change(rule_id, "rule", "", _summary(after), _raises(after, Effect.MORE))
        elif after is None and before is not None:
            yield Change(rule_id, "rule", _summary(before), "", _raises(before, Effect.LESS))
        elif before is not None and after is not None and before != after:
            yield from _rule(rule_id, before, after, old, new)


def _summary(rule: LockedRule) -> str:
    return f"version {rule.version}, {rule.status}, {rule.logic.severity}, on a {rule.logic.subject}"


def _raises(rule: LockedRule, effect: Effect) -> Effect:
    """The effect where the rule raises alerts; drafts and experimental rules raise none."""
    return effect if rule.status == "stable" else Effect.NONE


def _rule(rule_id: str, before: LockedRule, after: LockedRule, old: Lock, new: Lock) -> Iterator[Change]:
    if before.status != after.status:
        effect = _raises(before, Effect.LESS) | _raises(after, Effect.MORE)
        yield Change(rule_id, "status", before.status, after.status, effect)
    live = before.status == after.status == "stable"
    found = [*_jurisdiction(rule_id, before, after)]
    if before.sha256 != after.sha256:
        found += _logic(rule_id, before.logic, after.logic, old, new)
    for change in found:
        yield change if live else Change(change.id, change.part, change.before, change.after)
    if before.version != after.version:
        yield Change(rule_id, "version", str(before.version), str(after.version))
    if not found and before.file != after.file:
        yield Change(rule_id, TEXTS, "", "")


def _jurisdiction(rule_id: str, before: LockedRule, after: LockedRule) -> Iterator[Change]:
    if before.jurisdiction == after.jurisdiction:
        return
    was, now = set(before.jurisdiction), set(after.jurisdiction)
    # a rule without any is raised for everybody
    more = Effect.MORE if was and (not now or now - was) else Effect.NONE
    less = Effect.LESS if now and (not was or was - now) else Effect.NONE
    yield Change(rule_id, "jurisdiction", ", ".join(before.jurisdiction), ", ".join(after.jurisdiction), more | less)


def _logic(rule_id: str, before: Logic, after: Logic, old: Lock, new: Lock) -> Iterator[Change]:
    for part in ("subject", "family"):
        if getattr(before, part) != getattr(after, part):
            yield Change(rule_id, part, getattr(before, part), getattr(after, part), Effect.EITHER)
    for part, was, now, effect in (
        ("severity", before.severity, after.severity, _severity(before.severity, after.severity)),
        ("unknown", before.unknown, after.unknown, Effect.LESS if after.unknown == "ignore" else Effect.MORE),
        ("valid", _window(before), _window(after), _validity(before, after)),
    ):
        if was != now:
            yield Change(rule_id, part, was, now, effect)
    for part in ("base", "cap", "floor"):
        was, now = getattr(before.score, part), getattr(after.score, part)
        if was != now:
            yield Change(rule_id, f"score.{part}", f"{was:g}", f"{now:g}", moved(was, now))
    first, second = trees(before, old), trees(after, new)
    yield from _conditions(rule_id, before, after, first, second)
    yield from _used_lists(rule_id, before, after)
    if before.match != after.match:
        yield Change(rule_id, "match", before.match, after.match, match_effect(before, after, first, second))


def _conditions(
    rule_id: str, before: Logic, after: Logic, first: Mapping[str, Node], second: Mapping[str, Node]
) -> Iterator[Change]:
    for name in [*before.conditions, *(name for name in after.conditions if name not in before.conditions)]:
        was, now = before.conditions.get(name), after.conditions.get(name)
        where = f"conditions.{name}"
        if was is None or now is None:
            # what it does to the match is told by the change of match
            effect = moved(was.weight if was else 0.0, now.weight if now else 0.0)
            yield Change(rule_id, where, _condition(was), _condition(now), effect)
            continue
        if was.weight != now.weight:
            yield Change(
                rule_id, f"{where}.weight", f"{was.weight:g}", f"{now.weight:g}", moved(was.weight, now.weight)
            )
        if was.exempts != now.exempts:
            yield Change(rule_id, f"{where}.exempts", str(was.exempts).lower(), str(now.exempts).lower(), Effect.EITHER)
        effect = condition_effect(name, first[name], second[name], before)
        if was.if_ != now.if_:
            yield Change(rule_id, f"{where}.if", was.if_, now.if_, effect)
        elif effect:
            yield Change(rule_id, f"{where}.lists", *_item_changes(first[name], second[name]), effect)


def _item_changes(before: Node, after: Node) -> tuple[str, str]:
    """The items that left and that joined the lists of a condition whose text is the same."""
    was, now = (
        {str(item.value) for node in walk(tree) if isinstance(node, Items) for item in node.items}
        for tree in (before, after)
    )
    return _items(sorted(was - now)), _items(sorted(now - was))


def _condition(condition: LockedCondition | None) -> str:
    if condition is None:
        return ""
    weight = f" (weight {condition.weight:g})" if condition.weight else ""
    return f"{'!' if condition.exempts else ''}{condition.if_}{weight}"


def _used_lists(rule_id: str, before: Logic, after: Logic) -> Iterator[Change]:
    """Lists that another id stands behind; what that does is told by the conditions that use them."""
    for name in sorted({*before.lists, *after.lists}):
        was, now = before.lists.get(name, ""), after.lists.get(name, "")
        if was != now:
            yield Change(rule_id, f"lists.{name}", was, now)


def _severity(before: str, after: str) -> Effect:
    return moved(_SEVERITIES.index(before), _SEVERITIES.index(after))


def _window(logic: Logic) -> str:
    end = f" until {logic.valid.to}" if logic.valid.to else ""
    return f"from {logic.valid.from_}{end} by {logic.valid.clock}"


def _validity(before: Logic, after: Logic) -> Effect:
    was, now = before.valid, after.valid
    if was.clock != now.clock:
        return Effect.EITHER
    endless = 10_000_000
    ends = (was.to.toordinal() if was.to else endless, now.to.toordinal() if now.to else endless)
    return moved(now.from_.toordinal(), was.from_.toordinal()) | moved(*ends)


def _lists(old: Lock, new: Lock) -> Iterator[Change]:
    for list_id in sorted({*old.lists, *new.lists}):
        before, after = old.lists.get(list_id), new.lists.get(list_id)
        if before is None or after is None:
            was, now = (f"{len(found.items)} items" if found else "" for found in (before, after))
            yield Change(list_id, "list", was, now)
            continue
        if before.sha256 != after.sha256:
            gone = [item for item in before.items if item not in after.items]
            come = [item for item in after.items if item not in before.items]
            if before.kind != after.kind:
                yield Change(list_id, "kind", before.kind, after.kind)
            if gone:
                yield Change(list_id, "items", _items(gone), "")
            if come:
                yield Change(list_id, "items", "", _items(come))
        elif before.file != after.file and before.version == after.version:
            yield Change(list_id, TEXTS, "", "")
        if before.version != after.version:
            yield Change(list_id, "version", str(before.version), str(after.version))


def _items(items: list[str]) -> str:
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more


def _rest(old: Lock, new: Lock) -> Iterator[Change]:
    for path in sorted({*old.policy, *new.policy}):
        if old.policy.get(path) != new.policy.get(path):
            yield Change("", path, "", "", Effect.EITHER)
    for rule_id in sorted({*old.deprecated, *new.deprecated}):
        if rule_id not in old.deprecated:
            yield Change(rule_id, "deprecated", "", f"note of version {new.deprecated[rule_id]}")
        elif rule_id not in new.deprecated:
            yield Change(rule_id, "deprecated", f"note of version {old.deprecated[rule_id]}", "")
    if old.fixtures != new.fixtures:
        yield Change("", "fixtures of tests", "", "")
    if old.name != new.name:
        yield Change("", "name", old.name, new.name)
