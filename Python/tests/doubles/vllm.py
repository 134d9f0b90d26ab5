"""vLLM's CPU tier: the policy's base, the manager that calls it, the specification that makes the manager."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import SimpleNamespace
from typing import Any

from tests.doubles import install


class BlockStatus:
    def __init__(self, block_id: int) -> None:
        self.ref_cnt = -1
        self.block_id = block_id


class CachePolicy(ABC):
    def __init__(self, cache_capacity: int) -> None:
        self.cache_capacity = cache_capacity

    @abstractmethod
    def get(self, key: bytes) -> Any: ...
    @abstractmethod
    def insert(self, key: bytes, block: Any) -> None: ...
    @abstractmethod
    def remove(self, key: bytes) -> None: ...
    @abstractmethod
    def touch(self, keys: Any, req_context: Any) -> None: ...
    @abstractmethod
    def evict(self, n: int, protected: set[bytes]) -> Any: ...
    @abstractmethod
    def clear(self) -> None: ...
    def mark_evictable(self, key: bytes) -> None: ...
    def mark_non_evictable(self, key: bytes) -> None: ...


class _Nothing(CachePolicy):
    get = insert = remove = touch = evict = clear = None  # type: ignore[assignment]


class CPUOffloadingManager:
    """Blocks are written between prepare_store and complete_store, and read between prepare_load and complete_load."""

    def __init__(self, num_blocks: int, cache_policy: str = "lru", cache_policy_module_path: str | None = None, enable_events: bool = False,
                 store_threshold: int = 1, max_tracker_size: int = 64_000) -> None:  # fmt: skip
        self._policy: CachePolicy = _Nothing(num_blocks)
        self._free = list(range(num_blocks - 1, -1, -1))
        self.max_tracker_size = max_tracker_size

    def prepare_store(self, keys: Any, req_context: Any) -> Any:
        new = [key for key in keys if self._policy.get(key) is None]
        evicted: list[Any] = []
        if len(new) > len(self._free):
            chosen = self._policy.evict(len(new) - len(self._free), set(keys))
            if chosen is None:
                return None
            evicted = [key for key, _ in chosen]
            self._free += [block.block_id for _, block in chosen]
        for key in new:
            self._policy.insert(key, BlockStatus(self._free.pop()))
        return SimpleNamespace(keys_to_store=new, evicted_keys=evicted)

    def complete_store(self, keys: Any, req_context: Any, success: bool = True) -> None:
        for key in keys:
            block = self._policy.get(key)
            if success:
                block.ref_cnt = 0
                self._policy.mark_evictable(key)
            else:
                self._policy.remove(key)
                self._free.append(block.block_id)

    def prepare_load(self, keys: Any, req_context: Any) -> None:
        for key in keys:
            block = self._policy.get(key)
            if block.ref_cnt == 0:
                self._policy.mark_non_evictable(key)
            block.ref_cnt += 1

    def complete_load(self, keys: Any, req_context: Any) -> None:
        for key in keys:
            block = self._policy.get(key)
            block.ref_cnt -= 1
            if block.ref_cnt == 0:
                self._policy.mark_evictable(key)

    def touch(self, keys: Any, req_context: Any) -> None:
        self._policy.touch(keys, req_context)


class CPUOffloadingSpec:
    def __init__(self, config: Any) -> None:
        self.config = config
        self.extra_config = config.extra_config
        self.num_blocks = config.num_blocks
        self.kv_bytes_per_chunk = 4096
        self.blocks_per_chunk = 1
        self.kv_events_config = SimpleNamespace(enable_kv_cache_events=False)
        self._manager = None

    def get_manager(self) -> Any: ...


def put(**replaced: Any) -> None:
    """Makes it importable as vllm; `replaced` are members of CachePolicy of another version."""
    base = type("CachePolicy", (CachePolicy,), replaced) if replaced else CachePolicy
    install("vllm", __version__="0.0 (double)")
    install("vllm.v1.kv_offload.cpu.policies.base", BlockStatus=BlockStatus, CachePolicy=base)
    install("vllm.v1.kv_offload.cpu.manager", CPUOffloadingManager=CPUOffloadingManager)
    install("vllm.v1.kv_offload.cpu.spec", CPUOffloadingSpec=CPUOffloadingSpec)
