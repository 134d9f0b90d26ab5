"""LMCache: the policy of the backends of one process (CPU memory, local disk).

In the process that makes LMCache's engine, before it does::

    import squelch.lmcache
    squelch.lmcache.register()                      # or register("Hyperbolic") alone

Then ``cache_policy: SQUELCH_HYPERBOLIC`` in LMCache's configuration chooses it; LMCache's own policies keep their names.

Knows the ``BaseCachePolicy`` of LMCache's ``lmcache.v1.storage_backend.cache_policy`` as of summer 2026. The multi-process server
has a closed list of policies of its own, which this does not reach.
"""

from __future__ import annotations

from array import array
from typing import Any, ClassVar

import lmcache
from lmcache.v1.storage_backend import cache_policy as engine
from lmcache.v1.storage_backend.cache_policy.base_policy import BaseCachePolicy

from squelch._interface import require, require_abstract, version_of
from squelch._settings import Settings
from squelch.errors import EngineError
from squelch.policies import policies

KNOWN = "LMCache of summer 2026, whose BaseCachePolicy has get_evict_candidates(cache_dict, num_candidates)"
ENGINE = f"LMCache {version_of(lmcache)}"

require(
    ENGINE,
    KNOWN,
    {
        "BaseCachePolicy.update_on_hit": (BaseCachePolicy, "update_on_hit", ("self", "key", "cache_dict")),
        "BaseCachePolicy.update_on_put": (BaseCachePolicy, "update_on_put", ("self", "key")),
        "BaseCachePolicy.update_on_force_evict": (BaseCachePolicy, "update_on_force_evict", ("self", "key")),
        "BaseCachePolicy.get_evict_candidates": (BaseCachePolicy, "get_evict_candidates", ("self", "cache_dict", "num_candidates")),
    },
)
require_abstract(
    ENGINE,
    KNOWN,
    BaseCachePolicy,
    {"init_mutable_mapping", "update_on_hit", "update_on_put", "update_on_force_evict", "get_evict_candidates"},
)

_MOST_SLOTS = 1 << 24
# What a key of LMCache does not tell.
_UNTOLD = {"children", "depthTokens", "pathBytes", "pathFlops", "priority", "expires", "nextUse", "turn", "sessions", "sessionGap", "sessionGapSpread", "category"}


class SquelchCachePolicy(BaseCachePolicy):  # type: ignore[misc]
    """Chooses which chunks go, by a formula. The clock counts puts and hits.

    Bytes are what the memory object says, the cost is the tokens to compute again (``observed_recompute_tokens``, or
    ``total_request_tokens - chunk_start``) where LMCache tells it; else a chunk is one byte and costs 1.
    """

    policy: ClassVar[str | None] = None

    def __init__(self) -> None:
        settings = Settings.read(policy=self.policy)
        settings.refuse_features("LMCache", _UNTOLD)
        self._pool = settings.pool(_MOST_SLOTS)
        self._now = 0
        self._slots: dict[Any, int] = {}
        self._keys: list[Any] = []
        self._sizes: list[int] = []
        self._free: list[int] = []
        self._offered: dict[Any, None] = {}

    def init_mutable_mapping(self) -> dict[Any, Any]:
        return {}

    def update_on_put(self, key: Any) -> None:
        self.update_on_put_with_metadata(key)

    def update_on_put_with_metadata(self, key: Any, cache_obj: Any = None, **metadata: Any) -> None:
        self.update_on_force_evict(key)
        self._add(key, _size(cache_obj, metadata), _cost(metadata))

    def update_on_hit(self, key: Any, cache_dict: Any) -> None:
        slot = self._slots.get(key)
        if slot is None:
            self._offered.pop(key, None)
            self._add(key, _size(cache_dict.get(key), {}), 0)
        else:
            self._now += 1
            self._pool.hit(slot, now=self._now)

    def update_cost_observation(self, key: Any, **metadata: Any) -> None:
        slot, cost = self._slots.get(key), _cost(metadata)
        if slot is not None and cost > 0:
            self._pool.edge(slot, end_tokens=cost, tokens=cost, bytes=self._sizes[slot], flops=cost)

    def update_on_force_evict(self, key: Any) -> None:
        self._offered.pop(key, None)
        slot = self._slots.get(key)
        if slot is not None:
            self._pool.remove(slot)
            self._forget(key)

    def get_evict_candidates(self, cache_dict: Any, num_candidates: int = 1) -> list[Any]:
        """As many keys as asked for, or as are not pinned. LMCache takes them out next; one that it does not is offered again."""
        for key in self._offered:
            if key in cache_dict:
                self._add(key, _size(cache_dict[key], {}), 0)
        self._offered.clear()
        chosen: list[Any] = []
        pinned = array("i")
        while len(chosen) < num_candidates:
            slots = self._pool.peek(1, now=self._now, keep=pinned)
            if not slots:
                break
            slot, key = slots[0], self._keys[slots[0]]
            if key in cache_dict and not cache_dict[key].can_evict:
                pinned.append(slot)
                continue
            self._pool.evicted(slot, now=self._now)
            self._forget(key)
            if key in cache_dict:
                chosen.append(key)
        self._offered.update(dict.fromkeys(chosen))
        return chosen

    def _add(self, key: Any, size: int, cost: int) -> None:
        self._now += 1
        slot = self._free.pop() if self._free else len(self._keys)
        if slot == len(self._keys):
            self._keys.append(key)
            self._sizes.append(size)
        else:
            self._keys[slot], self._sizes[slot] = key, size
        self._slots[key] = slot
        self._pool.insert(slot, now=self._now, end_tokens=cost or 1, tokens=cost or 1, bytes=size, flops=cost, key=_name(key))

    def _forget(self, key: Any) -> None:
        slot = self._slots.pop(key)
        self._keys[slot] = None
        self._free.append(slot)


def _size(value: Any, metadata: dict[str, Any]) -> int:
    """Bytes of a memory object; 0 where it does not say."""
    told = metadata.get("memory_size_bytes")
    for name in ("get_physical_size", "get_size"):
        if told is None and hasattr(value, name):
            told = getattr(value, name)()
    return max(int(told or 0), 0)


def _cost(metadata: dict[str, Any]) -> int:
    """Tokens to compute again; 0 where it is not told."""
    told = metadata.get("observed_recompute_tokens")
    whole, start = metadata.get("total_request_tokens"), metadata.get("chunk_start")
    if told is None and whole is not None and start is not None:
        told = whole - start
    return max(int(told or 0), 0)


def _name(key: Any) -> int:
    """64 bits that name a chunk. Its hash is a number that LMCache makes the same on every rank; a key without one has no name."""
    told = getattr(key, "chunk_hash", key)
    if isinstance(told, bytes):
        return int.from_bytes(told[:8], "little")
    return told & (1 << 64) - 1 if isinstance(told, int) else 0


def register(*names: str) -> None:
    """Makes policies known to LMCache as ``SQUELCH_`` and the name in capitals: those that are named, or all that it can run.

    :raises EngineError: LMCache has no table of policies, or does not tell what a named policy reads.
    :raises UnknownNameError: the library has no such policy.
    """
    table = getattr(engine, "POLICY_MAPPING", None)
    if not isinstance(table, dict):
        raise EngineError(f"{ENGINE} has no POLICY_MAPPING to which a policy can be added. This adapter knows {KNOWN}.")
    for name in names or tuple(policies()):
        settings = Settings.read(policy=name)
        if names:
            settings.refuse_features("LMCache", _UNTOLD)
        elif _UNTOLD & set(settings.known().features):
            continue
        table[f"SQUELCH_{name.upper()}"] = type(name, (SquelchCachePolicy,), {"policy": name, "__module__": __name__})
