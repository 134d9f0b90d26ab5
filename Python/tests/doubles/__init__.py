"""Stand-ins of the engines' interfaces, as far as the adapters use them. They state facts of the interfaces (names, parameters, when
what is called), written for these tests; the engines' own tests are run by peers.sh."""

from __future__ import annotations

import sys
import types
from typing import Any


def install(name: str, **members: Any) -> types.ModuleType:
    """A module of a name, and the packages above it."""
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        path = ".".join(parts[:end])
        if path not in sys.modules:
            module = types.ModuleType(path)
            module.__path__ = []
            sys.modules[path] = module
            if end > 1:
                setattr(sys.modules[".".join(parts[: end - 1])], parts[end - 1], module)
    module = sys.modules[name]
    for member, value in members.items():
        setattr(module, member, value)
    return module


def forget(*tops: str) -> None:
    """Takes modules out again, those of the adapters of these engines included."""
    for name in list(sys.modules):
        if name.partition(".")[0] in tops or name in {f"squelch.{top}" for top in tops} or name in ("squelch.vllm_spec", "squelch.sglang_plugin"):
            del sys.modules[name]
