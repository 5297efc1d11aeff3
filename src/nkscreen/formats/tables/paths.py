"""Dotted paths into records, as column maps write them: `shipper.name`, `goods[0].hs_code`.

Items of a list are chosen by index (`notify_parties[0]`), by role (`other_parties[role=carrier]`) or, for the stops of
a voyage, by name (`legs[transshipment].port`). Two paths that no record has state the unit of a weight column.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, get_args

from pydantic import BaseModel

from nkscreen.errors import InputError
from nkscreen.records import KINDS
from nkscreen.records.fields import Code
from nkscreen.records.model import MAX_LIST, code_fields

Leaf = Literal["name", "text", "code", "day", "partial_date", "number", "integer", "boolean", "list"]

STOPS = ("place_of_receipt", "port_of_loading", "transshipment", "port_of_discharge", "place_of_delivery")
"""Stops of a voyage in sailing order, as `legs[...]` names them."""

WEIGHT_UNITS = {"gross_weight_unit": "gross_weight_kg", "measured_weight_unit": "measured_weight_kg"}
"""Columns that hold the unit of a weight, and the weight they belong to."""

_STEP = re.compile(r"([a-z][a-z0-9_]*)(?:\[(?:role=)?([^\[\]=]+)\])?")
_MAX_INDEX = 99  # a map file with `notify_parties[5000]` is a slip of the pen, and must not build 5,000 parties


@dataclass(frozen=True, slots=True)
class Target:
    """A resolved path: its steps as (field, selector), the type at its end and, for codes, how they are read.

    `further_names` is the field beside a name that takes more of them ("aliases", "previous_names"), or "".
    """

    path: str
    steps: tuple[tuple[str, str | int | None], ...]
    leaf: Leaf
    code: Code | None = None
    further_names: str = ""

    @property
    def parent(self) -> tuple[tuple[str, str | int | None], ...]:
        return self.steps[:-1]

    @property
    def field(self) -> str:
        return self.steps[-1][0]


@lru_cache(maxsize=4096)
def resolve(kind: str, path: str) -> Target:
    """The target of a path in a kind of record ("shipment", ...).

    Raises:
        InputError: when the kind has no such field; names the closest one.
    """
    if kind == "shipment" and path in WEIGHT_UNITS:
        return Target(path, ((path, None),), "text")
    model: type[BaseModel] = KINDS[kind]
    steps: list[tuple[str, str | int | None]] = []
    parts = path.split(".")
    for number, part in enumerate(parts):
        found = _STEP.fullmatch(part)
        name = found[1] if found else part
        if found is None or name not in model.model_fields or name in {"source", "schema_"}:
            close = difflib.get_close_matches(name, model.model_fields, n=1)
            hint = f"; the nearest field is {close[0]!r}" if close else ""
            raise InputError(f"a {kind} has no field {path!r} ({part!r} is not in it{hint})", field=path)
        annotation = model.model_fields[name].annotation
        inner, is_list = _inner(annotation)
        nested = isinstance(inner, type) and issubclass(inner, BaseModel)
        last = number == len(parts) - 1
        if last == nested:
            wrong = f"{name!r} is not a single value; name one of its fields" if nested else f"{name!r} has no fields"
            raise InputError(f"{path!r} leads nowhere: {wrong}", field=path)
        steps.append((name, _selector(path, name, found[2], is_list=is_list and nested)))
        if nested:
            model = inner
    name = steps[-1][0]
    code = code_fields(model).get(name)
    further = next((field for field in ("aliases", "previous_names") if field in model.model_fields), "")
    return Target(path, tuple(steps), _leaf(name, annotation, code, is_list=is_list), code, further)


def _selector(path: str, name: str, text: str | None, *, is_list: bool) -> str | int | None:
    if not is_list:
        if text is not None:
            raise InputError(f"{name!r} in {path!r} is not a list; leave out [{text}]", field=path)
        return None
    if name == "legs":
        if text not in STOPS:
            raise InputError(f"write {path!r} with one of the stops legs[{'], legs['.join(STOPS)}]", field=path)
        return text
    if text is None:
        raise InputError(f"{name!r} in {path!r} is a list; write {name}[0] for the first", field=path)
    if text.isascii() and text.isdigit():
        if int(text) > min(_MAX_INDEX, MAX_LIST):
            raise InputError(f"the index in {path!r} is too large; the most is {_MAX_INDEX}", field=path)
        return int(text)
    if name == "other_parties":
        return text.strip()
    raise InputError(f"write {path!r} with a number in the brackets, {name}[0] for the first", field=path)


def _inner(annotation: Any) -> tuple[Any, bool]:
    """What an annotation holds, without `| None`, Annotated and tuple, and whether it was a tuple."""
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation, False
    args = [arg for arg in get_args(annotation) if arg not in (type(None), Ellipsis)]
    is_list = getattr(annotation, "__origin__", None) is tuple
    inner, deeper = _inner(args[0]) if args else (annotation, False)
    return inner, is_list or deeper


def _leaf(name: str, annotation: Any, code: Code | None, *, is_list: bool) -> Leaf:
    inner, _ = _inner(annotation)
    if is_list:
        return "list"
    if code is not None:
        return "partial_date" if code.kind == "date" else "code"
    if name == "name":
        return "name"
    types: dict[Any, Leaf] = {date: "day", bool: "boolean", int: "integer", float: "number"}
    return types.get(inner, "text")
