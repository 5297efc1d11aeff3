"""Field types of the records: text that becomes a canonical code when it is read.

A code that can be read is stored in its canonical form. One that cannot (a bare "Korea", an IMO number with a wrong
check digit) is stored as given and reported by `Record.uncertainties()`; rules see it as missing, never as a value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import BeforeValidator, StringConstraints

from nkscreen.records.codes import bic, country, dates, hs, imo, mmsi, port


@dataclass(frozen=True, slots=True)
class Code:
    """Marks a text field as a code. `parse` gives the canonical form or None; `why` says what is wrong with a text."""

    kind: str
    parse: Callable[[str], str | None]
    why: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Unstated:
    """Marks a list of which an empty one says nothing: rules see it as missing and not as known to be empty."""


def clean_text(value: Any) -> Any:
    """Strip white space and control characters, NUL included; empty text becomes None. Other types pass through."""
    if not isinstance(value, str):
        return value
    if not value.isprintable():
        value = "".join(ch if ch.isprintable() else " " for ch in value if ch != "\x00")
    return value.strip() or None


def str_of_number(value: Any) -> Any:
    """A whole number as text, since keys and codes are often given as numbers; anything else as it is."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _reader(code: Code) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, date):
            value = value.isoformat()
        value = clean_text(str_of_number(value))
        if isinstance(value, str):
            return code.parse(value) or value
        return value

    return read


def _code(kind: str, parse: Callable[[str], str | None], why: Callable[[str], str]) -> Any:
    code = Code(kind, parse, why)
    return Annotated[Annotated[str, StringConstraints(max_length=200)] | None, BeforeValidator(_reader(code)), code]


Text = Annotated[Annotated[str, StringConstraints(max_length=100_000)] | None, BeforeValidator(clean_text)]
"""Free text, or None when there is none; control characters become spaces."""

if TYPE_CHECKING:
    Country: TypeAlias = str | None
    Port: TypeAlias = str | None
    HsCode: TypeAlias = str | None
    ImoNumber: TypeAlias = str | None
    Mmsi: TypeAlias = str | None
    Bic: TypeAlias = str | None
    PartialDate: TypeAlias = str | None
else:
    Country = _code("country", country.parse, country.why)  # ISO 3166-1 alpha-2; bare "Korea" stays as given
    Port = _code("port", port.parse, port.why)  # UN/LOCODE, aliases resolved
    HsCode = _code("hs", hs.parse, hs.why)  # Harmonized System digits, leading zeros kept
    ImoNumber = _code("imo", imo.parse, imo.why)  # seven digits with a right check digit
    Mmsi = _code("mmsi", mmsi.parse, mmsi.why)  # nine digits
    Bic = _code("bic", bic.parse, bic.why)  # ISO 9362, 8 or 11 characters, upper case
    PartialDate = _code("date", dates.parse_partial, dates.why)  # 1954, 1954-03 or 1954-03-17


def _day(value: Any) -> Any:
    value = clean_text(value)
    if not isinstance(value, str):
        return value
    found = dates.parse_day(value)
    if found is None:
        raise ValueError(dates.why(value))
    return found


Day = Annotated[date | None, BeforeValidator(_day)]
"""A full calendar date."""
