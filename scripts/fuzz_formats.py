"""Feed every reader damaged files, and the tokenizers of EDI and SWIFT MT any bytes. Run: `make fuzz`.

python scripts/fuzz_formats.py [SECONDS]

Real samples (../shared/data/inputs, and the project's fixtures) are cut, spliced, doubled and sprinkled with what
breaks parsers by hypothesis, which also makes what it finds small. Where atheris is installed (pip install atheris) it
drives the tokenizers by their coverage (fuzz_tokenizers.py). The law: a reader gives records and quarantined rows,
counts all of them, raises an InputError and nothing else, and never takes longer than `LIMIT`. A finding ends the run
and is kept as a file.
"""

from __future__ import annotations

import gzip
import importlib.util
import io
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, files_of, open_input

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ROOT.parent / "shared/data/inputs"
LARGEST = 100_000
"""Bytes of a sample: larger ones say the same more slowly."""

LIMIT = 20
"""Seconds of processor time for one damaged sample; the slowest whole one takes about one."""

HOSTILE = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b'"', b"'", b"?", b"??'", b"{", b"}", b"[" * 2_000,
    b'{"a":' * 2_000, b"<a>" * 300, b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"]]>", b"-}", b"{4:\n", b":20:", b"$",
    b"\r", b"\n\n", b"\t", b"\x1a", b"UNA:+.? '", b"UNH+1+CUSCAR:D:95B:UN'", b"UNT+1+1'", b"ISA*", b"ST*309*1~",
    b"SE*1*1~", b"1e999", b"-1", b"NaN", b"9" * 400, b"99999999999999999999", b"0000-00-00", b"\xc2\x85",
    b"\xe2\x80\xa8", b"PK\x03\x04", b"\x1f\x8b", b"A" * 70_000, b"," * 3_000, b";", b"null", b"\\ud800", b"{1500}",
    b"{3600}", b"{5000}",
)  # fmt: skip


class TooSlowError(Exception):
    """An input took longer than `LIMIT`."""


def samples() -> dict[str, list[tuple[str, bytes]]]:
    """Samples by the folder that they stand in, which is their format: name and content."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    folders = [path for path in (*INPUTS.glob("*"), *(ROOT / "fixtures").iterdir()) if path.is_dir()]
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                with file.open("rb") as stream:
                    found.setdefault(folder.name, []).append((file.name, stream.read(LARGEST)))
    tables = found.get("manifests", [])[:2]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in tables:
            packed.writestr(name, content)
    found["archives"] = [("some.zip", archive.getvalue())]
    found["archives"] += [(f"{name}.gz", gzip.compress(content)) for name, content in tables]
    return found


@st.composite
def damaged(draw: st.DrawFn, given_samples: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """A sample with a few places changed, and the ending of its name."""
    name, content = draw(st.sampled_from(given_samples))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 40))
        match draw(st.integers(0, 6)):
            case 0:
                content = content[:at] + content[at + length :]
            case 1:
                content = content[:at] + draw(st.sampled_from(HOSTILE)) + content[at:]
            case 2:
                content = content[:at] + draw(st.binary(max_size=8)) + content[at + length :]
            case 3:
                content = content[:at]
            case 4:
                content = content[:at] + content[at : at + length] * draw(st.integers(2, 50)) + content[at + length :]
            case 5:
                _, other = draw(st.sampled_from(given_samples))
                start = draw(st.integers(0, len(other)))
                content = content[:at] + other[start : start + draw(st.integers(0, 4_000))] + content[at:]
            case _:
                encoding = draw(st.sampled_from(["utf-16", "utf-16-be", "utf-32", "cp949", "shift-jis", "gb18030"]))
                content = content.decode("utf-8", "replace").encode(encoding, "replace")
    suffix = "".join(Path(name).suffixes[-1:])
    return draw(st.sampled_from([suffix, suffix, suffix, "", ".csv", ".jsonl", ".txt", ".xlsx"])), content


def held(path: Path) -> None:
    """Read a file and hold it to the law."""
    try:
        for file in files_of(path).files:
            with open_input(file) as source:
                items = 0
                for item in source:
                    items += 1
                    assert item.source is not None
                    assert item.source.file
                    item.model_dump_json()
                    if isinstance(item, Quarantined):
                        assert item.reason
                    else:
                        list(item.mentions())
                        item.uncertainties()
            assert source.read == items == source.records + source.quarantined
    except InputError as error:
        if not error.message:
            raise AssertionError("an error without a word") from error


def slow(_number: int, _frame: object) -> None:
    raise TooSlowError(f"more than {LIMIT} s")


def _feed(kind: str, group: list[tuple[str, bytes]], number: int, folder: Path) -> int:
    """A round of damaged files of one format; how many."""
    fed = 0

    @seed(number)
    @settings(
        max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(damaged(group))
    def obeys(case: tuple[str, bytes]) -> None:
        nonlocal fed
        fed += 1
        path = folder / f"{kind}{case[0]}"
        path.write_bytes(case[1])
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        try:
            held(path)
        except BaseException:
            kept = Path(tempfile.gettempdir()) / f"finding-{kind}{case[0]}"
            kept.write_bytes(case[1])
            print(f"{kind}: kept as {kept}", flush=True)
            raise
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            path.unlink()

    obeys()
    return fed


def hold_readers(seconds: float) -> None:
    """Every format in its turn, until the time is over."""
    groups, begun, rounds, fed = samples(), time.monotonic(), 0, 0
    signal.signal(signal.SIGVTALRM, slow)
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() - begun < seconds:
            for kind, group in groups.items():
                if time.monotonic() - begun >= seconds:
                    break

                fed += _feed(kind, group, rounds, Path(folder))
            rounds += 1
    print(f"{fed:,} damaged files of {len(groups)} kinds, nothing found")


def main(seconds: float) -> None:
    """Two thirds of the time for the readers, one third for the tokenizers where atheris is there."""
    driven = importlib.util.find_spec("atheris") is not None
    hold_readers(seconds * 2 / 3 if driven else seconds)
    if not driven:
        print("atheris is not installed: the tokenizers were fed by hypothesis alone")
        return
    script = Path(__file__).with_name("fuzz_tokenizers.py")
    for name in ("edifact", "x12", "mt"):
        subprocess.run([sys.executable, str(script), name, str(int(seconds / 9)), str(INPUTS)], check=True)
        print(f"{name}: any bytes, nothing found", flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 600)
