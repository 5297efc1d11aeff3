"""XML of any size, one element at a time, with nothing in it ever fetched, expanded or executed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lxml import etree

from nkscreen.errors import ListError
from nkscreen.markup import Elements, MarkupError, TypeDeclaredError
from nkscreen.watchlist.sources.common import archive, clean, load_bytes, open_bytes


def elements(path: Path, *names: str) -> Iterator[etree._Element]:
    """Every element of these local names as it ends, in the order of the file; what is behind is forgotten.

    The file may be the only XML file in a zip archive.

    Raises:
        ListError: not well-formed, a document type declaration, or an archive that unpacks to too much.
    """
    load_bytes(path, 1)
    with _opened(path) as stream:
        try:
            for element in Elements(stream, *(f"{{*}}{name}" for name in names)):
                yield element
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
        except TypeDeclaredError as error:
            raise ListError("declares a document type, which lists never do", file=str(path)) from error
        except MarkupError as error:
            raise ListError(
                f"is not well-formed XML ({error.reason}); download the list again",
                file=str(path),
                row=error.line or 1,
            ) from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if not zipfile.is_zipfile(path):
        with open_bytes(path) as stream:
            yield stream
        return
    with archive(path) as opened:
        inside = [name for name in opened.namelist() if name.lower().endswith(".xml")]
        if len(inside) != 1:
            raise ListError(f"holds {len(inside)} XML files, not one", file=str(path))
        with opened.open(inside[0]) as stream:
            yield stream


def text(element: etree._Element, path: str) -> str:
    """The text at a path of local names, cleaned; empty where there is none."""
    return clean(element.findtext("/".join(f"{{*}}{part}" for part in path.split("/"))))


def every(element: etree._Element, path: str) -> list[etree._Element]:
    """All elements at a path of local names."""
    return list(element.iterfind("/".join(f"{{*}}{part}" for part in path.split("/"))))


def line_of(element: etree._Element) -> int | None:
    """The line where an element begins, as far as the parser knows it."""
    line: int | None = element.sourceline  # type: ignore[assignment]
    return line or None
