"""What a request costs from Python: lookup, plan and commit, of about 700 tokens, in a full cache.

    PYTHONPATH=.. python3 requests.py

Prints microseconds per request, the median and the mean of all but the slowest hundredth; the engine's own work is nothing here.
"""

from __future__ import annotations

import random
import time
from array import array
from collections.abc import Callable
from typing import Any

from squelch import PrefixCache

WARM, REQUESTS = 1_500, 4_000


def run(policy: str, convert: Callable[[Any], Any]) -> tuple[float, float, float, int]:
    """Of inputs of 400 to 800 tokens, of which 300 are one of 50 shared beginnings, with 100 tokens of output: the median, the mean,
    tokens per sequence, evictions."""
    chance = random.Random(1)
    shared = [array("i", chance.choices(range(30_000), k=300)) for _ in range(50)]
    cache = PrefixCache(policy, capacity=4 << 30, model="marconi-7b")
    taken, length = [], 0
    for _ in range(WARM + REQUESTS):
        prompt = chance.choice(shared) + array("i", chance.choices(range(30_000), k=chance.randrange(100, 500)))
        sequence = convert(prompt + array("i", chance.choices(range(30_000), k=100)))
        prompt = convert(prompt)
        begin = time.perf_counter_ns()
        lease = cache.lookup(prompt)
        lease.commit(sequence, handles=range(len(lease.plan(sequence))))
        taken.append(time.perf_counter_ns() - begin)
        length += len(sequence)
    most = sorted(taken[WARM:])[: REQUESTS * 99 // 100]
    return most[REQUESTS // 2] / 1e3, sum(most) / len(most) / 1e3, length / len(taken), cache.stats().leaf_evictions


def main() -> None:
    kinds: dict[str, Callable[[Any], Any]] = {"array('i')": lambda ids: ids, "memoryview": memoryview, "list": list}
    try:
        import numpy

        kinds["NumPy int32"] = lambda ids: numpy.array(ids, dtype=numpy.int32)
        kinds["NumPy int64"] = lambda ids: numpy.array(ids, dtype=numpy.int64)
    except ImportError:
        print("NumPy is not installed, so its arrays are left out.")
    for policy in ("Lru", "Marconi"):
        for kind, convert in kinds.items():
            median, mean, tokens, evictions = run(policy, convert)
            print(f"{policy:8} {kind:12} {median:5.1f} us, mean {mean:5.1f} us a request of {tokens:.0f} tokens ({evictions} evictions)")


if __name__ == "__main__":
    main()
