"""SGLang's radix cache with its own components, and with ours, under the same requests: the same victims, and how long each takes.

Usage: sglang_side_by_side.py victims|mamba|timing. SQUELCH_SGLANG names the checkout. Prints one line per check.
"""

from __future__ import annotations

import os
import random
import sys
import time
from array import array
from pathlib import Path
from typing import Any

import sglang_modules

if os.environ.get("PEER_STAND_INS"):
    sglang_modules.prepare(Path(os.environ["SQUELCH_SGLANG"]))
    sglang_modules.prepare_tests()

import sglang.srt.mem_cache.unified_radix_cache as unified
import torch
from sglang.srt.mem_cache.base_prefix_cache import EvictParams, InsertParams, MatchPrefixParams
from sglang.srt.mem_cache.cache_init_params import CacheInitParams
from sglang.srt.mem_cache.memory_pool import HybridReqToTokenPool
from sglang.srt.mem_cache.radix_cache import RadixKey
from sglang.srt.mem_cache.unified_cache.components import mamba_component
from sglang.srt.mem_cache.unified_cache.components.tree_component import ComponentType


class Slots:
    """An allocator that says yes to everything, and counts what comes back."""

    device = torch.device("cpu")
    page_size = 1

    def __init__(self) -> None:
        self.freed: list[int] = []

    def free(self, indices: Any) -> None:
        self.freed.extend(indices.tolist())

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: None


def cache(ours: bool, policy: str, mamba: bool = False) -> tuple[Any, Slots, Slots]:
    """An empty cache, and what its KV and its states are freed to."""
    if ours:
        import squelch.sglang as adapter
        from squelch._settings import Settings

        settings = Settings.read(policy=policy)
        adapter._start = lambda params: settings
    kv, states = Slots(), Slots()
    requests = HybridReqToTokenPool.__new__(HybridReqToTokenPool)
    requests.mamba_allocator = states
    kinds = (ComponentType.FULL, ComponentType.MAMBA) if mamba else (ComponentType.FULL,)
    params = CacheInitParams(
        disable=False,
        req_to_token_pool=requests,
        token_to_kv_pool_allocator=kv,
        page_size=1,
        eviction_policy="lru",
        tree_components=kinds,
        component_registry_override={kind: adapter.COMPONENTS[kind] for kind in kinds} if ours else None,
    )
    return unified.UnifiedRadixCache(params), kv, states


def key(tokens: list[int]) -> Any:
    return RadixKey(array("q", tokens))


class Traffic:
    """Requests that share prefixes, some of which other requests hold while victims are chosen."""

    def __init__(self, tree: Any, mamba: bool) -> None:
        self.tree = tree
        self.mamba = mamba
        self.next = 0
        self.held: list[Any] = []

    def insert(self, tokens: list[int]) -> None:
        value = torch.arange(self.next, self.next + len(tokens), dtype=torch.int64)
        self.next += len(tokens)
        state = torch.tensor([self.next], dtype=torch.int64) if self.mamba else None
        self.tree.insert(InsertParams(key=key(tokens), value=value, mamba_value=state))

    def match(self, tokens: list[int]) -> Any:
        return self.tree.match_prefix(MatchPrefixParams(key=key(tokens)))

    def hold(self, tokens: list[int]) -> None:
        node = self.match(tokens).last_device_node
        self.held.append((node, self.tree.inc_lock_ref(node)))

    def release(self) -> None:
        node, taken = self.held.pop(0)
        self.tree.dec_lock_ref(node, taken.to_dec_params())


def run(ours: bool, seed: int, mamba: bool) -> tuple[list[list[int]], int]:
    """What was freed by each eviction of a random load, and how many states."""
    tree, kv, states = cache(ours, "Lru", mamba)
    traffic, chance = Traffic(tree, mamba), random.Random(seed)
    sessions: list[list[int]] = [[chance.randrange(50) for _ in range(4)] for _ in range(20)]
    freed = []
    for step in range(1500):
        session = chance.randrange(len(sessions))
        tokens = sessions[session]
        if len(tokens) > 60 or chance.random() < 0.05:
            cut = chance.randrange(2, 8)
            tokens = sessions[session] = sessions[chance.randrange(len(sessions))][:cut]
        tokens = sessions[session] = tokens + [chance.randrange(50) for _ in range(chance.randrange(1, 6))]
        traffic.match(tokens)
        traffic.insert(tokens)
        if chance.random() < 0.1:
            traffic.hold(tokens)
        if traffic.held and chance.random() < 0.12:
            traffic.release()
        if chance.random() < 0.3:
            kv.freed.clear()
            states.freed.clear()
            wanted = chance.choice((1, 3, 10, 40))
            if mamba and chance.random() < 0.5:
                tree.evict(EvictParams(num_tokens=0, mamba_num=chance.choice((1, 2, 5))))
            else:
                tree.evict(EvictParams(num_tokens=wanted))
            freed.append([step, *kv.freed, -1, *states.freed])
    tree.tree_core.sanity_check([], [])
    return freed, sum(len(each) for each in freed)


def victims(mamba: bool) -> bool:
    for seed in range(8):
        theirs, count = run(False, seed, mamba)
        mine, _ = run(True, seed, mamba)
        for index, (a, b) in enumerate(zip(theirs, mine)):
            if a != b:
                print(f"FAILED victims{' of FULL and MAMBA' if mamba else ' of FULL'}: seed {seed}, eviction {index}: theirs {a[:12]}, ours {b[:12]}")
                return False
    print(f"ok victims{' of FULL and MAMBA' if mamba else ' of FULL'}: 8 random loads with locks, the same as SGLang's LRU ({count} slots in the last)")
    return True


def measure(ours: bool, leaves: int, count: int, rounds: int) -> float:
    """Microseconds of this process of an eviction of as many leaves, the median, at a number of leaves of one token each behind a shared prefix."""
    tree, _, _ = cache(ours, "Lru")
    traffic = Traffic(tree, False)
    for leaf in range(leaves):
        traffic.insert([1, 2, 3, 4, 1000 + leaf])
    tree.evict(EvictParams(num_tokens=1))
    taken, fresh = [], leaves
    for _ in range(rounds):
        for _ in range(count):
            traffic.match([1, 2, 3, 4, 1000 + random.randrange(max(fresh - leaves, 0), fresh)])
            traffic.insert([1, 2, 3, 4, 1000 + fresh])
            fresh += 1
        start = time.process_time()
        tree.evict(EvictParams(num_tokens=count))
        taken.append(time.process_time() - start)
    return sorted(taken)[len(taken) // 2] * 1e6


def timing() -> bool:
    goals = {(1_000, 128): 1.0, (41_000, 1): 500.0, (41_000, 128): 15.0}
    good = True
    for leaves in (1_000, 10_000, 41_000):
        for count in (1, 16, 128):
            rounds = 40 if leaves == 1_000 else 10
            theirs = measure(False, leaves, count, rounds)
            mine = measure(True, leaves, count, rounds * 3)
            goal = goals.get((leaves, count))
            met = goal is None or theirs / mine >= goal
            good &= met
            print(
                f"{'ok' if met else 'FAILED'} timing at {leaves} leaves, {count} victims: theirs {theirs:.0f} us, ours {mine:.0f} us, "
                f"{theirs / mine:.1f}x{f' (goal {goal:g}x)' if goal else ''}"
            )
    return good


def main() -> int:
    mamba_component.mamba_cache_chunk_size = lambda: 64
    mamba_component.mamba_checkpoint_grid = lambda _: 1
    if os.environ.get("PEER_STAND_INS"):
        import types

        mamba_component.get_exec = lambda: types.SimpleNamespace(mamba=types.SimpleNamespace(mamba_max_states_per_path=-1))
    check = {"victims": lambda: victims(False), "mamba": lambda: victims(True), "timing": timing}[sys.argv[1]]
    return 0 if check() else 1


if __name__ == "__main__":
    raise SystemExit(main())
