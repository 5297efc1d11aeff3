"""House rules about a rule file itself: its names, its dates, and what a rule that raises alerts must say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from nkscreen.errors import Problem
from nkscreen.rulebook.issues import (
    CapOutOfReach,
    DeprecatedWithoutDate,
    IndicatorSoundsLikeLaw,
    Issue,
    LawLaterThanRule,
    ModifiedBeforeCreated,
    NoLegalBasis,
    NoSuchCondition,
    NothingSaid,
    SameTestName,
    TitleUnlikeSubject,
    UnknownFact,
    UntidyTitle,
    WeightAlwaysGiven,
    WeightWithoutEffect,
    WrongFileName,
)
from nkscreen.rulebook.language import FUNCTIONS, prepared, suggestion
from nkscreen.rulebook.rule import RuleFile
from nkscreen.rulebook.yaml_file import KEY, YamlFile

BAN_WORDS: Final = ("ban", "bans", "banned", "prohibited", "prohibition", "prohibits", "prohibit")
"""Words that no indicator may carry: a red flag must never read like a law."""
NOT_BAN: Final = (
    "no ban", "not a ban", "not banned", "no prohibition", "not a prohibition", "not prohibited", "nor prohibited",
    "neither banned", "nor banned",
)  # fmt: skip
"""Phrases in which a text says that something is no ban."""
PREFIXES: Final = {"CPY": "counterparty", "VSL": "vessel", "SHIP": "shipment", "PAY": "payment", "EMP": "employment"}
"""What a rule is about, by the middle of its id; other middles say nothing of it."""
MAX_TITLE: Final = 100


def metadata_problems(file: RuleFile, source: YamlFile) -> Iterator[Problem]:
    """Everything wrong with a rule that is not wrong with its logic; a rule with any of it does not load."""
    for issues in (_names(file, source), _dates(file), _stable(file), _tests(file)):
        yield from (issue.problem(source) for issue in issues)


def house_issues(file: RuleFile, always: Collection[str], facts: Collection[str] | None = None) -> Iterator[Issue]:
    """What a rule that loads may still have wrong in its texts and numbers.

    `always` are the conditions that hold in every match; `facts` are the ids that exist, None when that is not known.
    """
    for key in prohibition_keys(file):
        yield IndicatorSoundsLikeLaw(("alert", "action") if key == "alert" else (key,), key)
    middle = file.id.split("-")[1]
    wanted = PREFIXES.get(middle, file.subject)
    if wanted != file.subject:
        yield TitleUnlikeSubject(("id",), f"NK-{middle}-", wanted, file.subject)
    title = file.title
    if len(title) > MAX_TITLE or title[0].islower() or title[-1] == "." or "\n" in title:
        yield UntidyTitle(("title",), MAX_TITLE)
    yield from _weights(file, always)
    for index, fact in enumerate(file.facts if facts is not None else ()):
        if facts is not None and fact not in facts:
            yield UnknownFact(("facts", index), fact)


def prohibition_keys(file: RuleFile) -> tuple[str, ...]:
    """Where an indicator speaks of a prohibition: title, description, alert. Empty for laws and measures."""
    if file.basis != "indicator":
        return ()
    texts = {"title": file.title, "description": file.description, "alert": file.alert.action}
    return tuple(key for key, text in texts.items() if text and _speaks_of_a_ban(text))


def _speaks_of_a_ban(text: str) -> bool:
    words, harmless = (prepared("any_word_but", phrases) for phrases in (BAN_WORDS, NOT_BAN))
    return bool(FUNCTIONS["any_word_but"].call(text, words, harmless))


def _names(file: RuleFile, source: YamlFile) -> Iterator[Issue]:
    if source.name.rpartition("/")[2] != f"{file.id.lower()}.yaml":
        yield WrongFileName(("id",), f"{file.id.lower()}.yaml")
    if "title" in prohibition_keys(file):
        yield IndicatorSoundsLikeLaw(("title",), "title")


def _dates(file: RuleFile) -> Iterator[Issue]:
    if file.modified < file.created:
        yield ModifiedBeforeCreated(("modified",))
    for index, legal in enumerate(file.legal):
        if legal.effective is not None and legal.effective > file.valid.from_:
            yield LawLaterThanRule(("legal", index, "effective"), legal.effective, file.valid.from_)


def _stable(file: RuleFile) -> Iterator[Issue]:
    if file.status == "deprecated" and file.deprecated_on is None:
        yield DeprecatedWithoutDate(("status",))
    if file.status != "stable":
        return
    if file.basis != "indicator" and not file.legal:
        yield NoLegalBasis(("status",))
    for key in ("references", "falsepositives"):
        if not getattr(file, key):
            yield NothingSaid(("status",), key)


def _tests(file: RuleFile) -> Iterator[Issue]:
    names: set[str] = set()
    for index, test in enumerate(file.tests):
        if test.name in names:
            yield SameTestName(("tests", index, "name"))
        names.add(test.name)
        for name in test.expect.conditions:
            if name not in file.conditions:
                hint = suggestion(name, file.conditions)
                yield NoSuchCondition(("tests", index, "expect", "conditions", name, KEY), name, hint)


def _weights(file: RuleFile, always: Collection[str]) -> Iterator[Issue]:
    score = file.score
    weights = {name: condition.weight for name, condition in file.conditions.items() if condition.weight}
    lowest = score.base + sum(weight for weight in weights.values() if weight < 0)
    highest = score.base + sum(weight for weight in weights.values() if weight > 0)
    for name, weight in weights.items():
        where = ("conditions", name, "weight")
        if name in always:
            yield WeightAlwaysGiven(where, name)
        elif (weight > 0 and lowest >= score.cap) or (weight < 0 and highest <= score.floor):
            yield WeightWithoutEffect(where, name, score.base, score.cap)
    if highest < score.cap:
        yield CapOutOfReach(("score", "cap"), highest, score.cap)
