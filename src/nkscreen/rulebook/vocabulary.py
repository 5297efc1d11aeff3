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
from typing import Annotated, Any, Literal, Union, get_args, get_origin

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
    """The record and its hits as nested plain dicts and lists, in the shape of `record_type`."""
    shown = _view(record)
    shown[HITS] = [_view(hit if isinstance(hit, RuleHit) else RuleHit.of(hit)) for hit in hits]
    return shown


def lazy_view(record: BaseModel) -> Mapping[str, Any]:
    """`view` without hits, of which every value is made when it is first asked for by its name (`view["legs"]`).

    For compiled rules over many records, which ask for few of the fields; `get` and iteration do not see the others.
    """
    shown = _LazyView(record)
    shown[HITS] = []
    return shown


class _LazyView(dict[str, Any]):
    __slots__ = ("_part", "_plan")

    def __init__(self, part: BaseModel) -> None:
        super().__init__()
        self._part, self._plan = part, _lazy_plan(type(part))

    def __missing__(self, name: str) -> Any:
        attribute, convert = self._plan[name]
        value = getattr(self._part, attribute)
        if convert is not None:
            value = convert(value)
        self[name] = value
        return value


def _view(part: BaseModel) -> dict[str, Any]:
    return {
        name: getattr(part, attribute) if convert is None else convert(getattr(part, attribute))
        for name, attribute, convert in _plan(type(part))
    }


@lru_cache(maxsize=256)
def _plan(model: type[BaseModel]) -> tuple[tuple[str, str, Callable[[Any], Any] | None], ...]:
    """For each field: its name in rules, its attribute, and how its value is shown (None: as it is)."""
    return _planned(model, _view)


@lru_cache(maxsize=256)
def _lazy_plan(model: type[BaseModel]) -> Mapping[str, tuple[str, Callable[[Any], Any] | None]]:
    return {name: (attribute, convert) for name, attribute, convert in _planned(model, _LazyView)}


def _planned(
    model: type[BaseModel], show: Callable[[BaseModel], dict[str, Any]]
) -> tuple[tuple[str, str, Callable[[Any], Any] | None], ...]:
    kinds = record_type(model).fields
    return tuple(
        (name, attribute, _stated(convert) if _unstated(annotation) else convert)
        for name, attribute, annotation in _fields(model)
        for convert in [_converter(kinds[name], show)]
    )


def _unstated(annotation: Any) -> bool:
    return any(isinstance(item, Unstated) for item in get_args(annotation))


def _may_be_missing(annotation: Any) -> bool:
    """Whether a view may show None: for what the record need not give, and for a list of which an empty one is none."""
    if get_origin(annotation) is Annotated:
        return _unstated(annotation) or _may_be_missing(get_args(annotation)[0])
    return type(None) in get_args(annotation)


def _stated(convert: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    """An empty list becomes missing."""
    return lambda items: (list(items) if convert is None else convert(items)) or None


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


def _converter(kind: Type, show: Callable[[BaseModel], dict[str, Any]]) -> Callable[[Any], Any] | None:
    if isinstance(kind, Object):
        return lambda part: None if part is None else show(part)
    if isinstance(kind, ListOf):
        convert = _converter(kind.item, show) if kind.item is not None else None
        return list if convert is None else lambda items: [convert(item) for item in items]
    if isinstance(kind, CodeText):
        return _reader(kind.code)
    if kind is Basic.DOUBLE:
        return lambda number: number if number is None or math.isfinite(number) else None
    if kind is Basic.INT:
        return lambda number: number if number is None or abs(number) <= _MAX_INTEGER else None
    return None


@lru_cache(maxsize=64)
def _reader(code: Code) -> Callable[[str | None], str | None]:
    @lru_cache(maxsize=4_096)  # the ports, countries and flags of a manifest are few
    def canonical(text: str | None) -> str | None:
        return text if text is not None and code.parse(text) == text else None

    return canonical
