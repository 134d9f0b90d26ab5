"""Squelch: cache policies as formulas, in engines that are written in Python.

:class:`PrefixCache` finds prefixes and says what to keep; :class:`VictimPool` says which of an engine's own entries go;
:func:`policies` lists what can be chosen. ``squelch.vllm``, ``squelch.sglang`` and ``squelch.lmcache`` are adapters.
"""

from squelch.cache import TICK, Action, ActionKind, Lease, Planned, PrefixCache, Result, Stats
from squelch.errors import (
    ArgumentError,
    EngineError,
    InsideError,
    LibraryError,
    SquelchError,
    StateError,
    TooFewError,
    UnknownNameError,
    UnsupportedError,
)
from squelch.hints import Hints
from squelch.policies import Policy, Tunable, policies
from squelch.pool import NO_SLOT, VictimPool

__version__ = "0.1.0"

__all__ = [
    "NO_SLOT",
    "TICK",
    "Action",
    "ActionKind",
    "ArgumentError",
    "EngineError",
    "Hints",
    "InsideError",
    "Lease",
    "LibraryError",
    "Planned",
    "Policy",
    "PrefixCache",
    "Result",
    "SquelchError",
    "StateError",
    "Stats",
    "TooFewError",
    "Tunable",
    "UnknownNameError",
    "UnsupportedError",
    "VictimPool",
    "policies",
]
