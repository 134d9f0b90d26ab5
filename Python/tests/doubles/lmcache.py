"""LMCache's policies of one process: the base, and the table of names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from tests.doubles import install


class BaseCachePolicy(ABC):
    @abstractmethod
    def init_mutable_mapping(self) -> Any: ...
    @abstractmethod
    def update_on_hit(self, key: Any, cache_dict: Any) -> None: ...
    @abstractmethod
    def update_on_put(self, key: Any) -> None: ...
    def update_on_put_with_metadata(self, key: Any, cache_obj: Any = None, **metadata: Any) -> None: ...
    def update_cost_observation(self, key: Any, **metadata: Any) -> None: ...
    @abstractmethod
    def update_on_force_evict(self, key: Any) -> None: ...
    @abstractmethod
    def get_evict_candidates(self, cache_dict: Any, num_candidates: int = 1) -> list[Any]: ...


def put(table: Any = None, **replaced: Any) -> Any:
    """Makes it importable as lmcache; gives the package of the policies."""
    base = type("BaseCachePolicy", (BaseCachePolicy,), replaced) if replaced else BaseCachePolicy
    install("lmcache", __version__="0.0 (double)")
    install("lmcache.v1.storage_backend.cache_policy.base_policy", BaseCachePolicy=base)
    return install("lmcache.v1.storage_backend.cache_policy", POLICY_MAPPING={"LRU": object} if table is None else table)
