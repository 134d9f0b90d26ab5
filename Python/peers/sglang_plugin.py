"""A plug-in of pytest that runs SGLang's own tests of the radix cache with our components.

SQUELCH_SGLANG names the checkout. With PEER_COMPONENTS the components are ours, and the policy is the one of ours that does what
the test asks SGLang for; without it the tests run as they are.
"""

from __future__ import annotations

import os
from pathlib import Path

import sglang_modules

if os.environ.get("PEER_STAND_INS"):
    sglang_modules.prepare(Path(os.environ["SQUELCH_SGLANG"]))
    sglang_modules.prepare_tests()

if os.environ.get("PEER_COMPONENTS"):
    import sglang.srt.mem_cache.unified_radix_cache as unified

    import squelch.sglang as ours
    from squelch._settings import Settings

    _POLICIES = {"lru": "Lru", "lfu": "Lfu", "fifo": "Fifo", "mru": "Mru", "priority": "Priority", "slru": "Slru"}
    ours._start = lambda params: Settings.read(policy=_POLICIES[params.eviction_policy.lower()])
    unified.COMPONENT_REGISTRY.update(ours.COMPONENTS)
