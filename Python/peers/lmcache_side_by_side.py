"""LMCache's policies of one process, and ours of the same kind, under the same puts, hits and pins: the same victims.

Usage: lmcache_side_by_side.py victims. SQUELCH_LMCACHE names the checkout. Prints one line per check.
"""

from __future__ import annotations

import os
import random
import sys
from types import SimpleNamespace
from typing import Any

if os.environ.get("PEER_STAND_INS"):
    import lmcache_modules

    lmcache_modules.prepare(os.environ["SQUELCH_LMCACHE"])

from lmcache.v1.storage_backend.cache_policy import POLICY_MAPPING

import squelch.lmcache

# Its LFU takes the oldest of equals, ours the least recently used: they differ by design.
PAIRS = {"LRU": "Lru", "FIFO": "Fifo", "MRU": "Mru"}


def run(name: str, seed: int) -> list[list[str]]:
    """What was chosen, each time that room was needed."""
    policy, chance = POLICY_MAPPING[name](), random.Random(seed)
    held = policy.init_mutable_mapping()
    chosen = []
    for number in range(2_000):
        if held and chance.random() < 0.5:
            policy.update_on_hit(chance.choice(sorted(held)), held)
        else:
            key = f"chunk {number}"
            held[key] = SimpleNamespace(can_evict=chance.random() < 0.9)
            policy.update_on_put(key)
        if chance.random() < 0.1:
            held[chance.choice(sorted(held))].can_evict = True
        if len(held) > 100:
            keys = policy.get_evict_candidates(held, chance.choice((1, 1, 4)))
            for key in keys:
                del held[key]
            chosen.append(keys)
    return chosen


def victims() -> bool:
    good = True
    squelch.lmcache.register(*PAIRS.values())
    for theirs, ours in PAIRS.items():
        if theirs not in POLICY_MAPPING:
            print(f"skipped victims of {theirs}: this LMCache has no such policy")
            continue
        same = all(run(theirs, seed) == run(f"SQUELCH_{ours.upper()}", seed) for seed in range(5))
        good &= same
        print(f"{'ok' if same else 'FAILED'} victims of {theirs}: 5 random loads with pins, {'the same as' if same else 'not those of'} LMCache's")
    return good


if __name__ == "__main__":
    raise SystemExit(0 if {"victims": victims}[sys.argv[1]]() else 1)
