"""vLLM: the CPU tier with everything in its configuration, and admission of recurrent states.

In ``kv_connector_extra_config``::

    {"spec_name": "SquelchOffloadingSpec", "spec_module_path": "squelch.vllm_spec", "cpu_bytes_to_use": ...,
     "policy": "Marconi", "tunables": {"alpha": 1.0}, "library": "/opt/MyPolicy.so", "model": "/opt/model.json",
     "state_groups": [1], "admission": "branch-and-last"}

Only ``policy`` is needed. Knows vLLM's main branch as of August 2026; another interface is an error when it is imported.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from vllm.v1.kv_offload.cpu.manager import CPUOffloadingManager
from vllm.v1.kv_offload.cpu.spec import CPUOffloadingSpec

from squelch._interface import require
from squelch._settings import Settings
from squelch.errors import EngineError
from squelch.vllm import ENGINE, KNOWN, BlockSizes, SquelchCachePolicy, _remember

require(
    ENGINE,
    KNOWN,
    {
        "CPUOffloadingSpec.get_manager": (CPUOffloadingSpec, "get_manager", ("self",)),
        "CPUOffloadingManager()": (CPUOffloadingManager, "__init__", ("self", "num_blocks", "cache_policy")),
        "CPUOffloadingManager.prepare_store": (CPUOffloadingManager, "prepare_store", ("self", "keys", "req_context")),
    },
)

_ADMISSIONS = ("all", "branch-and-last")


class SquelchOffloadingManager(CPUOffloadingManager):  # type: ignore[misc]
    """vLLM's manager, with a policy of ours and a filter before what is stored.

    ``branch-and-last`` keeps a recurrent state where its request's stored part ends, and where a second request has come by: the
    two places from which Marconi expects reuse. KV blocks are all kept.
    """

    def __init__(self, policy: SquelchCachePolicy, sizes: BlockSizes, admission: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        if not hasattr(self, "_policy"):
            raise EngineError(f"The CPUOffloadingManager of {ENGINE} has no _policy to be set. This adapter knows {KNOWN}.")
        self._policy = policy
        self._states = sizes.states if admission != "all" else frozenset()
        self._seen: dict[bytes, str] = {}

    def prepare_store(self, keys: Collection[bytes], req_context: Any) -> Any:
        return super().prepare_store(self._admitted(list(keys), req_context.req_id) if self._states else keys, req_context)

    def _admitted(self, keys: list[bytes], request: str) -> list[bytes]:
        last: dict[int, bytes] = {}
        for key in keys:
            last[int.from_bytes(key[-4:], "big")] = key
        return [key for key in keys if self._admits(key, request, last)]

    def _admits(self, key: bytes, request: str, last: dict[int, bytes]) -> bool:
        group = int.from_bytes(key[-4:], "big")
        if group not in self._states:
            return True
        first = self._seen.get(key)
        if first is None:
            _remember(self._seen, key, request, self.max_tracker_size)
        return key == last[group] or (first is not None and first != request)


class SquelchOffloadingSpec(CPUOffloadingSpec):  # type: ignore[misc]
    """vLLM's CPU tier under a policy of ours."""

    def __init__(self, config: Any) -> None:
        super().__init__(config)
        if "eviction_policy" in self.extra_config or "cache_policy_module_path" in self.extra_config:
            raise EngineError("SquelchOffloadingSpec takes its policy from `policy`. Leave eviction_policy and cache_policy_module_path out.")
        self._settings = Settings.read(self.extra_config)
        self._admission = str(self.extra_config.get("admission", "all"))
        if self._admission not in _ADMISSIONS:
            raise EngineError(f"admission is {self._admission!r}. Set it to one of {', '.join(_ADMISSIONS)}.")
        states = frozenset(int(group) for group in self.extra_config.get("state_groups", ()))
        if not states <= set(range(len(config.groups))):
            raise EngineError(f"state_groups are {sorted(states)}; this model has the groups 0 to {len(config.groups) - 1}.")
        if self._admission != "all" and not states:
            raise EngineError("admission is of recurrent states, and no group is named as such. Set state_groups, as [1].")
        self._sizes = BlockSizes(
            tokens=tuple(group.tokens_per_block * self.blocks_per_chunk for group in config.groups),
            bytes=self.kv_bytes_per_chunk,
            states=states,
            chains=self.extra_config.get("chains"),
        )

    def get_manager(self) -> Any:
        if not self._manager:
            threshold = int(self.extra_config.get("store_threshold", 0))
            self._manager = SquelchOffloadingManager(
                SquelchCachePolicy(self.num_blocks, self._settings, self._sizes),
                self._sizes,
                self._admission,
                num_blocks=self.num_blocks,
                enable_events=self.kv_events_config.enable_kv_cache_events,
                store_threshold=threshold,
                max_tracker_size=int(self.extra_config.get("max_tracker_size", 64_000)),
            )
        return self._manager
