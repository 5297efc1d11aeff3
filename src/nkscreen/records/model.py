"""What every record shares: where it comes from, whom it names, and what in it could not be read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from nkscreen.errors import InputError
from nkscreen.records.fields import Code, str_of_number

MAX_LIST = 2_000
"""Most items any list of a record may hold; a longer one is quarantined rather than screened slowly or in part."""

Schema = Literal["Person", "Company", "Organization", "PublicBody", "LegalEntity", "Vessel", "Airplane", "CryptoWallet"]
"""FollowTheMoney schemata of mentions and listed entities; LegalEntity is "person or organisation, unknown"."""


class Model(BaseModel):
    """Frozen, closed, snake_case in Python and FollowTheMoney's camelCase in JSON (either is accepted)."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        defer_build=True,
    )

    free_text: ClassVar[tuple[str, ...]] = ()
    """Fields of running text, in which somebody may be named."""


class Source(Model):
    """Where a record stands in its file, so that an alert can point back to it. Rows count from 1, header included.

    `path` is the place in files that are no tables: an element or key (`Declaration/GoodsShipment[2]`, `queries.q1`), a
    message or a segment, as the standard of the file counts them.
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    path: str = ""

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        parts += [f"sheet {self.sheet}"] if self.sheet else []
        parts += [f"row {self.row}"] if self.row is not None else []
        parts += [self.path] if self.path else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Mention:
    """One party, vessel, bank or wallet named in a record: what the matcher holds against a watchlist.

    `path` is where it stands (`consignee`, `legs[1].vessel`); `names` are all it goes by, as (path, value) pairs, the
    name itself first. Every identifier is canonical: what could not be read is not here but in `uncertainties()`.
    """

    path: str
    schema: Schema
    role: str = ""
    names: tuple[tuple[str, str], ...] = ()
    birth_date: str | None = None
    gender: str | None = None
    countries: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    imo_number: str | None = None
    mmsi: str | None = None
    call_sign: str | None = None
    build_year: int | None = None
    gross_tonnage: float | None = None
    deadweight_tonnage: float | None = None
    swift_bic: str | None = None
    lei_code: str | None = None
    wallets: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as given, or "" when there is none."""
        return self.names[0][1] if self.names else ""


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """A value that was given but could not be read as the code it should be."""

    path: str
    kind: str
    given: str
    why: str


class Mentioned(Model, ABC):
    """A part of a record that names somebody or something to be screened."""

    @abstractmethod
    def as_mentions(self, path: str) -> Iterator[Mention]:
        """What stands here as mentions; `path` is where it stands in the record."""


class UnmappedText(Mentioned):
    """Text of the file that goes to no field of the record and is screened all the same, as a name of anybody.

    `place` is where it stands in the file, as `Source.path` is written.
    """

    free_text = ("text",)

    place: str = Field(default="", max_length=500)
    text: str = Field(min_length=1, max_length=100_000)

    def as_mentions(self, path: str) -> Iterator[Mention]:
        yield Mention(path, "LegalEntity", "unmapped text", names=((join(path, "text"), self.text),))


class Record(Model):
    """Base of the five kinds of record. `id` is the user's own key; `source` is set by the reader of the file."""

    kind: ClassVar[str]
    derived: ClassVar[dict[str, Any]] = {}
    """Properties that rules may read besides the fields, with their types."""

    id: Annotated[str, BeforeValidator(str_of_number)] = Field(min_length=1, max_length=500)
    source: Source | None = None
    unmapped_text: tuple[UnmappedText, ...] = Field(default=(), max_length=MAX_LIST)

    @property
    def event_date(self) -> date | None:
        """The day the record is about; lists and rules are applied as they stood then. None: use the run's `as_of`."""
        return None

    def mentions(self) -> Iterator[Mention]:
        """Every party, vessel, bank and wallet named anywhere in the record, in field order, with its path."""
        for path, value in walk(self):
            if isinstance(value, Mentioned):
                yield from value.as_mentions(path)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every running text of the record (remittance information, descriptions, addresses), with its path."""
        for path, value in walk(self):
            if isinstance(value, Model):
                for name in value.free_text:
                    if text := getattr(value, name):
                        yield join(path, name), text

    def uncertainties(self) -> tuple[Uncertainty, ...]:
        """Codes that were given but not readable (an IMO number with a wrong check digit, bare "Korea")."""
        found = []
        for path, value in walk(self):
            if isinstance(value, BaseModel):
                for name, code in code_fields(type(value)).items():
                    given = getattr(value, name)
                    for index, item in enumerate(given) if isinstance(given, tuple) else ((None, given),):
                        if item is not None and code.parse(item) != item:
                            here = join(path, name) if index is None else f"{join(path, name)}[{index}]"
                            found.append(Uncertainty(here, code.kind, item, code.why(item)))
        return tuple(found)

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """Build a record from a dict (either spelling of field names). None stands for "not given" anywhere in it.

        Raises:
            InputError: naming every field that is wrong.
        """
        try:
            return cls.model_validate(_given(data))
        except ValidationError as error:
            raise InputError(validation_message(error)) from error


def _given(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _given(item) if isinstance(item, _HOLDING_MORE) else item
            for name, item in value.items()
            if item is not None
        }
    return [_given(item) for item in value] if isinstance(value, list) else value


_HOLDING_MORE = (dict, list)


def validation_message(error: ValidationError) -> str:
    """One line that names each wrong field, what was given and what is wanted."""
    lines = []
    for item in error.errors(include_url=False):
        where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in item["loc"]).lstrip(".")
        given = item.get("input")
        shown = f" (given {str(given)[:80]!r})" if isinstance(given, str | int | float) else ""
        lines.append(f"{where or 'record'}: {item['msg']}{shown}")
    return "; ".join(lines)


def join(path: str, name: str) -> str:
    """`join("legs[1]", "vessel")` is `legs[1].vessel`."""
    return f"{path}.{name}" if path else name


def walk(value: BaseModel, path: str = "") -> Iterator[tuple[str, BaseModel]]:
    """The model itself and every model inside it, depth first, in field order, with paths."""
    yield path, value
    for name in _holding(type(value)):
        child = getattr(value, name)
        if isinstance(child, BaseModel):
            yield from walk(child, join(path, name))
        elif isinstance(child, tuple):
            for index, item in enumerate(child):
                if isinstance(item, BaseModel):
                    yield from walk(item, f"{join(path, name)}[{index}]")


@cache
def _holding(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model that can hold models."""
    return tuple(name for name, info in model.model_fields.items() if _may_be_model(info.annotation))


def _may_be_model(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return annotation is Any or any(map(_may_be_model, get_args(annotation)))


_CODE_FIELDS: dict[type[BaseModel], dict[str, Code]] = {}


def code_fields(model: type[BaseModel]) -> dict[str, Code]:
    """The fields of a model that hold codes (directly or as a tuple of them)."""
    found = _CODE_FIELDS.get(model)
    if found is None:
        found = {name: code for name, info in model.model_fields.items() if (code := _code_of(info)) is not None}
        _CODE_FIELDS[model] = found
    return found


def _code_of(info: Any) -> Code | None:
    for item in info.metadata:
        if isinstance(item, Code):
            return item
    for inner in getattr(info.annotation, "__args__", ()):
        for item in getattr(inner, "__metadata__", ()):
            if isinstance(item, Code):
                return item
    return None
