"""Snapshots as files: JSON lines, the first one about the list, then one entity a line, sorted as they stand."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nkscreen.errors import ListError
from nkscreen.records.model import validation_message
from nkscreen.watchlist.model import ListedEntity, Snapshot
from nkscreen.watchlist.sources.common import load_bytes

FORMAT = "nkscreen/snapshot@1"


def dump_snapshot(snapshot: Snapshot) -> bytes:
    """The file's bytes: the same snapshot gives the same bytes."""
    body = "".join(
        f"{entity.model_dump_json(by_alias=True, exclude_defaults=True)}\n" for entity in snapshot.entities
    ).encode()
    head: dict[str, Any] = {
        "format": FORMAT,
        **snapshot.model_dump(mode="json", by_alias=True, exclude={"entities"}, exclude_defaults=True),
        "entities": len(snapshot.entities),
        "bodySha256": hashlib.sha256(body).hexdigest(),
    }
    return json.dumps(head, ensure_ascii=False).encode() + b"\n" + body


def write_snapshot(snapshot: Snapshot, path: Path | str) -> None:
    """Write a snapshot so that the path holds either the old file or the whole new one, never a part.

    Raises:
        OSError: the folder cannot be written to.
    """
    path = Path(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(dump_snapshot(snapshot))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read(path: Path | str) -> Snapshot:
    """Read a snapshot that `write_snapshot` wrote.

    Raises:
        ListError: another format, a line that cannot be read, or a file that was cut or changed since.
    """
    return parse_snapshot(load_bytes(Path(path)), str(path))


read_snapshot = read


def parse_snapshot(data: bytes, file: str) -> Snapshot:
    """The snapshot in a file's bytes; `file` is named in errors."""
    first, _, body = data.partition(b"\n")
    again = "write it again with `nkscreen lists import`"
    try:
        head = json.loads(first)
        count, sha256 = head.pop("entities"), head.pop("bodySha256")
        known = head.pop("format") == FORMAT
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise ListError(f"is not a snapshot ({FORMAT}); {again}", file=file, row=1) from error
    if not known:
        raise ListError(f"is a snapshot of another version than {FORMAT}; {again}", file=file, row=1)
    if hashlib.sha256(body).hexdigest() != sha256:
        raise ListError(f"was cut or changed after it was written (its hash differs); {again}", file=file)
    entities = []
    for row, line in enumerate(body.splitlines(), start=2):
        try:
            entities.append(ListedEntity.model_validate_json(line))
        except ValidationError as error:
            raise ListError(f"{validation_message(error)}; {again}", file=file, row=row) from error
    if len(entities) != count or not entities:
        raise ListError(f"holds {len(entities)} entities where it says {count}; {again}", file=file)
    try:
        return Snapshot.model_validate({**head, "entities": tuple(entities)})
    except ValidationError as error:
        raise ListError(f"{validation_message(error)}; {again}", file=file, row=1) from error
