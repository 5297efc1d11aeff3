"""Records that tests start from, and how a test changes one."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any
from typing import Literal as Word

from pydantic import Field, ValidationError

from nkscreen.errors import InputError
from nkscreen.records import KINDS, Record
from nkscreen.records.model import validation_message
from nkscreen.rulebook.rule import Given, ListId, Strict, Subject
from nkscreen.rulebook.vocabulary import HITS, RuleHit


class Fixture(Strict):
    """Everything a fixture file holds: one record, as its reader would get it, and hits on it."""

    schema_: Word["nkscreen/fixture@1"] = Field(alias="schema")
    id: ListId
    subject: Subject
    record: dict[str, Any]
    hits: tuple[dict[str, Any], ...] = ()

    def build(self, given: Given | None = None) -> tuple[Record, tuple[RuleHit, ...]]:
        """The record and its hits, after the changes of a test.

        Raises:
            InputError: a path leads nowhere, or the result is no valid record.
        """
        data = self.data(given)
        hits = data.pop(HITS, [])
        try:
            return KINDS[self.subject].read(data), tuple(RuleHit.model_validate(hit) for hit in hits)
        except ValidationError as error:
            raise InputError(f"hits: {validation_message(error)}") from error

    def data(self, given: Given | None = None) -> dict[str, Any]:
        """What is read as the record, its hits under `hits`, after the changes of a test.

        Raises:
            InputError: a path leads nowhere.
        """
        data = copy.deepcopy({**self.record, HITS: list(self.hits)})
        for path, value in given.set_.items() if given else ():
            _change(data, path, value)
        for path in given.unset if given else ():
            _remove(data, path)
        return data


def _change(data: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    part = _descend(data, above, path, create=True)
    if isinstance(part, list):
        index = _index(part, last, path, room=1)
        part[index : index + 1] = [copy.deepcopy(value)]
    else:
        part[last] = copy.deepcopy(value)


def _remove(data: dict[str, Any], path: str) -> None:
    *above, last = path.split(".")
    part = _descend(data, above, path, create=False)
    if isinstance(part, list):
        del part[_index(part, last, path, room=0)]
    elif last in part:
        del part[last]
    else:
        raise InputError(f"unset {path}: the fixture does not set it")


def _descend(data: dict[str, Any], keys: Sequence[str], path: str, *, create: bool) -> dict[str, Any] | list[Any]:
    part: Any = data
    for key in keys:
        if isinstance(part, list):
            part = part[_index(part, key, path, room=0)]
        else:
            if create:
                part.setdefault(key, {})
            part = part.get(key)
        if not isinstance(part, dict | list):
            raise InputError(f"{path}: there is nothing to change below {key!r}")
    assert isinstance(part, dict | list)
    return part


def _index(items: list[Any], key: str, path: str, *, room: int) -> int:
    if not key.isdigit() or int(key) >= len(items) + room:
        raise InputError(f"{path}: {key!r} is no index of a list of {len(items)} (they count from 0)")
    return int(key)
