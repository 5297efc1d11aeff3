"""Compiles the retrieval kernel into the wheel. Without a C compiler the package installs all the same and says so."""

from __future__ import annotations

import hashlib
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path("src/nkscreen/matching/csrc")
PYTHON = (3, 11)
"""The oldest Python of the limited API that the kernel is written for: one wheel serves this and every later one."""


class KernelHook(BuildHookInterface[Any]):
    """`pip install .`, an editable install and `python -m build` all come through here."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  the interface is given
        """Compile in place, and name the result as part of the wheel."""
        if self.target_name != "wheel":
            return
        try:
            built = compile_kernel(Path(self.root))
        except Exception as error:  # noqa: BLE001  whatever a compiler may lack, the package works without it
            self.app.display_warning(
                f"the compiled search kernel was not built ({error}); nkscreen finds the same names in pure Python, "
                "more slowly. Install a C compiler and Python's headers, and install nkscreen again, to have it."
            )
            return
        build_data["artifacts"].append(f"/{built.relative_to(self.root).as_posix()}")
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"cp{PYTHON[0]}{PYTHON[1]}-abi3-{platform}"


def sources_hash(folder: Path) -> str:
    """SHA-256 of the C sources, by which a kernel that was compiled of others is known (`matching/kernel.py`)."""
    found = hashlib.sha256()
    for path in sorted(folder.glob("*.[ch]")):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def compile_kernel(root: Path) -> Path:
    """Compile `matching/_kernel` beside its Python sources; the path of what was made."""
    from setuptools import Distribution, Extension  # noqa: PLC0415  setuptools finds the compiler of every platform

    kernel = Extension(
        "nkscreen.matching._kernel",
        sorted(str(path) for path in (root / SOURCES).glob("*.c")),
        depends=sorted(str(path) for path in (root / SOURCES).glob("*.h")),
        define_macros=[
            ("Py_LIMITED_API", f"0x{PYTHON[0]:02X}{PYTHON[1]:02X}0000"),
            ("PY_SSIZE_T_CLEAN", None),
            ("KERNEL_SOURCES", f'"{sources_hash(root / SOURCES)}"'),
        ],
        py_limited_api=True,
    )
    command = Distribution({"name": "nkscreen", "ext_modules": [kernel]}).get_command_obj("build_ext")
    command.build_lib = str(root / "src")
    command.build_temp = str(root / "build" / "kernel")
    command.force = True  # the time of a file does not tell whether the sources are those compiled before
    command.ensure_finalized()
    command.run()
    return Path(command.get_ext_fullpath(kernel.name))
