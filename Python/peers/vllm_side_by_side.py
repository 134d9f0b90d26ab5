"""vLLM's manager of the CPU tier with its own LRU, and with ours, under the same requests: the same victims, and how long each takes.

Usage: vllm_side_by_side.py victims|timing. SQUELCH_VLLM names the checkout. Prints one line per check.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import Any

if os.environ.get("PEER_STAND_INS"):
    import vllm_modules

    vllm_modules.prepare(Path(os.environ["SQUELCH_VLLM"]))

from vllm.v1.kv_offload.base import ReqContext, make_offload_key
from vllm.v1.kv_offload.cpu.manager import CPUOffloadingManager


def manager(ours: bool, blocks: int) -> Any:
    return CPUOffloadingManager(blocks, "Lru", "squelch.vllm") if ours else CPUOffloadingManager(blocks, "lru")


def keys_of(session: int, blocks: int) -> list[bytes]:
    return [make_offload_key(((session << 20) + block).to_bytes(32, "little"), 0) for block in range(blocks)]


def serve(tier: Any, seed: int, requests: int, sessions: int) -> tuple[list[list[bytes]], int, float]:
    """What each store evicted, how many blocks were asked for, and the seconds of this process that the manager took."""
    chance, seconds = random.Random(seed), 0.0
    evicted, asked, loading = [], 0, []
    for number in range(requests):
        keys = keys_of(int(sessions * chance.random() ** 3), chance.randrange(2, 24))
        context = ReqContext(req_id=str(number))
        hits = 0
        start = time.process_time()
        for key in keys:
            if tier.lookup(key, context).name != "HIT":
                break
            hits += 1
        tier.touch(keys, context)
        if hits:
            tier.prepare_load(keys[:hits], context)
            loading.append((keys[:hits], context))
        output = tier.prepare_store(keys, context)
        if output is not None:
            evicted.append(output.evicted_keys)
            tier.complete_store(output.keys_to_store, context)
        while len(loading) > 3:
            tier.complete_load(*loading.pop(0))
        seconds += time.process_time() - start
        asked += len(keys)
    return evicted, asked, seconds


def victims() -> bool:
    for blocks in (64, 1_000, 10_000):
        theirs, _, _ = serve(manager(False, blocks), blocks, 3_000, blocks)
        mine, _, _ = serve(manager(True, blocks), blocks, 3_000, blocks)
        if theirs != mine:
            index = next(i for i, (a, b) in enumerate(zip(theirs, mine)) if a != b)
            print(f"FAILED victims at {blocks} blocks: they differ at store {index}: theirs {theirs[index][:3]}, ours {mine[index][:3]}")
            return False
        print(f"ok victims at {blocks} blocks: the same as vLLM's LRU ({sum(map(len, theirs))} blocks)")
    return True


def timing() -> bool:
    good = True
    for blocks in (64, 1_000, 10_000):
        pairs = []
        for seed in range(5):
            _, asked, theirs = serve(manager(False, blocks), seed, 3_000, blocks)
            _, _, mine = serve(manager(True, blocks), seed, 3_000, blocks)
            pairs.append((mine / theirs, theirs / asked * 1e6, mine / asked * 1e6))
        ratio, their_time, my_time = sorted(pairs)[len(pairs) // 2]
        good &= ratio <= 1.5
        print(f"{'ok' if ratio <= 1.5 else 'FAILED'} timing at {blocks} blocks: theirs {their_time:.2f} us a block, ours {my_time:.2f} us, {ratio:.2f}x (goal 1.5x at most)")
    return good


if __name__ == "__main__":
    raise SystemExit(0 if {"victims": victims, "timing": timing}[sys.argv[1]]() else 1)
