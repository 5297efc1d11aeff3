"""Map files: the user's word on how a table is to be read, where the headers do not say it."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError, field_validator

from nkscreen.errors import InputError
from nkscreen.records import KINDS
from nkscreen.records.model import Model, validation_message

LEFT_OUT = "ignore"
"""Written as the field of a column that is not to be read."""

_MAX_BYTES = 1024 * 1024


class Mapping(Model):
    """What a map file says. `columns` is header → record path (or "ignore"); the rest overrides what is detected.

    `header_row` counts from 1. `day_first` and `decimal_comma` settle dates like 03/04/2018 and numbers like 1.234.
    """

    kind: str | None = None
    header_row: int | None = Field(default=None, ge=1, le=100_000)
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    encoding: str | None = None
    day_first: bool | None = None
    decimal_comma: bool | None = None
    columns: dict[str, str] = Field(default_factory=dict)

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, kind: str | None) -> str | None:
        if kind is not None and kind not in KINDS:
            raise ValueError(f"is none of {', '.join(KINDS)}")
        return kind

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, encoding: str | None) -> str | None:
        try:
            if encoding is None:
                return None
            "a".encode(encoding)  # some codecs are not for text
            return codecs.lookup(encoding).name
        except (LookupError, UnicodeError):
            raise ValueError("is no encoding; write utf-8, cp1251, cp949, gb18030 or the like") from None


def read_mapping(path: Path) -> Mapping:
    """Read a map file (YAML, strict: unknown keys are errors).

    Raises:
        InputError: when the file is missing, is not YAML or says something that has no meaning.
    """
    name = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"the map file cannot be read ({error.strerror})", file=name) from error
    try:
        if len(data) > _MAX_BYTES:
            raise InputError("the map file is larger than 1 MiB and cannot be one", file=name)
        content: Any = yaml.load(data.decode("utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506  # makes text only
        if not isinstance(content, dict):
            raise InputError("a map file holds keys and values, such as kind: shipment", file=name)
        return Mapping.model_validate({key: value or None for key, value in content.items()} | _columns(content, name))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"the map file is not YAML in UTF-8: {reason}", file=name) from error
    except ValidationError as error:
        raise InputError(f"{validation_message(error)}; see docs/formats.md", file=name) from error


def _columns(content: dict[str, Any], name: str) -> dict[str, Any]:
    columns = content.get("columns") or {}
    if not isinstance(columns, dict) or not all(isinstance(path, str) for path in columns.values()):
        raise InputError("write columns as header: field, one a line", file=name, field="columns")
    return {"columns": {str(header): path for header, path in columns.items()}}
