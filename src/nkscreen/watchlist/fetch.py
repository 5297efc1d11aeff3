"""Fetching lists from their publishers. The only module that speaks to a network, and only when it is called.

A file is taken whole or not at all: from a known host over TLS, within its bounds of size and time, as the publisher
last changed it. What it says is for the store to judge.
"""

from __future__ import annotations

import hashlib
import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import httpx

from nkscreen._version import __version__
from nkscreen.errors import ListError
from nkscreen.watchlist.catalogue import Address, ListSource

ATTEMPTS: Final = 4
WAITS: Final = (1.0, 4.0, 16.0)
"""Seconds before each further attempt: long enough for a busy server, short enough for a nightly run."""
MOST_WAIT: Final = 60.0
"""Longest wait that a server may ask for (`Retry-After`); beyond it the run goes on without this list."""
MOST_REDIRECTS: Final = 5
TIMEOUTS: Final = httpx.Timeout(30.0, connect=10.0)
"""Seconds without any byte, and to connect."""
MOST_SECONDS: Final = 900.0
"""Longest time for one file, all attempts together: 100 MB at little more than 1 Mbit/s."""

_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})

Report = Callable[[str, int, int | None], None]
"""Told of progress: the source, bytes so far, bytes in all where the server says."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a file, to ask next time whether it changed, and the SHA-256 of the bytes it sent."""

    etag: str = ""
    last_modified: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file that was fetched, or, with `unchanged`, one that is as it was when the validators were given."""

    address: Address
    path: Path
    validators: Validators
    unchanged: bool = False

    def named(self, day: date) -> FetchedFile:
        """The file under its own name, dated where the name has room for a date."""
        path = self.path.with_name(self.address.name.replace("{date}", day.isoformat()))
        if not self.unchanged:
            self.path.replace(path)
        return replace(self, path=path)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one source: all its files, or why not."""

    source: ListSource
    files: tuple[FetchedFile, ...] = ()
    error: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether the publisher changed none of the files."""
        return bool(self.files) and all(file.unchanged for file in self.files)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One file to fetch, where to, and what is known of it."""

    source: ListSource
    address: Address
    path: Path
    known: Validators | None
    report: Report | None

    def conditions(self) -> dict[str, str]:
        """Headers that ask for the file only if it changed."""
        known = self.known or Validators()
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in asked.items() if value}


class _AgainError(Exception):
    """A failure that another attempt may not meet; `wait` is what the server asked for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Fetcher:
    """Fetches files. `proxy` is a URL; `certificates` a file of authorities to trust instead of the usual ones.

    The environment is not read. `pause` waits so many seconds between attempts.
    """

    def __init__(
        self,
        *,
        proxy: str | None = None,
        certificates: Path | None = None,
        timeouts: httpx.Timeout = TIMEOUTS,
        most_seconds: float = MOST_SECONDS,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._pause, self._most_seconds = pause, most_seconds
        self._client = httpx.Client(
            proxy=proxy,
            verify=ssl.create_default_context(cafile=certificates) if certificates else True,
            timeout=timeouts,
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": f"nkscreen/{__version__}", "Accept-Encoding": "identity"},
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def fetch_all(
        self,
        wanted: Sequence[ListSource],
        into: Path,
        known: Mapping[str, Validators],
        today: date,
        report: Report | None = None,
    ) -> Iterator[Fetched]:
        """Every source into a folder of its own, all at once, as they come in; one that fails stops no other.

        `known` are the validators of the last time by URL: a file that did not change is not sent again. `today` dates
        files of which the server gives no date.
        """
        with ThreadPoolExecutor(max_workers=max(1, min(8, len(wanted)))) as pool:
            tasks = [pool.submit(self._fetch, source, into / source.name, known, today, report) for source in wanted]
            for task in as_completed(tasks):
                yield task.result()

    def _fetch(
        self, source: ListSource, folder: Path, known: Mapping[str, Validators], today: date, report: Report | None
    ) -> Fetched:
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for number, address in enumerate(source.files):
            wanted = _Wanted(source, address, folder / f"{number}.part", known.get(address.url), report)
            try:
                files.append(self._file(wanted))
            except ListError as error:
                return Fetched(source, error=f"{address.url} {error}")
            except OSError as error:
                return Fetched(source, error=f"{address.url} cannot be written ({error.strerror})")
        days = [day for file in files if (day := _day(file.validators.last_modified))]
        return Fetched(source, tuple(file.named(max(days, default=today)) for file in files))

    def _file(self, wanted: _Wanted) -> FetchedFile:
        until = time.monotonic() + self._most_seconds
        for attempt in range(ATTEMPTS):
            try:
                return self._once(wanted, until)
            except _AgainError as again:
                if attempt == ATTEMPTS - 1 or (again.wait or 0) > MOST_WAIT:
                    tried = f" ({attempt + 1} attempts)" if attempt else ""
                    raise ListError(f"{again}{tried}; the list in use stays, try again later") from None
                self._pause(WAITS[attempt] if again.wait is None else again.wait)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, wanted: _Wanted, until: float) -> FetchedFile:
        url = httpx.URL(wanted.address.url)
        try:
            for _ in range(MOST_REDIRECTS + 1):
                self._allow(url, wanted.source)
                with self._client.stream("GET", url, headers=wanted.conditions()) as answer:
                    if answer.status_code == 304 and wanted.known:
                        return FetchedFile(wanted.address, wanted.path, wanted.known, unchanged=True)
                    if not answer.is_redirect:
                        return self._take(wanted, answer, until)
                    url = url.join(answer.headers.get("Location", ""))
        except httpx.InvalidURL as error:
            raise ListError(f"answers with an address that is none ({error}); check the list's address") from None
        except httpx.TimeoutException:
            raise _AgainError("did not answer in time") from None
        except httpx.TransportError as error:
            raise _AgainError(f"could not be fetched whole ({str(error) or type(error).__name__})") from None
        raise ListError(f"redirects more than {MOST_REDIRECTS} times; check the list's address")

    def _allow(self, url: httpx.URL, source: ListSource) -> None:
        if url.scheme != "https":
            raise ListError(f"leads to {url.scheme or 'no'}://{url.host}, which is not https; check the list's address")
        if url.host not in source.hosts:
            raise ListError(f"leads to {url.host}, which is no known host of {source.name}; check the list's address")

    def _take(self, wanted: _Wanted, answer: httpx.Response, until: float) -> FetchedFile:
        if answer.status_code in _AGAIN:
            raise _AgainError(f"answers {answer.status_code} {answer.reason_phrase}", _asked_wait(answer))
        if answer.status_code != 200:
            raise ListError(f"answers {answer.status_code} {answer.reason_phrase}; check the list's address")
        source = wanted.source
        most = source.most_megabytes * 1_000_000
        length = answer.headers.get("Content-Length", "")
        total = int(length) if length.isdigit() and len(length) < 16 else None
        if total and total > most:
            raise ListError(f"has {total:,} bytes, more than {source.most_megabytes} MB; check that it is the list")
        taken, digest = 0, hashlib.sha256()
        with wanted.path.open("wb") as stream:
            for part in _unpacked(answer, most):
                taken += len(part)
                if taken > most:
                    raise ListError(f"sends more than {source.most_megabytes} MB; check that it is the list")
                if time.monotonic() > until:
                    raise ListError(
                        f"took longer than {self._most_seconds:.0f} seconds; the list in use stays, try again later"
                    )
                stream.write(part)
                digest.update(part)
                if wanted.report:
                    wanted.report(source.name, taken, total)
        headers = answer.headers
        seen = Validators(headers.get("ETag", ""), headers.get("Last-Modified", ""), digest.hexdigest())
        return FetchedFile(wanted.address, wanted.path, seen)


def _unpacked(answer: httpx.Response, most: int) -> Iterator[bytes]:
    """The body; of one that comes packed although none was asked for, no more at a time than may be taken in all."""
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        yield from answer.iter_raw()
        return
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise ListError(f"comes packed as {encoding!r}, which was not asked for; try again later")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for part in answer.iter_raw():
            yield unpack.decompress(part, most + 1)
        yield unpack.flush()
    except zlib.error as error:
        raise _AgainError(f"sends a damaged body ({error})") from None
    if not unpack.eof:
        raise _AgainError("was cut")


def _asked_wait(answer: httpx.Response) -> float | None:
    """Seconds that the server asks to wait; a date is left to our own pace, since it needs a clock both agree on."""
    asked = answer.headers.get("Retry-After", "").strip()
    return float(asked) if asked.isdigit() and len(asked) < 9 else None


def _day(header: str) -> date | None:
    try:
        found: datetime = parsedate_to_datetime(header)
    except (ValueError, TypeError):
        return None
    return found.date()
