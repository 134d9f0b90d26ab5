"""Loads the native library: the build that fits the processor, or the one that SQUELCH_LIBRARY names."""

from __future__ import annotations

import ctypes
import json
import os
import platform
import sys
from ctypes import POINTER, byref, c_char_p, c_double, c_int32, c_int64, c_uint32, c_uint64, c_void_p
from operator import index
from pathlib import Path
from typing import Any

from squelch._structs import HintsStruct, LeaseStruct, ResultStruct, StatsStruct
from squelch.errors import ArgumentError, LibraryError, of_code

ABI_MAJOR = 1
ABI_MINOR = 0

_FOLDER = Path(__file__).with_name("_native")

# What each level of x86-64 adds, by the names that /proc/cpuinfo has (lzcnt is told as abm there).
_V2 = {"cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"}
_V3 = {"avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"}
_V4 = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}

_LEASE = POINTER(LeaseStruct)

# name: argument types after the handle or, where there is none, all of them. All give a code or a count unless told below.
_CALLS: dict[str, list[Any]] = {
    "sq_register": [],
    "sq_instruction_set": [],
    "sq_cache_open": [c_char_p, c_int64, POINTER(c_uint64)],
    "sq_cache_abandon": [c_uint64, _LEASE, c_void_p],
    "sq_cache_stats": [c_uint64, c_void_p],
    "sq_cache_close": [c_uint64],
    "sq_pool_open": [c_char_p, c_int64, POINTER(c_uint64)],
    "sq_pool_log": [c_uint64, c_void_p, c_int64],
    "sq_pool_evict": [c_uint64, c_double, c_int64, c_void_p, c_int64, c_void_p],
    "sq_pool_peek": [c_uint64, c_double, c_int64, c_void_p, c_int64, c_void_p],
    "sq_pool_score": [c_uint64, c_double, c_void_p, c_int64, c_void_p],
    "sq_pool_retune": [c_uint64, c_void_p, c_int32],
    "sq_pool_clear": [c_uint64],
    "sq_pool_close": [c_uint64],
}
# Calls whose arguments are converted by their caller: what a declared type does for each costs as much as the rest of the call.
# An int goes as 32 bits, so handles, addresses and 64-bit numbers come as ctypes' objects.
_QUICK_CALLS = ("sq_cache_lookup", "sq_cache_plan", "sq_cache_commit")
_LONG_CALLS: dict[str, list[Any]] = {
    "sq_last_error": [c_char_p, c_int64],
    "sq_policies": [c_char_p, c_int64],
    "sq_pool_count": [c_uint64],
    "sq_pool_candidates": [c_uint64],
}


class Library:
    """The native library, ready to be called.

    The calls keep the interpreter's lock: each takes a microsecond or two, and to give the lock back and wait for it takes
    longer where other threads want it. So no two threads of one interpreter are in the library at once.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            dll = ctypes.PyDLL(str(path))
            dll.sq_abi_version.restype = c_uint32
            _require_version(path, dll.sq_abi_version())
            for calls, result in ((_CALLS, c_int32), (_LONG_CALLS, c_int64)):
                for name, arguments in calls.items():
                    call = getattr(dll, name)
                    call.argtypes, call.restype = arguments, result
                    setattr(self, name.removeprefix("sq_"), call)
            for name in _QUICK_CALLS:
                setattr(self, name.removeprefix("sq_"), getattr(dll, name))
        except (OSError, AttributeError) as fault:
            raise LibraryError(
                f"The library {path} cannot be loaded: {fault}. Name one that `dotnet publish` made of a project with the package "
                "Squelch.Native in SQUELCH_LIBRARY, or unset it to use the one of this package."
            ) from fault
        self.check(self.register())

    register: Any
    instruction_set: Any
    last_error: Any
    policies: Any
    cache_open: Any
    cache_lookup: Any
    cache_plan: Any
    cache_commit: Any
    cache_abandon: Any
    cache_stats: Any
    cache_close: Any
    pool_open: Any
    pool_log: Any
    pool_evict: Any
    pool_peek: Any
    pool_score: Any
    pool_count: Any
    pool_candidates: Any
    pool_retune: Any
    pool_clear: Any
    pool_close: Any

    def check(self, code: int) -> int:
        """The code, where it is 0 or a count.

        :raises SquelchError: it is below 0; with the library's message.
        """
        if code < 0:
            raise of_code(code, self.text(self.last_error))
        return code

    def open(self, call: Any, options: dict[str, Any]) -> int:
        """The handle of a new object.

        :raises ArgumentError: an option is of a type that cannot be told, or no finite number.
        """
        try:
            text, handle = json.dumps(options, allow_nan=False, default=_plain).encode(), c_uint64()
        except (TypeError, ValueError) as fault:
            raise ArgumentError(f"The options {options} cannot be told to the library: {fault}. Pass texts, finite numbers, paths, and dicts of them.") from fault
        self.check(call(text, len(text), byref(handle)))
        return handle.value

    def text(self, call: Any) -> str:
        """What a call that writes a text has to say."""
        length = self.check(call(None, 0)) if call is not self.last_error else call(None, 0)
        buffer = ctypes.create_string_buffer(length + 1)
        call(buffer, length + 1)
        return buffer.value.decode(errors="replace")


def _plain(option: Any) -> Any:
    """A path as a text, and a number of NumPy's as Python's."""
    return os.fspath(option) if isinstance(option, os.PathLike) else index(option)


def _require_version(path: Path, version: int) -> None:
    major, minor = version >> 16, version & 0xFFFF
    if major != ABI_MAJOR or minor < ABI_MINOR:
        raise LibraryError(
            f"The library {path} has interface {major}.{minor}, this package needs {ABI_MAJOR}.{ABI_MINOR} or a later "
            f"{ABI_MAJOR}.x. Publish it again with the package Squelch.Native of this package's version."
        )


def level_of(flags: set[str]) -> int:
    """The level of x86-64 that a processor with these flags has: 1 to 4.

    >>> level_of({"fpu", "sse2"})
    1
    """
    level, have = 1, set(flags)
    for needed in (_V2, _V3, _V4):
        if not needed <= have:
            break
        level += 1
    return level


def _flags() -> set[str]:
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as info:
        for line in info:
            name, _, value = line.partition(":")
            if name.strip() == "flags":
                return set(value.split())
    return set()


def _choose() -> Path:
    named = os.environ.get("SQUELCH_LIBRARY")
    if named:
        path = Path(named)
        if not path.is_file():
            raise LibraryError(f"SQUELCH_LIBRARY names {named}, and no such file is there. Name the .so that `dotnet publish` made, or unset it.")
        return path
    if sys.platform != "linux" or platform.machine() != "x86_64":
        raise LibraryError(
            f"This package has libraries for Linux on x86-64 alone; this is {sys.platform} on {platform.machine()}. "
            "Publish one for it with the package Squelch.Native, and name it in SQUELCH_LIBRARY."
        )
    level = level_of(_flags())
    for built in range(level, 1, -1):
        path = _FOLDER / f"libsquelch.x86-64-v{built}.so"
        if path.is_file():
            return path
    raise LibraryError(
        f"There is no library in {_FOLDER} for this processor, which has level {level} of x86-64. Level 2 (SSE4.2) is the least that the "
        "wheel has. Install the wheel, or name a library of your own in SQUELCH_LIBRARY."
    )


_loaded: dict[str, Library] = {}


def load(path: str | os.PathLike[str] | None = None) -> Library:
    """The library, loaded once: the one at a path, or where that is None the one that SQUELCH_LIBRARY or the processor chooses.

    :raises LibraryError: there is none, or it has another version.
    """
    try:
        chosen = Path(path) if path is not None else _choose()
    except TypeError as fault:
        raise LibraryError(f"The library {path!r} is no path. Name the .so that `dotnet publish` made, or leave it out.") from fault
    # Without a folder in its name, the system would look for it elsewhere, and not where we are.
    whole = chosen.resolve()
    library = _loaded.get(str(whole))
    if library is None:
        library = _loaded[str(whole)] = Library(whole)
    return library


__all__ = ["ABI_MAJOR", "ABI_MINOR", "HintsStruct", "LeaseStruct", "Library", "ResultStruct", "StatsStruct", "level_of", "load"]
