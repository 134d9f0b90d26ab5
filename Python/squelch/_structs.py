"""The structs of ``squelch.h``, field by field. ``tests/test_layout.py`` holds them to what a C compiler says."""

from __future__ import annotations

import ctypes
import struct
from ctypes import c_double, c_int32, c_int64, c_uint32, c_uint64, c_void_p


class LeaseStruct(ctypes.Structure):
    """``sq_lease``."""

    _fields_ = [("cache", c_uint64), ("hit_tokens", c_int32), ("branch_tokens", c_int32), ("opaque", c_int32 * 4)]


class ResultStruct(ctypes.Structure):
    """``sq_result``."""

    _fields_ = [("size", c_uint32), ("admitted", c_int32), ("count", c_int32), ("reserved", c_int32), ("actions", c_void_p)]


class StatsStruct(ctypes.Structure):
    """``sq_stats``."""

    _fields_ = [
        ("size", c_uint32),
        ("open_leases", c_int32),
        ("now", c_int64),
        ("lookups", c_int64),
        ("not_admitted", c_int64),
        ("leaf_evictions", c_int64),
        ("join_evictions", c_int64),
        ("nodes", c_int64),
        ("checkpoints", c_int64),
        ("kv_tokens", c_int64),
        ("bytes", c_int64),
        ("peak_bytes", c_int64),
        ("structure_bytes", c_int64),
    ]


class HintsStruct(ctypes.Structure):
    """``sq_hints``."""

    _fields_ = [
        ("size", c_uint32),
        ("given", c_uint32),
        ("priority", c_double),
        ("expires", c_double),
        ("next_use", c_double),
        ("turn", c_double),
        ("session_gap", c_double),
        ("category", c_double),
        ("cost", c_double),
        ("session_gap_spread", c_double),
        ("session", c_int64),
    ]


PLANNED = struct.Struct("=2i")
"""``sq_planned``: tokens, checkpoint."""

ACTION = struct.Struct("=2i2q")
"""``sq_action``: kind, tokens, handle, other."""

OP = struct.Struct("=6iqQ3d")
"""``sq_op``: kind, slot, parent, end_tokens, tokens, flags, bytes, key, now, priority, flops."""

OP_HINTS = struct.Struct("=6i5d")
"""``sq_op_hints``: kind, category, 4 x 0, expires, next_use, session_gap, priority, turn."""
