"""What rules may read: the fields of a record, typed, and the hits on it; and the plain view of both.

In a view a value is missing (None) when the record does not give it, when it is a code that could not be read, or when
it is a number that no double holds exactly. Lists are always known, an empty one is `[]`.
"""

from __future__ import annotations

import datetime as dt
import math
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field

from nkscreen.alerts.model import Hit
from nkscreen.records.fields import Code, Unstated
from nkscreen.records.model import Record
from nkscreen.rulebook.language import Basic, CodeText, ListOf, Object, Type

HITS = "hits"
"""The field under which every record shows its hits."""
_EXCLUDED = frozenset({"source"})  # where a record stands in a file says nothing about the trade
_MAX_INTEGER = 2**53  # the last integer up to which a double is exact
_BASIC = {str: Basic.STRING, int: Basic.INT, float: Basic.DOUBLE, bool: Basic.BOOL, dt.date: Basic.DATE}


class RuleHit(BaseModel):
    """A hit as rules see it. `score` is 0..1; `programmes` and `measures` are the publisher's own words.

    `identifier` names the identifier that decided (`imo`, `bic`), or is empty when the name did.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)

    path: str = ""
    role: str = ""
    entity_id: str = ""
    publisher: str = ""
    schema_: str = Field(default="LegalEntity", alias="schema")
    caption: str = ""
    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    score: float
    dprk: bool = False
    in_force: bool = True
    conflict: bool = False
    identifier: str = ""

    @classmethod
    def of(cls, hit: Hit) -> RuleHit:
        """The part of a hit that rules may read."""
        return cls(
            path=hit.path,
            role=hit.role,
            entity_id=hit.entity_id,
            publisher=hit.publisher,
            schema_=hit.schema_,
            caption=hit.caption,
            programmes=tuple(dict.fromkeys(listing.programme for listing in hit.listings)),
            measures=tuple(dict.fromkeys(listing.measure for listing in hit.listings if listing.measure)),
            score=hit.score,
            dprk=hit.dprk,
            in_force=hit.in_force,
            conflict=hit.conflict,
            identifier=hit.decisive_identifier,
        )


def rule_name(field: str) -> str:
    """The name of a model's field in rules: `schema_` is `schema`."""
    return field.rstrip("_")


@lru_cache(maxsize=256)
def record_type(model: type[BaseModel]) -> Object:
    """The type of a record or of a part of one; a record also has `hits`.

    Raises:
        TypeError: for a field whose Python type has no type in rules.
    """
    fields = {name: _type(annotation, f"{model.__name__}.{name}") for name, _, annotation in _fields(model)}
    certain = {name for name, _, annotation in _fields(model) if not _may_be_missing(annotation)}
    if issubclass(model, Record):
        fields[HITS] = ListOf(record_type(RuleHit))
        certain.add(HITS)
    return Object(model.__name__, types.MappingProxyType(fields), frozenset(certain))


def view(record: BaseModel, hits: Sequence[Hit | RuleHit] = ()) -> dict[str, Any]:
    """The record and its hits as nested plain dicts and lists, in the shape of `record_type`.

    A part that a record shows in several places (`shipper`, `parties`) is one dict in all of them.
    """
    shown = _view(record, {})
    shown[HITS] = [_view(hit if isinstance(hit, RuleHit) else RuleHit.of(hit), {}) for hit in hits]
    return shown


_Seen: TypeAlias = dict[int, tuple[BaseModel, dict[str, Any]]]
"""The parts of one record that were shown already, by their identity; they are kept, or it could come again."""


def _view(part: BaseModel, seen: _Seen) -> dict[str, Any]:
    plan = _plan(type(part))
    shown = part.__dict__.copy()  # all fields at once
    seen[id(part)] = part, shown
    for attribute in plan.hidden:
        shown.pop(attribute, None)
    for name, attribute in plan.named:
        shown[name] = getattr(part, attribute)
    for name, convert in plan.values:
        value = shown[name]
        if value is not None:
            shown[name] = convert(value)
    for name in plan.parts:
        value = shown[name]
        if value is not None:
            shown[name] = seen[id(value)][1] if id(value) in seen else _view(value, seen)
    for name in plan.lists:
        shown[name] = [seen[id(item)][1] if id(item) in seen else _view(item, seen) for item in shown[name]]
    for name in plan.unstated:
        shown[name] = shown[name] or None
    return shown


class _Plan(NamedTuple):
    """How a model is shown, by names in rules.

    `hidden` are attributes that are not shown, or by another name; `named` such names, and derived ones, with their
    attributes. `values` are shown otherwise than they are, `parts` and `lists` of parts are views themselves, and an
    empty list of `unstated` is missing.
    """

    hidden: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, Callable[[Any], Any]], ...]
    parts: tuple[str, ...]
    lists: tuple[str, ...]
    unstated: tuple[str, ...]


@lru_cache(maxsize=256)
def _plan(model: type[BaseModel]) -> _Plan:
    kinds = record_type(model).fields
    fields = [(name, attribute, annotation) for name, attribute, annotation in _fields(model)]
    plain = {name for name, attribute, _ in fields if name == attribute and name in model.model_fields}
    return _Plan(
        hidden=tuple(attribute for attribute in model.model_fields if attribute not in plain),
        named=tuple((name, attribute) for name, attribute, _ in fields if name not in plain),
        values=tuple((name, convert) for name, _, _ in fields if (convert := _converter(kinds[name])) is not None),
        parts=tuple(name for name, _, _ in fields if isinstance(kinds[name], Object)),
        lists=tuple(name for name, _, _ in fields if _holds_parts(kinds[name])),
        unstated=tuple(name for name, _, annotation in fields if _unstated(annotation)),
    )


def _unstated(annotation: Any) -> bool:
    return any(isinstance(item, Unstated) for item in get_args(annotation))


def _may_be_missing(annotation: Any) -> bool:
    """Whether a view may show None: for what the record need not give, and for a list of which an empty one is none."""
    if get_origin(annotation) is Annotated:
        return _unstated(annotation) or _may_be_missing(get_args(annotation)[0])
    return type(None) in get_args(annotation)


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, str, Any]]:
    """Name in rules, attribute and annotation of every field and derived property."""
    for attribute, info in model.model_fields.items():
        if attribute not in _EXCLUDED:
            yield rule_name(attribute), attribute, Annotated[info.annotation, *info.metadata, None]
    derived: Mapping[str, Any] = getattr(model, "derived", {})
    for attribute, annotation in derived.items():
        yield rule_name(attribute), attribute, annotation


def _type(annotation: Any, where: str) -> Type:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        codes = [item for item in arguments[1:] if isinstance(item, Code)]
        return CodeText(codes[0]) if codes else _type(arguments[0], where)
    if origin in (Union, types.UnionType):
        given = [argument for argument in arguments if argument is not type(None)]
        if len(given) == 1:
            return _type(given[0], where)
    if origin is tuple and arguments[1:] == (...,):
        return ListOf(_type(arguments[0], where))
    if origin is Literal:
        return CodeText(_choice(where.rpartition(".")[2], arguments))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return record_type(annotation)
    if annotation in _BASIC:
        return _BASIC[annotation]
    raise TypeError(f"{where}: rules have no type for {annotation}")


@lru_cache(maxsize=64)  # the same choices must give the same code, so that two fields of them can be compared
def _choice(kind: str, allowed: tuple[str, ...]) -> Code:
    return Code(
        kind,
        parse=lambda text: text if text in allowed else None,
        why=lambda text: f"{text!r} is not one of {', '.join(allowed)}",
    )


def _holds_parts(kind: Type) -> bool:
    return isinstance(kind, ListOf) and isinstance(kind.item, Object)


def _converter(kind: Type) -> Callable[[Any], Any] | None:
    """How a value is shown that is given, where it is not shown as it is."""
    if isinstance(kind, ListOf) and not _holds_parts(kind):
        convert = _converter(kind.item) if kind.item is not None else None
        return list if convert is None else lambda items: [item if item is None else convert(item) for item in items]
    if isinstance(kind, CodeText):
        return _reader(kind.code)
    if kind is Basic.DOUBLE:
        return lambda number: number if math.isfinite(number) else None
    if kind is Basic.INT:
        return lambda number: number if abs(number) <= _MAX_INTEGER else None
    return None


@lru_cache(maxsize=64)
def _reader(code: Code) -> Callable[[str], str | None]:
    @lru_cache(maxsize=4_096)  # the ports, countries and flags of a manifest are few
    def canonical(text: str) -> str | None:
        return text if code.parse(text) == text else None

    return canonical
