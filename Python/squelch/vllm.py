"""vLLM: the policy of the CPU tier.

In ``kv_connector_extra_config``::

    {"cpu_bytes_to_use": ..., "eviction_policy": "Hyperbolic", "cache_policy_module_path": "squelch.vllm"}

Any policy's name will do, one of a library of your own (SQUELCH_LIBRARY) included; ``SquelchCachePolicy`` takes the name from
SQUELCH_POLICY. With ``squelch.vllm_spec`` it all stands in the configuration, and states are admitted as Marconi does.

Knows the ``CachePolicy`` of vLLM's main branch as of August 2026 (``mark_evictable``, ``touch(keys, req_context)``). Another one is
an error when it is imported.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import vllm
from vllm.v1.kv_offload.cpu.policies.base import BlockStatus, CachePolicy

from squelch._interface import require, require_abstract, version_of
from squelch._settings import Settings
from squelch.errors import SquelchError

KNOWN = "vLLM's main branch as of August 2026, whose CPU tier has CachePolicy with mark_evictable and touch(keys, req_context)"
ENGINE = f"vLLM {version_of(vllm)}"

require(
    ENGINE,
    KNOWN,
    {
        "CachePolicy()": (CachePolicy, "__init__", ("self", "cache_capacity")),
        "CachePolicy.insert": (CachePolicy, "insert", ("self", "key", "block")),
        "CachePolicy.touch": (CachePolicy, "touch", ("self", "keys", "req_context")),
        "CachePolicy.evict": (CachePolicy, "evict", ("self", "n", "protected")),
        "CachePolicy.mark_evictable": (CachePolicy, "mark_evictable", ("self", "key")),
        "CachePolicy.mark_non_evictable": (CachePolicy, "mark_non_evictable", ("self", "key")),
    },
)
require_abstract(ENGINE, KNOWN, CachePolicy, {"get", "insert", "remove", "touch", "evict", "clear"})

# Features that need the chain of a request's blocks.
_OF_THE_TREE = {"children", "continues", "depthTokens", "pathBytes", "pathFlops", "flopsSaved", "cost"}
# What the CPU tier never hears of. A constant would look like a number that counts.
_UNTOLD = {"priority", "expires", "nextUse", "turn", "sessions", "sessionGap", "sessionGapSpread", "category"}
_PRIME = 2**64 - 59
_INSERT, _HIT, _TOUCH, _LOADED, _HELD = "insert", "hit", "touch", "loaded", "held"


@dataclass(frozen=True)
class BlockSizes:
    """What a block of each group is.

    :param tokens: per block, by group; the last counts for all further groups.
    :param bytes: of a block, which is the same for all groups; 0: what the model says.
    :param states: groups whose blocks are recurrent states (Mamba), not KV.
    :param chains: whether a block is the child of the one before it, so that prefixes stay while what goes on from them does. None:
        where the policy reads the tree.
    """

    tokens: Sequence[int] = (1,)
    bytes: int = 0
    states: frozenset[int] = frozenset()
    chains: bool | None = None


class SquelchCachePolicy(CachePolicy):  # type: ignore[misc]
    """Chooses which blocks of the CPU tier go, by a formula.

    Slots of the pool are vLLM's block ids. A block is told to the pool when its store is complete, for before it cannot go; what
    happens between two evictions is noted in runs of one kind, and told in one call. The clock is the number of events.
    """

    policy: ClassVar[str | None] = None

    def __init__(self, cache_capacity: int, settings: Settings | None = None, sizes: BlockSizes = BlockSizes()) -> None:
        super().__init__(cache_capacity)
        settings = settings or Settings.read(policy=self.policy)
        settings.refuse_features("vLLM's CPU tier", _UNTOLD)
        features = set(settings.known().features)
        self._pool = settings.pool(cache_capacity)
        self._sizes = sizes
        self._chains = bool(_OF_THE_TREE & features) if sizes.chains is None else sizes.chains
        self._names = not features  # A policy that is no formula may remember what has gone.
        self._blocks: dict[bytes, BlockStatus] = {}
        self.get = self._blocks.get  # type: ignore[method-assign]
        self._keys: list[bytes] = [b""] * cache_capacity
        self._forget()

    def _forget(self) -> None:
        self._now = 0
        self._kind = _INSERT
        self._run = array("i")
        # Slots of the blocks that the pool knows, or will know by the run.
        self._slots: dict[bytes, int] = {}
        # Tokens from a request's start to the end of a block that has been told; 0 of the others.
        self._ends = array("i", bytes(4 * len(self._keys)))
        # Of blocks that are not stored: the key before each, and tokens to its end. Of requests: those whose first touch has been.
        self._before: dict[bytes, tuple[bytes | None, int]] = {}
        self._served: dict[tuple[str, bytes], None] = {}

    def get(self, key: bytes) -> BlockStatus | None:
        return self._blocks.get(key)

    def insert(self, key: bytes, block: BlockStatus) -> None:
        self._blocks[key] = block
        if block.ref_cnt == 0:
            self.mark_evictable(key)

    def remove(self, key: bytes) -> None:
        del self._blocks[key]
        slot = self._slots.pop(key, None)
        if slot is not None:
            self._tell()
            self._pool.remove(slot)
            self._ends[slot] = 0

    def mark_evictable(self, key: bytes) -> None:
        slot = self._slots.get(key)
        kind = _LOADED
        if slot is None:
            kind = _INSERT
            slot = self._slots[key] = self._blocks[key].block_id
            self._keys[slot] = key
        if kind is not self._kind:
            self._turn(kind)
        self._run.append(slot)

    def mark_non_evictable(self, key: bytes) -> None:
        if self._kind is not _HELD:
            self._turn(_HELD)
        self._run.append(self._slots[key])

    def touch(self, keys: Iterable[bytes], req_context: Any) -> None:
        """A request's blocks in order; the first is the last to go, as under vLLM's own LRU."""
        chain = list(keys)
        if not chain:
            return
        request = (req_context.req_id, chain[0][-4:])
        kind = _TOUCH if request in self._served else _HIT
        if kind is _HIT:
            _remember(self._served, request, None, 4096)
        if self._chains:
            self._learn(chain)
        if kind is not self._kind:
            self._turn(kind)
        chain.reverse()
        self._run.extend([slot for slot in map(self._slots.get, chain) if slot is not None])

    def evict(self, n: int, protected: set[bytes]) -> list[tuple[bytes, BlockStatus]] | None:
        if n == 0:
            return []
        self._tell()
        slots, keys, blocks = self._slots, self._keys, self._blocks
        keep = array("i", [slot for slot in map(slots.get, protected) if slot is not None])
        victims = self._pool.try_evict(n, now=self._now, keep=keep)
        if victims is None:
            return None
        gone = [keys[slot] for slot in victims]
        for key in gone:
            del slots[key]
        for slot in victims if self._chains else ():
            self._ends[slot] = 0
        return [(key, blocks.pop(key)) for key in gone]

    def clear(self) -> None:
        self._pool.clear()
        self._blocks.clear()
        now = self._now
        self._forget()
        self._now = now

    def _turn(self, kind: str) -> None:
        """A run of another kind begins."""
        self._tell()
        self._kind = kind

    def _tell(self) -> None:
        """Notes the run in the pool's log, one tick per event."""
        run, kind = self._run, self._kind
        if not run:
            return
        self._run = array("i")
        if kind is _HIT:
            self._pool.hit_all(run, now=self._now)
        elif kind is _TOUCH:
            self._pool.touch_all(run, now=self._now)
        elif kind is _LOADED:
            self._pool.touch_all(run, now=self._now)
            self._pool.release_all(run)
        elif kind is _HELD:
            self._pool.hold_all(run)
        elif self._chains or self._sizes.states:
            for i, slot in enumerate(run):
                self._tell_insert(slot, self._now + i)
        else:
            names = array("Q", [name_of(self._keys[slot]) for slot in run]) if self._names else None
            self._pool.insert_all(run, now=self._now, keys=names, tokens=self._sizes.tokens[0], bytes=self._sizes.bytes)
        self._now += len(run)

    def _tell_insert(self, slot: int, now: int) -> None:
        key = self._keys[slot]
        group = int.from_bytes(key[-4:], "big")
        tokens = self._tokens(group)
        parent, end = self._place(key, tokens) if self._chains else (-1, tokens)
        self._ends[slot] = end
        self._pool.insert(
            slot,
            now=now,
            parent=parent,
            end_tokens=end,
            tokens=tokens if parent < 0 else 0,
            bytes=self._sizes.bytes,
            key=name_of(key),
            checkpoint=group in self._sizes.states,
        )

    def _tokens(self, group: int) -> int:
        return self._sizes.tokens[min(group, len(self._sizes.tokens) - 1)]

    def _learn(self, chain: list[bytes]) -> None:
        """Notes where blocks stand that are not stored yet."""
        tokens = self._tokens(int.from_bytes(chain[0][-4:], "big"))
        end, before = 0, None
        for key in chain:
            slot = self._slots.get(key)
            if slot is not None and self._ends[slot] > 0:
                end = self._ends[slot]
            else:
                end += tokens
                _remember(self._before, key, (before, end), 4 * len(self._keys) + 4096)
            before = key

    def _place(self, key: bytes, tokens: int) -> tuple[int, int]:
        """The slot of the nearest block before this one that is stored, and tokens to this one's end."""
        before, end = self._before.pop(key, (None, tokens))
        while before is not None:
            slot = self._slots.get(before)
            if slot is not None and 0 < self._ends[slot] < end:
                return slot, end
            before = self._before.get(before, (None, 0))[0]
        return -1, end


def name_of(key: bytes) -> int:
    """64 bits that name a block, the same on every rank: its hash and group, folded."""
    return int.from_bytes(key, "little") % _PRIME


def _remember(memory: dict[Any, Any], key: Any, value: Any, most: int) -> None:
    """Notes something, and forgets the oldest where there is too much."""
    if len(memory) >= most:
        del memory[next(iter(memory))]
    memory[key] = value


def __getattr__(name: str) -> type[SquelchCachePolicy]:
    """A class for a policy of the library: vLLM takes its policies by class names."""
    if name.startswith("_"):
        raise AttributeError(name)
    try:
        settings = Settings.read(policy=name)
    except SquelchError as fault:
        raise AttributeError(str(fault)) from fault
    return type(name, (SquelchCachePolicy,), {"policy": settings.policy, "__module__": __name__})
