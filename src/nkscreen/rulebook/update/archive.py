"""A pack in one file: a zip with a manifest that names every file in it by its SHA-256, and perhaps a signature.

The same folder gives the same bytes everywhere: files are in order, stored uncompressed (compressors differ between
machines) and without times. A pack that comes from elsewhere is distrusted: nothing is written before every name, size
and hash in it has been checked, and a missing, changed or extra file refuses the whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final, Literal, TypeVar

from pydantic import Field, ValidationError

from nkscreen.errors import Problem, RuleError
from nkscreen.records.model import validation_message
from nkscreen.rulebook.load import PACK
from nkscreen.rulebook.rule import Line, Strict
from nkscreen.rulebook.update import signing
from nkscreen.rulebook.update.locked import MAX_BYTES as MAX_FILE
from nkscreen.rulebook.update.locked import unique_keys

MANIFEST: Final = "pack.json"
SIGNATURE: Final = "pack.json.sig"
SUFFIXES: Final = (".yaml", ".json", ".csv", ".md", ".txt")
"""Files that a pack may hold; `LICENSE` and `NOTICE` besides."""

MAX_ARCHIVE: Final = 50_000_000
"""Bytes of a packed archive, and of all that comes out of it. The pack of the library has 0.3 MB."""
MAX_FILES: Final = 5_000
MAX_NAME: Final = 200
MAX_RATIO: Final = 200
"""How far a file may be compressed; text shrinks to a tenth, a bomb to a thousandth."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*){0,8}")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PLAIN: Final = ("LICENSE", "NOTICE")
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)

_Model = TypeVar("_Model", bound=Strict)


class Entry(Strict):
    """A file of the pack."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)


class Manifest(Strict):
    """`pack.json`: what the pack is called, its version, and every file in it but itself and its signature."""

    schema_: Literal["nkscreen/manifest@1"] = Field(default="nkscreen/manifest@1", alias="schema")
    name: Line
    version: str = Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")
    files: dict[str, Entry]

    def data(self) -> bytes:
        """The bytes that stand in the archive and are signed."""
        value = self.model_dump(mode="json", by_alias=True)
        return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Archive:
    """A packed archive whose files are those of its manifest. `checked` says that a key confirmed the signature."""

    manifest: Manifest
    files: Mapping[str, bytes]
    signature: signing.Signature | None
    checked: bool

    def write(self, folder: Path) -> None:
        """Write the files of the pack into a folder of their own."""
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def pack_files(folder: Path) -> dict[str, bytes]:
    """Everything of a folder of rules that goes into an archive, by name.

    Raises:
        RuleError: naming every file that has no place in one.
    """
    found, problems = {}, []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")) or path.is_dir():
            continue
        shown = f"{folder.name}/{name}"
        if path.is_symlink() or not path.is_file():
            problems.append(Problem("is a link or a device; put the file itself here", shown))
        elif not _NAME.fullmatch(name) or name in (MANIFEST, SIGNATURE):
            problems.append(Problem("cannot be packed under this name; use letters, digits, - _ and .", shown))
        elif path.suffix not in SUFFIXES and path.name not in _PLAIN:
            problems.append(Problem(f"has no place in a pack ({', '.join(SUFFIXES)}); take it out", shown))
        else:
            found[name] = path.read_bytes()
    if problems:
        raise RuleError(problems)
    return found


def build(name: str, version: str, files: Mapping[str, bytes], key: Path | None = None) -> bytes:
    """The bytes of an archive, signed with the private key if one is given.

    Raises:
        InputError: the key cannot be used.
    """
    entries = {path: Entry(sha256=hashlib.sha256(data).hexdigest(), size=len(data)) for path, data in files.items()}
    manifest = Manifest(name=name, version=version, files=entries).data()
    first = {MANIFEST: manifest}
    if key is not None:
        signature = signing.sign(manifest, key).model_dump(mode="json", by_alias=True)
        first[SIGNATURE] = (json.dumps(signature, indent=1, sort_keys=True) + "\n").encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for path, data in [*first.items(), *sorted(files.items())]:
            info = zipfile.ZipInfo(path, _EPOCH)
            info.create_system = 3  # Unix, whatever the machine
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, data)
    return stream.getvalue()


def read_archive(path: Path, key: Path | None = None) -> Archive:
    """Read and check a packed archive. With a public key it must carry a signature made with its other half.

    Raises:
        RuleError: with everything that is wrong with it; nothing of it may be used then.
        InputError: the key cannot be used.
    """
    files = _contents(path)
    data = files.pop(MANIFEST, None)
    signed = files.pop(SIGNATURE, None)
    if data is None:
        raise _refused(path, f"there is no {MANIFEST} in it: this is no pack made by `nkscreen rules pack`")
    signature = _parsed(path, SIGNATURE, signed, signing.Signature) if signed is not None else None
    if key is not None:
        _check_signature(path, data, signature, key)
    manifest = _parsed(path, MANIFEST, data, Manifest)
    problems = [*_differences(path, manifest, files)]
    if problems:
        raise RuleError(problems)
    return Archive(manifest, files, signature, key is not None)


def _check_signature(path: Path, data: bytes, signature: signing.Signature | None, key: Path) -> None:
    wanted = signing.key_id(key)
    if signature is None:
        raise _refused(path, f"not signed, and only packs signed with key {wanted} are accepted")
    if not signing.is_signed_by(data, signature, key):
        other = f" (it names key {signature.key_id})" if signature.key_id != wanted else ""
        raise _refused(path, f"the signature is not one of key {wanted}{other}: the pack was changed or is not theirs")


def _differences(path: Path, manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[Problem]:
    for name in sorted({*manifest.files, *files}):
        where = f"{path.name}/{name}"
        if name not in files:
            yield Problem("missing: the manifest names it, the archive does not hold it", where)
        elif name not in manifest.files:
            yield Problem("extra: the archive holds it, the manifest does not name it", where)
        elif hashlib.sha256(files[name]).hexdigest() != manifest.files[name].sha256:
            yield Problem("changed: its SHA-256 is not that of the manifest", where)
    if PACK not in files:
        yield Problem(f"there is no {PACK} in it", path.name)


def _contents(path: Path) -> dict[str, bytes]:
    """All files of the archive, every name, size and ratio bounded before anything is believed."""
    try:
        if path.stat().st_size > MAX_ARCHIVE:
            raise _refused(path, f"larger than {MAX_ARCHIVE:,} bytes")
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            _check_names(path, infos)
            found: dict[str, bytes] = {}
            left = MAX_ARCHIVE
            for info in infos:
                with archive.open(info) as stream:
                    data = stream.read(min(MAX_FILE, left) + 1)
                if len(data) > MAX_FILE or len(data) > left:
                    raise _refused(path, f"{info.filename!r} unpacks to more than a pack may hold")
                left -= len(data)
                found[info.filename] = data
            return found
    except _BROKEN as error:
        text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _refused(path, f"cannot be read as a zip archive ({text})") from None


def _check_names(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_FILES:
        raise _refused(path, f"{len(infos):,} files; a pack may hold {MAX_FILES:,}")
    seen: set[str] = set()
    for info in infos:
        name, kind = info.orig_filename, stat.S_IFMT(info.external_attr >> 16)
        problem = ""
        if not _NAME.fullmatch(name) or len(name) > MAX_NAME or name.endswith(".") or "./" in name:
            problem = "is no plain name inside a folder"
        elif name.lower() in seen:
            problem = "stands there twice"
        elif kind not in (0, stat.S_IFREG):
            problem = "is a link or a device"
        elif info.flag_bits & 1:
            problem = "is encrypted"
        elif info.compress_type not in _METHODS:
            problem = "is compressed in an unusual way"
        elif info.file_size > MAX_FILE:
            problem = f"has {info.file_size:,} bytes; at most {MAX_FILE:,} are read"
        elif info.file_size > MAX_RATIO * max(info.compress_size, 1):
            problem = f"is compressed more than {MAX_RATIO} times"
        if problem:
            raise _refused(path, f"{name!r} {problem}")
        seen.add(name.lower())
    folders = {parent.as_posix() for name in seen for parent in PurePosixPath(name).parents}
    if both := sorted(folders & seen):
        raise _refused(path, f"{both[0]!r} is a file and a folder at once")
    if sum(info.file_size for info in infos) > MAX_ARCHIVE:
        raise _refused(path, f"unpacks to more than {MAX_ARCHIVE:,} bytes")


def _parsed(path: Path, name: str, data: bytes, model: type[_Model]) -> _Model:
    try:
        return model.model_validate(json.loads(data.decode(), object_pairs_hook=unique_keys))
    except ValidationError as error:
        raise _refused(path, f"{name}: {validation_message(error)}") from None
    except (ValueError, RecursionError) as error:
        raise _refused(path, f"{name} is no JSON ({error})") from None


def _refused(path: Path, why: str) -> RuleError:
    return RuleError(Problem(f"refused: {why}; ask its publisher for a sound copy", path.name))
