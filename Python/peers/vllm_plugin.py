"""A plug-in of pytest that runs vLLM's own tests of the CPU tier with a policy of ours wherever they ask for "lru".

SQUELCH_VLLM names the checkout. PEER_POLICY names the policy; without it the tests run as they are.
"""

from __future__ import annotations

import os
from pathlib import Path

import vllm_modules

if os.environ.get("PEER_STAND_INS"):
    vllm_modules.prepare(Path(os.environ["SQUELCH_VLLM"]))

if policy := os.environ.get("PEER_POLICY"):
    from vllm.v1.kv_offload.cpu.policies.factory import CachePolicyFactory

    CachePolicyFactory._registry.pop("lru")
    CachePolicyFactory.register_cache_policy("lru", "squelch.vllm", policy)
