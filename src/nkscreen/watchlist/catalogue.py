"""Publishers' lists and where they are given out: the catalogue that fetching goes by."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from nkscreen.errors import ListError
from nkscreen.records.model import Model, validation_message


class Address(Model):
    """One file of a list. `{date}` in its name is the day on which the publisher last changed it."""

    name: str = Field(pattern=r"^[\w.{}-]+$")
    url: str

    @field_validator("url")
    @classmethod
    def _is_https(cls, url: str) -> str:
        if not url.startswith("https://"):
            raise ValueError("must begin with https://")
        return url


class ListSource(Model):
    """A list, its files, who may answer for them (redirects included), and on what terms it is published.

    `list_` is what the list is called in a store. `reader` says whether the reader was tried on a real file.
    """

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    publisher: str
    list_: str = Field(alias="list")
    files: tuple[Address, ...] = Field(min_length=1)
    hosts: tuple[str, ...] = Field(min_length=1)
    most_megabytes: int = Field(ge=1, le=1000)
    updated: str
    reader: Literal["verified", "unverified"]
    terms: str


@lru_cache(maxsize=1)
def sources() -> tuple[ListSource, ...]:
    """The lists that come with the package.

    Raises:
        ListError: the installation is damaged.
    """
    return _parse(files("nkscreen.watchlist").joinpath("data", "sources.yaml").read_bytes(), "sources.yaml")


def read_sources(path: Path) -> tuple[ListSource, ...]:
    """A team's own catalogue, in the form of `watchlist/data/sources.yaml`.

    Raises:
        ListError: it cannot be read, or an entry is wrong.
    """
    try:
        return _parse(path.read_bytes(), str(path))
    except OSError as error:
        raise ListError(f"cannot be read ({error.strerror}); check the path", file=str(path)) from error


def _parse(data: bytes, file: str) -> tuple[ListSource, ...]:
    try:
        found = yaml.safe_load(data)
        if not isinstance(found, list) or not found:
            raise ListError("must be a list of sources", file=file)
        return tuple(ListSource.model_validate(one) for one in found)
    except yaml.YAMLError as error:
        raise ListError(f"is no YAML ({' '.join(str(error).split())})", file=file) from error
    except ValidationError as error:
        raise ListError(f"holds a wrong source: {validation_message(error)}", file=file) from error
