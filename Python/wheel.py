#!/usr/bin/env python3
"""Builds the wheel: the package, and the native library for each level of x86-64. Needs Python's standard library, and the .NET SDK
where the libraries are not given.

    python3 wheel.py [--libraries FOLDER] [--out FOLDER]

FOLDER of libraries has libsquelch.x86-64-v2.so, -v3.so and -v4.so, as Native/publish.sh makes them; SQUELCH_NATIVE names it, too.
It is also what `pip install` of this folder calls (PEP 517), so that nothing has to be downloaded for it.
The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NAME = "squelch"
TAG = "py3-none-manylinux_2_34_x86_64"
LEVELS = (2, 3, 4)
# Three libraries, each with its selectors for devices.
MOST_BYTES = 4_800_000
LONGEST_GLIBC = (2, 34)

_METADATA = """\
Metadata-Version: 2.1
Name: {name}
Version: {version}
Summary: Cache policies as formulas, for engines in Python: prefix caches, victim pools, and adapters for vLLM, SGLang and LMCache
Author: The Squelch authors
License: MIT
Requires-Python: >=3.10
Classifier: License :: OSI Approved :: MIT License
Classifier: Operating System :: POSIX :: Linux
Classifier: Programming Language :: Python :: 3
Classifier: Typing :: Typed
Description-Content-Type: text/markdown

{readme}"""
_WHEEL = f"Wheel-Version: 1.0\nGenerator: squelch wheel.py\nRoot-Is-Purelib: false\nTag: {TAG}\n"
_ENTRY_POINTS = "[sglang.srt.plugins]\nsquelch = squelch.sglang_plugin:register\n"


def version() -> str:
    """The version that the package says it has."""
    found = re.search(r'^__version__ = "(.+)"$', (HERE / NAME / "__init__.py").read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found.group(1)


def build(out: Path, libraries: Path | None) -> Path:
    """Writes the wheel.

    :param libraries: a folder that has them; None to publish them.
    """
    if libraries is None:
        with tempfile.TemporaryDirectory() as folder:
            script = HERE.parent / "Native" / "publish.sh"
            if subprocess.run(["bash", str(script), folder, *map(str, LEVELS)], stdout=sys.stderr).returncode != 0:
                raise SystemExit(
                    f"error: {script} failed; its reason stands above. It needs the .NET SDK of global.json as `dotnet`, and clang or gcc. "
                    "Where you have the libraries, name their folder: --libraries FOLDER."
                )
            return build(out, Path(folder))
    files = {f"{NAME}/{path.name}": path.read_bytes() for path in sorted((HERE / NAME).iterdir()) if path.is_file()}
    for level in LEVELS:
        path = libraries / f"libsquelch.x86-64-v{level}.so"
        if not path.is_file():
            raise SystemExit(f"error: {path} is not there. Make it with Native/publish.sh {libraries} {level}.")
        _check_glibc(path)
        files[f"{NAME}/_native/{path.name}"] = path.read_bytes()
    info = f"{NAME}-{version()}.dist-info"
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    files[f"{info}/METADATA"] = _METADATA.format(name=NAME, version=version(), readme=readme).encode()
    files[f"{info}/WHEEL"] = _WHEEL.encode()
    files[f"{info}/entry_points.txt"] = _ENTRY_POINTS.encode()
    files[f"{info}/LICENSE"] = (HERE.parent / "LICENSE").read_bytes()
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD").encode()
    out.mkdir(parents=True, exist_ok=True)
    wheel = out / f"{NAME}-{version()}-{TAG}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    size = wheel.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"error: {wheel.name} has {size} bytes; it is to have at most {MOST_BYTES}.")
    return wheel


def _record(files: dict[str, bytes], itself: str) -> str:
    lines = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join(lines) + f"{itself},,\n"


def _check_glibc(path: Path) -> None:
    """Refuses a library that the tag's systems cannot load."""
    needed = {tuple(map(int, each.split(b"."))) for each in re.findall(rb"GLIBC_(\d+\.\d+)", path.read_bytes())}
    newest = max(needed, default=(0, 0))
    if newest > LONGEST_GLIBC:
        raise SystemExit(
            f"error: {path} needs GLIBC {newest[0]}.{newest[1]}, and the wheel says {LONGEST_GLIBC[0]}.{LONGEST_GLIBC[1]}. Link it on an older system, such as Debian 12."
        )


def _named() -> Path | None:
    folder = os.environ.get("SQUELCH_NATIVE")
    return Path(folder) if folder else None


# What pip calls.


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """PEP 517."""
    return build(Path(wheel_directory), _named()).name


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    """PEP 517: nothing."""
    return []


def main() -> None:
    parser = argparse.ArgumentParser(description="Builds the wheel.")
    parser.add_argument("--libraries", type=Path, default=_named(), help="a folder that has the libraries; published where it is left out")
    parser.add_argument("--out", type=Path, default=Path("artifacts"), help="where to")
    options = parser.parse_args()
    print(build(options.out, options.libraries))


if __name__ == "__main__":
    main()
