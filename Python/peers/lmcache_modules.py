"""Makes the policies of an LMCache checkout importable, without LMCache's own packages: its logger and statistics are stand-ins."""

from __future__ import annotations

import importlib.util
import logging
import sys
import types
from pathlib import Path

_PACKAGES = ("lmcache", "lmcache.v1", "lmcache.v1.storage_backend")


def prepare(checkout: str) -> None:
    """Puts the modules in place. Call it before anything of LMCache is imported."""
    root = Path(checkout)
    if not (root / "lmcache/v1/storage_backend/cache_policy/base_policy.py").is_file():
        raise SystemExit(f"{checkout} is no checkout of LMCache: lmcache/v1/storage_backend/cache_policy/base_policy.py is not there.")
    for name in _PACKAGES:
        module = types.ModuleType(name)
        module.__path__ = [str(root.joinpath(*name.split(".")))]
        sys.modules[name] = module
    sys.modules["lmcache"].__version__ = "of the checkout"  # type: ignore[attr-defined]
    monitor = types.SimpleNamespace(on_chunk_reuse=lambda seconds: None)
    for name, members in {
        "lmcache.logging": {"init_logger": logging.getLogger},
        "lmcache.observability": {"LMCStatsMonitor": types.SimpleNamespace(GetOrCreate=lambda: monitor)},
        "lmcache.utils": {"CacheEngineKey": type("CacheEngineKey", (), {})},
    }.items():
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(members)
    if importlib.util.find_spec("sortedcontainers") is None:
        sys.modules["sortedcontainers"] = types.ModuleType("sortedcontainers")
        sys.modules["sortedcontainers"].SortedDict = dict  # type: ignore[attr-defined]
