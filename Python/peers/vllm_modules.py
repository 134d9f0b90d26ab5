"""Makes the modules of a vLLM checkout importable that the CPU tier needs, without building vLLM.

Packages get empty `__init__`s, and what draws in the rest of vLLM (its configuration, its logger, its platforms) is a stand-in. The
modules under test are the checkout's own.
"""

from __future__ import annotations

import enum
import importlib.machinery
import importlib.util
import logging
import sys
import types
import typing
from pathlib import Path

_PACKAGES = (
    "vllm",
    "vllm.distributed",
    "vllm.distributed.kv_transfer",
    "vllm.distributed.kv_transfer.kv_connector",
    "vllm.distributed.kv_transfer.kv_connector.v1",
    "vllm.distributed.kv_transfer.kv_connector.v1.offloading",
    "vllm.utils",
    "vllm.v1",
    "vllm.v1.kv_offload",
    "vllm.v1.kv_offload.cpu",
    "vllm.v1.kv_offload.cpu.policies",
)


class _Anything(types.ModuleType):
    """A module whose every name is a class that can be subclassed, called and subscripted."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {"__class_getitem__": classmethod(lambda cls, item: cls), "__init__": lambda self, *a, **k: None})
        setattr(self, name, made)
        return made


def _package(name: str, folder: Path) -> None:
    module = types.ModuleType(name)
    module.__path__ = [str(folder)]
    module.__spec__ = importlib.machinery.ModuleSpec(name, None, is_package=True)
    sys.modules[name] = module
    parent, _, last = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], last, module)


def _stand_in(name: str, **members: object) -> None:
    module = _Anything(name)
    for member, value in members.items():
        setattr(module, member, value)
    sys.modules[name] = module
    parent, _, last = name.rpartition(".")
    if parent in sys.modules:
        setattr(sys.modules[parent], last, module)


class _Logger(logging.Logger):
    def warning_once(self, *arguments: object) -> None:
        self.debug(*arguments)  # type: ignore[arg-type]

    info_once = warning_once


def prepare(checkout: Path) -> None:
    """Puts the modules in place. Call it before anything of vLLM is imported."""
    if not (checkout / "vllm" / "v1" / "kv_offload" / "cpu" / "policies" / "base.py").is_file():
        raise SystemExit(f"{checkout} is no checkout of vLLM with a CPU tier: vllm/v1/kv_offload/cpu/policies/base.py is not there.")
    for name in _PACKAGES:
        _package(name, checkout.joinpath(*name.split(".")))
    sys.modules["vllm"].__version__ = "of the checkout"  # type: ignore[attr-defined]
    _stand_in("vllm.logger", init_logger=lambda name: _Logger(name))
    _stand_in("vllm.config")
    _stand_in("vllm.platforms", current_platform=types.SimpleNamespace(is_cuda_alike=lambda: False, is_xpu=lambda: False))
    _stand_in("vllm.utils.math_utils", round_up=lambda x, y: -(-x // y) * y)
    _stand_in("vllm.distributed.kv_transfer.kv_connector.factory")
    _stand_in("vllm.v1.kv_offload.cpu.gpu_worker")
    region = type("SharedOffloadRegion", (), {"BLOCK_SIZE_ALIGNMENT": 4096})
    _stand_in("vllm.v1.kv_offload.cpu.shared_offload_region", SharedOffloadRegion=region)
    if importlib.util.find_spec("prometheus_client") is None:
        _stand_in("prometheus_client")
    if not hasattr(typing, "override"):
        typing.override = lambda method: method  # type: ignore[attr-defined]
    if not hasattr(enum, "StrEnum"):
        enum.StrEnum = type("StrEnum", (str, enum.Enum), {})  # type: ignore[misc, attr-defined]
    sys.path.insert(0, str(checkout))
