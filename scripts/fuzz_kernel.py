"""Feed the compiled kernel hostile input under AddressSanitizer and UBSan. Run: `make fuzz`.

The kernel is compiled again with the sanitizers, any finding of which ends the run. What is fed: names of any bytes and
length to an index of such names, held against plain Python; damaged records; damaged and cut blocks.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import sysconfig
import tempfile
from array import array
from contextlib import suppress
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "nkscreen" / "matching" / "csrc"
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer", "-g", "-O1"]
LETTERS = "aabeiklmnorstу李김ش é'-.,/()07\0\t İﷺ🙂"
WORDS = ["Kim", "bin", "al", "Ltd", "Co.", "Trading", "of", "VII", "a.k.a.", "OTB", "(OTB)", "Jong", "Mohammed", "محمد"]


def compiled(folder: Path, compiler: str) -> Path:
    """The kernel with the sanitizers in it."""
    target = folder / "_kernel.abi3.so"
    subprocess.run(
        [compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", *SANITIZERS]
        + ["-DPY_SSIZE_T_CLEAN", "-DPy_LIMITED_API=0x030B0000", f"-I{sysconfig.get_paths()['include']}"]
        + [*map(str, sorted(SOURCES.glob("*.c"))), "-o", str(target)],
        check=True,
    )
    return target


def run(rounds: int) -> None:
    """Compile, then feed it in a process that has the sanitizer's library before all others."""
    compiler = os.environ.get("CC", "gcc")
    with tempfile.TemporaryDirectory() as temporary:
        kernel = compiled(Path(temporary), compiler)
        library = subprocess.run(
            [compiler, "-print-file-name=libasan.so"], check=True, capture_output=True, text=True
        ).stdout.strip()
        options = {"ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": "print_stacktrace=1", "LD_PRELOAD": library}
        environment = os.environ | options | {"PYTHONPATH": str(ROOT / "src"), "PYTHONMALLOC": "malloc"}
        subprocess.run([sys.executable, __file__, "feed", str(kernel), str(rounds)], check=True, env=environment)


def feed(path: str, rounds: int) -> None:
    """The rounds themselves; the same number gives the same input."""
    import importlib.util  # noqa: PLC0415

    import nkscreen.matching as room  # noqa: PLC0415

    spec = importlib.util.spec_from_file_location("nkscreen.matching._kernel", path)
    assert spec
    assert spec.loader
    sanitized = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sanitized)
    sys.modules[sanitized.__name__] = sanitized
    from nkscreen.matching import Index, kernel  # noqa: PLC0415
    from nkscreen.matching.names.analyse import analyse  # noqa: PLC0415

    vars(room)["_kernel"] = sanitized
    vars(kernel)["_kernel"] = sanitized
    for seed in range(rounds):
        chance = random.Random(seed)
        names = [(n, _name(chance), chance.choice(("Person", "Company", "Vessel"))) for n in range(60)]
        ways = [Index(names, compiled=compiled) for compiled in (True, False)]
        for _ in range(40):
            query = _name(chance) if chance.random() < 0.5 else _spoilt(chance, chance.choice(names)[1])
            found = [[(f.key, f.comparison.score) for f in way.search(query, "Person", 0.5)] for way in ways]
            assert found[0] == found[1], (seed, query)
        columns = [_name(chance) for _ in range(40)] + [_spoilt(chance, text) for _, text, _ in names]
        for schema in ("Person", "LegalEntity", "Vessel"):
            may = ways[0].can_hit(columns, schema, 0.5)
            lost = [q for q, hit in zip(columns, may, strict=True) if not hit and ways[0].search(q, schema, 0.5)]
            assert not lost, (seed, schema, lost)
        _feed_screen(sanitized, kernel.block_of([]), chance)
        block = kernel.block_of((n, analyse(text, "Company")) for n, text, _ in names)
        for _ in range(20):
            _refused(sanitized.Retriever, block[: chance.randrange(len(block))])
        retriever = sanitized.Retriever(block)
        for text in ("Kim Jong Un", "Trading Co."):
            for token in analyse(text, "Company").tokens:
                whole = kernel.record(token)
                damaged = bytes(b if chance.random() < 0.95 else chance.randrange(256) for b in whole)
                _refused(retriever.offers, damaged[: chance.randrange(len(damaged) + 1)])
                _refused(retriever.search, 0.8, [((damaged,), ((0, damaged),), -1, 3.0, 0.45)], [], [])
    print(f"{rounds} rounds, nothing found")


def _feed_screen(sanitized: ModuleType, block: bytes, chance: random.Random) -> None:
    """Columns of any bytes with any ends, and descriptions that do not hold together."""
    for _ in range(20):
        screen = sanitized.Screen(block, 0.8, 0.45, True, True, True, 24.0)
        for _ in range(4):
            text = chance.randbytes(chance.randrange(40))
            _refused(
                screen.word, 1.0, 1.0, 1.0, chance.randrange(1024), text, text[:1], text, (text,) * chance.randrange(2)
            )
            _refused(screen.piece, text, chance.randrange(32), tuple(chance.randrange(3) for _ in range(3)))
            _refused(screen.sound, text, text[::-1])
            _refused(screen.phrase, (text, text), text, chance.randrange(2))
        text = chance.randbytes(200)
        ends = array("q", sorted(chance.randrange(-1, 202) for _ in range(9)))
        _refused(screen.names, text, ends, bytearray([2]) * chance.choice((7, 8, 8, 8)))


def _name(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return chance.choice(LETTERS) * chance.randrange(1, 3_000)
    if chance.random() < 0.5:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(1, 60 if chance.random() < 0.1 else 6)))
    return "".join(chance.choice(LETTERS) for _ in range(chance.randrange(40)))


def _spoilt(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(LETTERS) + text[at + chance.randrange(2) :]


def _refused(call: object, *given: object) -> None:
    """What is damaged is refused or, where it still makes sense, answered; never followed out of bounds."""
    with suppress(ValueError, TypeError):
        call(*given)  # type: ignore[operator]


if __name__ == "__main__":
    if sys.argv[1:2] == ["feed"]:
        feed(sys.argv[2], int(sys.argv[3]))
    else:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
