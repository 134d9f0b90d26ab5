"""Makes the modules of an SGLang checkout importable that the radix cache needs, without building SGLang and without a GPU.

What is under test (`mem_cache`, sessions, events) is the checkout's own. Kernels, models and the rest of the server are stand-ins:
names that can be imported, called and subclassed. Packages that are not installed are stand-ins, too; of msgspec, the structs work.
"""

from __future__ import annotations

import copy
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_REAL = (
    "sglang.srt.mem_cache",
    "sglang.srt.session",
    "sglang.srt.disaggregation.kv_events",
    "sglang.srt.environ",
    "sglang.srt.configs.mamba_utils",
    "sglang.srt.runtime_context",
    "sglang.srt.utils.rank_consensus_checker",
    "sglang.test.ci.ci_register",
)
_NOT_REAL = ("sglang.srt.mem_cache.cpp_utils", "sglang.srt.mem_cache.storage", "sglang.srt.mem_cache.cpp_radix_tree")
_OUTSIDE = ("msgspec", "triton", "psutil", "zmq", "pydantic", "numba", "orjson", "pybase64", "setproctitle", "requests", "aiohttp")


class _OfAnything(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()


class Anything(metaclass=_OfAnything):
    """An instance of a stand-in: every attribute and call gives another."""

    def __init__(self, *_: Any, **__: Any) -> None: ...
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        # As a decorator it leaves what it decorates.
        return arguments[0] if len(arguments) == 1 and isinstance(arguments[0], types.FunctionType) and not named else Anything()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None: ...

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Any:
        return iter(())

    def __class_getitem__(cls, _: Any) -> Any:
        return cls


class _Module(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made: Any = type(name, (Anything,), {}) if name[0].isupper() and not name.isupper() else Anything()
        setattr(self, name, made)
        return made


class Request:
    """A request that has nothing yet."""

    def __init__(self, rid: Any = None, origin_input_text: Any = None, origin_input_ids: Any = (), sampling_params: Any = None, **named: Any) -> None:
        self.rid, self.origin_input_ids, self.fill_ids, self.output_ids = rid, origin_input_ids, [], []
        self.prefix_indices, self.inflight_middle_chunks, self.kv_committed_len = [], 0, 0
        self.__dict__.update(named)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return None


class Struct:
    """As msgspec's: a class whose annotated names are the parameters of its making."""

    def __init_subclass__(cls, **_: Any) -> None:
        cls.__struct_fields__ = tuple(
            dict.fromkeys(
                name
                for base in reversed(cls.__mro__)
                for name, kind in base.__dict__.get("__annotations__", {}).items()
                if not name.startswith("__") and "ClassVar" not in str(kind)
            )
        )

    __struct_fields__: tuple[str, ...] = ()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        given = {**dict(zip(self.__struct_fields__, arguments)), **named}
        for name in self.__struct_fields__:
            if name in given:
                value = given[name]
            elif hasattr(type(self), name):
                value = getattr(type(self), name)
                value = value() if isinstance(value, _Factory) else copy.copy(value)
            else:
                raise TypeError(f"{type(self).__name__} wants {name}")
            setattr(self, name, value)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__


class _Factory:
    def __init__(self, make: Any) -> None:
        self.make = make

    def __call__(self) -> Any:
        return self.make()


def _field(*, default: Any = None, default_factory: Any = None, **_: Any) -> Any:
    return _Factory(default_factory) if default_factory else default


class _StandIns(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, root: Path) -> None:
        self._root = root
        self._missing = {name for name in _OUTSIDE if importlib.util.find_spec(name) is None}

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        top = name.partition(".")[0]
        if top in self._missing:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        if top != "sglang":
            return None
        if name == "sglang" or any(real.startswith(name + ".") for real in _REAL):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        real = any(name == each or name.startswith(each + ".") for each in _REAL)
        if real and not any(name == each or name.startswith(each + ".") for each in _NOT_REAL):
            return importlib.machinery.PathFinder.find_spec(name, path)
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: Any) -> Any:
        module = _Module(spec.name)
        folder = self._root.joinpath(*spec.name.split("."))
        module.__path__ = [str(folder)] if folder.is_dir() else []
        return module

    def exec_module(self, module: Any) -> None: ...


def prepare(checkout: Path) -> None:
    """Puts the modules in place. Call it before anything of SGLang is imported."""
    root = checkout / "python"
    if not (root / "sglang" / "srt" / "mem_cache" / "unified_radix_cache.py").is_file():
        raise SystemExit(f"{checkout} is no checkout of SGLang with a unified radix cache: python/sglang/srt/mem_cache/unified_radix_cache.py is not there.")
    stand_ins = _StandIns(root)
    sys.meta_path.insert(0, stand_ins)
    if importlib.util.find_spec("msgspec").loader is stand_ins:  # type: ignore[union-attr]
        import msgspec

        msgspec.Struct, msgspec.field = Struct, _field


def prepare_tests() -> None:
    """Gives the stand-ins what SGLang's unit tests want of them."""
    import hashlib
    import unittest
    from array import array

    import sglang.kernels.ops.attention.fla.chunk_delta_h as kernels
    import sglang.srt.distributed.parallel_state as parallel_state
    import sglang.srt.distributed.utils as distributed
    import sglang.srt.managers.schedule_batch as batch
    import sglang.srt.mem_cache.cpp_utils.native_hash as native_hash
    import sglang.srt.runtime_context as context
    import sglang.srt.utils as utils
    import sglang.test.test_utils as test_utils
    import torch

    def page_hashes(ids: Any, prior: bytes | None = None, page_size: int | None = None) -> Any:
        tokens, digest, out = array("q", list(ids)), prior or b"", []
        for start in range(0, len(tokens), page_size or max(len(tokens), 1)):
            page = tokens[start : start + (page_size or len(tokens))]
            digest = hashlib.sha256(digest + page.tobytes()).digest()
            out.append(digest.hex())
        return out if page_size else out[-1]

    parallel_state.get_dcp_group_no_assert = lambda: None
    distributed.divide = lambda whole, parts: whole // parts
    bag = Anything()
    bag.mamba = Anything()  # type: ignore[attr-defined]
    bag.mamba.mamba_max_states_per_path = -1  # type: ignore[attr-defined]
    context.RuntimeContext.config_bag = lambda self, name: bag
    arguments = Anything()
    arguments.mamba_cache_chunk_size = 64  # type: ignore[attr-defined]
    context.RuntimeContext.server_args = property(lambda self: arguments)
    for name in ("float8_e5m2", "float8_e4m3fn", "float8_e4m3fnuz", "float8_e8m0fnu", "uint16", "uint32", "uint64"):
        if not hasattr(torch, name):
            setattr(torch, name, object())
    if not hasattr(torch, "get_device_module"):
        torch.get_device_module = lambda *_: types.SimpleNamespace(memory_allocated=lambda: 0, Stream=Anything, synchronize=lambda: None)
    batch.Req = Request
    if not torch.cuda.is_available():
        zeros = torch.zeros
        # Some buffers are asked for on the GPU by name.
        torch.zeros = lambda *sizes, device=None, **named: zeros(*sizes, device="cpu" if str(device).startswith("cuda") else device, **named)
    if not hasattr(torch.dtype, "itemsize"):
        # This torch cannot lay out the KV; the tree does not look at it.
        import sglang.srt.mem_cache.memory_pool as pools

        def no_buffers(self: Any) -> None:
            self.k_buffer, self.v_buffer, self._kv_buffer_descs = [], [], []

        pools.MHATokenToKVPool._create_buffers = no_buffers
        pools.get_tensor_size_bytes = lambda *_: 0
    kernels.CHUNK_SIZE = 64
    native_hash.get_native_hash = page_hashes
    test_utils.CustomTestCase = unittest.TestCase
    utils.get_device = lambda *_: "cpu"
