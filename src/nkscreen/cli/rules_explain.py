"""`nkscreen rules explain`: one rule on one record, condition by condition."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError

from nkscreen.alerts.explain import legal_text, value_text, wrap
from nkscreen.alerts.wording import points
from nkscreen.cli import common
from nkscreen.errors import InputError, RuleError
from nkscreen.formats import Quarantined, open_input
from nkscreen.records import KINDS, Record
from nkscreen.records.model import validation_message
from nkscreen.rulebook import Rule, Rulebook, RuleHit, load_rulebook
from nkscreen.rulebook.fixture import Fixture
from nkscreen.rulebook.judge import EXEMPTED, OUTSIDE_VALIDITY
from nkscreen.rulebook.language import suggestion
from nkscreen.rulebook.rule import Given
from nkscreen.rulebook.testing import WORDS
from nkscreen.rulebook.trace import ConditionTrace, Trace, trace
from nkscreen.rulebook.vocabulary import HITS
from nkscreen.rulebook.yaml_file import read_yaml

MAX_OBJECT_BYTES = 1_000_000
"""Size up to which a .json file is tried as one record; above it, it is read line by line."""

_LABEL = 10
_INDENT = " " * (_LABEL + 2)


def register(app: typer.Typer) -> None:
    """Add the command to `nkscreen rules`."""
    app.command("explain")(explain)


def explain(
    rule_id: str = typer.Argument(..., metavar="ID", help="The rule."),
    record: Path = typer.Option(
        ..., "--record", metavar="FILE", help="One record as JSON, a file of records, or a fixture or test in YAML."
    ),
    wanted: str | None = typer.Option(
        None, "--id", metavar="ID", help="The record of that id, where FILE has several."
    ),
    rules: Path | None = common.RulesOption,
    as_of: str | None = common.AsOfOption,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Explain what a rule makes of a record: each condition, what decided it, what was missing, and the score."""
    rulebook = load_rulebook(rules, locked=False)
    known = {rule.id: rule for rule in rulebook.rules}
    if rule_id not in known:
        raise InputError(f"there is no rule {rule_id!r}{suggestion(rule_id, known)}")
    rule = known[rule_id]
    found, hits = _record(record, wanted, rule, rulebook)
    if found.kind != rule.file.subject:
        raise InputError(f"holds a {found.kind}, and {rule_id} is about a {rule.file.subject}", file=str(record))
    traced = trace(rule, found, hits, common.day(as_of))
    if as_json:
        typer.echo(json.dumps(as_dict(traced), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(line.rstrip() for line in text(traced)))


def _record(file: Path, wanted: str | None, rule: Rule, rulebook: Rulebook) -> tuple[Record, tuple[RuleHit, ...]]:
    if file.suffix.lower() in (".yaml", ".yml"):
        return _from_yaml(file, rulebook)
    if file.suffix.lower() == ".json" and file.is_file() and file.stat().st_size <= MAX_OBJECT_BYTES:
        try:
            data: Any = json.loads(file.read_text(encoding="utf-8-sig"))
        except (ValueError, RecursionError):
            data = None  # not one object: lines, or broken, and then the reader says where
        if isinstance(data, dict):
            return _from_object(data, rule, file)
    return _from_file(file, wanted, rule), ()


def _from_object(data: dict[str, Any], rule: Rule, file: Path) -> tuple[Record, tuple[RuleHit, ...]]:
    kind, hits = data.pop("kind", rule.file.subject), data.pop(HITS, [])
    if kind not in KINDS:
        raise InputError(f"there is no kind {kind!r}; write one of {', '.join(KINDS)}", file=str(file), field="kind")
    try:
        return KINDS[kind].read({"id": file.stem, **data}), tuple(RuleHit.model_validate(hit) for hit in hits)
    except InputError as error:
        raise InputError(error.message, file=str(file)) from None
    except ValidationError as error:
        raise InputError(validation_message(error), file=str(file), field=HITS) from None


def _from_yaml(file: Path, rulebook: Rulebook) -> tuple[Record, tuple[RuleHit, ...]]:
    """A fixture file, or what stands under `given` in a test (with or without that word)."""
    source = read_yaml(file, str(file))
    try:
        if "schema" in source.value:
            return Fixture.model_validate(source.value).build()
        given = Given.model_validate(source.value.get("given", source.value))
    except ValidationError as error:
        raise RuleError(list(source.validation_problems(error))) from None
    except InputError as error:
        raise InputError(error.message, file=str(file)) from None
    if given.use not in rulebook.fixtures:
        hint = suggestion(given.use, rulebook.fixtures)
        raise InputError(f"there is no fixture {given.use!r}{hint}", file=str(file), field="use")
    try:
        return rulebook.fixtures[given.use].build(given)
    except InputError as error:
        raise InputError(error.message, file=str(file)) from None


def _from_file(file: Path, wanted: str | None, rule: Rule) -> Record:
    chosen = None
    with open_input(file, kind=rule.file.subject) as source:
        for item in source:
            if isinstance(item, Quarantined):
                if wanted is None:
                    raise InputError(f"{item.source}: {item.reason}")
            elif wanted is None and chosen is not None:
                raise InputError("holds several records; name one with --id", file=str(file))
            elif wanted is None or item.id == wanted:
                chosen = item
                if wanted is not None:
                    break
    if chosen is None:
        raise InputError(f"holds no record {wanted or ''}".rstrip() + "; look at its id column", file=str(file))
    return chosen


def text(traced: Trace) -> Iterator[str]:
    """The trace for a terminal, at most `alerts.explain.WIDTH` columns wide."""
    file, verdict = traced.rule.file, traced.verdict
    yield from wrap(f"{file.id} version {file.version}: {file.title}", "", "  ")
    yield _outcome(traced).upper()
    yield ""
    yield from _field("record", f"{traced.record.kind} {traced.record.id}")
    yield from _field("rule", f"{file.status}, severity {file.severity}, family {file.family}")
    assumed = "the run's day, the record gives none" if verdict.clock_assumed else "the record's"
    end = f" until {file.valid.to}" if file.valid.to else ""
    place = "inside" if traced.inside else "outside"
    yield from _field(
        "validity", f"{place}: {file.valid.clock} is {verdict.day} ({assumed}), valid from {file.valid.from_}{end}"
    )
    for index, legal in enumerate(file.legal):
        yield from _field("" if index else "legal", legal_text(legal.basis()))
    if verdict.missing:
        yield from _field("obtain", ", ".join(verdict.missing))
    yield ""
    yield from _field("match", traced.match)
    yield from _field("", f"= {traced.match_values}")
    for condition in traced.conditions:
        yield ""
        yield from _condition(condition)
    yield ""
    yield from _field("score", _score(traced))


def _outcome(traced: Trace) -> str:
    verdict = traced.verdict
    if verdict.match is True:
        return f"match, {points(verdict.score)} points"
    if verdict.match is None:
        review = traced.rule.file.unknown == "review"
        raised = "raised for review" if review and verdict.hinted else "raises nothing"
        return f"unknown, {raised}"
    return {OUTSIDE_VALIDITY: "not applied: outside its validity", EXEMPTED: "turned off by an exemption"}.get(
        verdict.reason, "no match"
    )


def _condition(condition: ConditionTrace) -> Iterator[str]:
    weight = f" ({condition.weight:+g} points)" if condition.weight else ""
    exempts = " (exempts)" if condition.exempts else ""
    yield from _field(WORDS[condition.holds], f"{condition.name}{weight}{exempts}")
    yield from wrap(condition.expression, f"{_INDENT}if    ", f"{_INDENT}      ")
    if condition.says:
        yield from wrap(condition.says, f"{_INDENT}says  ", f"{_INDENT}      ")
    for variable, path in condition.elements.items():
        yield from wrap(f"{variable} is {path}", f"{_INDENT}by    ", f"{_INDENT}      ")
    if not condition.read and not condition.missing:
        yield f"{_INDENT}read  (nothing of it is given)"
    for item in condition.read:
        yield from wrap(f"{item.path} = {value_text(item.value)}", f"{_INDENT}read  ", f"{_INDENT}      ")
    if condition.missing:
        yield from wrap(", ".join(condition.missing), f"{_INDENT}lacks ", f"{_INDENT}      ")


def _score(traced: Trace) -> str:
    limits = traced.rule.file.score
    if traced.verdict.match is not True:
        return "0, because the rule did not match"
    total = " ".join(f"{'+' if value >= 0 else '-'} {abs(value):g} {name}" for name, value in traced.points)
    bounds = f"at least {limits.floor:g}, at most {limits.cap:g}"
    return f"{total.removeprefix('+ ')} = {points(traced.verdict.score)} ({bounds})"


def _field(label: str, value: str) -> Iterator[str]:
    return wrap(value, f"{label:<{_LABEL}}  ", _INDENT)


def as_dict(traced: Trace) -> dict[str, Any]:
    """The trace as plain data."""
    file, verdict = traced.rule.file, traced.verdict
    return {
        "rule": {"id": file.id, "version": file.version, "title": file.title, "status": file.status},
        "logic_hash": traced.rule.logic_hash,
        "record": {"kind": traced.record.kind, "id": traced.record.id},
        "outcome": WORDS[verdict.match],
        "reason": verdict.reason,
        "score": verdict.score,
        "points": [{"of": name, "points": value} for name, value in traced.points] if verdict.match else [],
        "missing": list(verdict.missing),
        "validity": {
            **file.valid.model_dump(mode="json", by_alias=True),
            "day": verdict.day.isoformat(),
            "assumed": verdict.clock_assumed,
            "inside": traced.inside,
        },
        "legal": [legal.basis().model_dump(mode="json", by_alias=False) for legal in file.legal],
        "match": traced.match,
        "match_values": traced.match_values,
        "conditions": [
            {
                "name": one.name,
                "if": one.expression,
                "holds": WORDS[one.holds],
                "weight": one.weight,
                "exempts": one.exempts,
                "says": one.says,
                "read": [{"path": item.path, "value": item.model_dump(mode="json")["value"]} for item in one.read],
                "elements": dict(one.elements),
                "missing": list(one.missing),
            }
            for one in traced.conditions
        ],
    }
