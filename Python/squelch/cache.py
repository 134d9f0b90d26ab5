"""A prefix cache: the tree is Squelch's, the states are the engine's, by numbers of its own."""

from __future__ import annotations

import ctypes
import os
import warnings
from array import array
from collections.abc import Sequence
from ctypes import byref, c_int64, c_uint64, c_void_p, string_at
from enum import IntEnum
from struct import error as StructError
from struct import pack
from types import TracebackType
from typing import Any, NamedTuple, NoReturn

from squelch._abi import load
from squelch._buffers import Numbers, address, require_order, whole
from squelch._structs import ACTION, PLANNED, LeaseStruct, ResultStruct, StatsStruct
from squelch.errors import ArgumentError, StateError, no_copy, of_code, two_callers
from squelch.hints import Hints

TICK = -1
"""``now`` for a clock that counts calls: each lookup and each commit is one tick."""


class ActionKind(IntEnum):
    """What the engine has to do with a handle."""

    FREE = 0
    """Release the checkpoint and the KV of ``handle``; it is finished."""
    JOIN = 1
    """Release the checkpoint of ``handle``; its KV goes to the front of ``other``; it is finished."""
    SPLIT = 2
    """The first ``tokens`` tokens of the KV of ``handle`` belong to ``other`` from now on."""
    DECLINE = 3
    """``handle`` came with this commit and was not taken: release what it stands for."""
    FREE_CHECKPOINT = 4
    """Release the checkpoint of ``handle``; its KV stays, and it lives on."""
    TRIM = 5
    """Release the last ``tokens`` tokens of the KV of ``handle``; it lives on."""


class Action(NamedTuple):
    """What the engine has to do. ``tokens``: of the KV concerned; ``other``: the other handle of a join or split, else 0."""

    kind: ActionKind
    tokens: int
    handle: int
    other: int


class Planned(NamedTuple):
    """A node that a commit will make: tokens from the root to its end, and whether a checkpoint is wanted there."""

    tokens: int
    checkpoint: bool


class Result:
    """What came of a commit or an abandon.

    ``admitted``: the whole sequence is in the cache now. ``raw``: the actions as they came, 24 bytes each, in the layout of
    ``sq_action``; ``actions`` reads them.
    """

    __slots__ = ("admitted", "raw")

    def __init__(self, admitted: bool, raw: bytes) -> None:
        self.admitted = admitted
        self.raw = raw

    @property
    def actions(self) -> list[Action]:
        """What the engine has to do, in order."""
        return [Action(_KINDS[kind], tokens, handle, other) for kind, tokens, handle, other in ACTION.iter_unpack(self.raw)]


class Stats(NamedTuple):
    """Counts of a cache. ``bytes`` and ``peak_bytes`` are of the capacity, ``structure_bytes`` is the tree itself, outside of it."""

    open_leases: int
    now: int
    lookups: int
    not_admitted: int
    leaf_evictions: int
    join_evictions: int
    nodes: int
    checkpoints: int
    kv_tokens: int
    bytes: int
    peak_bytes: int
    structure_bytes: int


_KINDS = tuple(ActionKind)
_INSIDE = -99
_TICK = c_int64(TICK)
_ZERO = 0


class _NoCache:
    """What a lease has for a cache before a lookup has made it."""

    def __getattr__(self, name: str) -> Any:
        raise StateError("This lease was not made by a lookup. Take the one that lookup of a PrefixCache gives.")


class PrefixCache:
    """Finds the prefix that can be reused, and says what to keep, join, split and free.

    One caller at a time. All token counts are of the whole prefix, from the root.

    >>> from array import array
    >>> from squelch import PrefixCache
    >>> cache = PrefixCache("Marconi", capacity=1 << 30, model="marconi-7b", tunables={"alpha": 1.0})
    >>> prompt = array("i", range(512))
    >>> with cache.lookup(prompt) as lease:
    ...     hit = lease.hit_tokens                      # 0: nothing is there yet
    ...     # ... prefill prompt[hit:], decode ...
    ...     sequence = prompt + array("i", [7, 8, 9])
    ...     nodes = lease.plan(sequence)                # where states are wanted
    ...     done = lease.commit(sequence, handles=range(1, 1 + len(nodes)))
    >>> with cache.lookup(sequence) as again:
    ...     done.admitted, again.hit_tokens
    (True, 515)

    :param policy: a name that :func:`squelch.policies` knows; case does not count.
    :param capacity: bytes for checkpoints and KV; the cache never holds more.
    :param model: a name (``marconi-7b``, ...; ``keys`` for a cache of single keys), the path of a JSON file, or what such a file has.
    :param tunables: values by name; the policy's defaults where left out.
    :param page: tokens per page. Ids are then one number per whole page, and ``tokens`` says how many tokens they are where the last is partial.
    :param seed: of the feature ``draw``.
    :param tuning: ``off``, or ``synchronous``: a policy that declares a tuner sets its tunables in the commit that completes its window.
    :param checks: a commit must begin with the input that was looked up, which is checked by a hash; off, the engine is trusted.
    :param device: ``off``; ``auto``: a GPU chooses victims where there is one and it is measured to be faster; ``require``: always.
    :param library: the path of a library of your own.
    :raises UnknownNameError: no policy, model or tunable has that name.
    :raises ArgumentError: a value cannot be.
    :raises UnsupportedError: a device is required, and there is none, or the policy has no kernel.
    """

    def __init__(
        self,
        policy: str,
        *,
        capacity: int,
        model: str | dict[str, Any],
        tunables: dict[str, float] | None = None,
        page: int = 1,
        seed: int = 0,
        tuning: str = "off",
        checks: bool = True,
        device: str = "off",
        library: str | os.PathLike[str] | None = None,
    ) -> None:
        self._library = load(library)
        options = {
            "policy": policy,
            "capacity": capacity,
            "model": model,
            "tunables": tunables or {},
            "page": page,
            "seed": seed,
            "tuning": tuning,
            "checks": checks,
            "device": device,
        }
        self._handle = self._library.open(self._library.cache_open, options)
        self._open = True
        # What each call needs, found once: a request costs five microseconds, and a name or an object a tenth of one.
        self._id = c_uint64(self._handle)
        self._lookup = self._library.cache_lookup
        self._plan = self._library.cache_plan
        self._commit = self._library.cache_commit
        self._planned = c_void_p()
        self._to_planned = byref(self._planned)
        self._plan_place, self._plan_room = 0, 0
        self._out = ResultStruct(ctypes.sizeof(ResultStruct))
        self._to_out = byref(self._out)
        self._busy = False

    _open = False

    def lookup(self, ids: Numbers, *, tokens: int = 0, space: int = 0, hints: Hints | None = None, now: int = TICK) -> Lease:
        """The longest prefix that can be reused, held in place until its lease ends.

        :param ids: shape (pages,), int32 or int64 within int32: token ids, or numbers of whole pages.
        :param tokens: of the input where its last page is partial, else 0.
        :param space: tenant, adapter or salt: no hit crosses it.
        :param now: the engine's clock, at least 0, or :data:`TICK`.
        """
        start, width, count, _kept = address(ids)
        if hints is not None and not isinstance(hints, Hints):
            raise ArgumentError(f"hints is {hints!r}. Pass Hints(priority=...), or None.")
        lease = Lease()
        code = self._lookup(
            self._id,
            c_void_p(start),
            width,
            count,
            # The default is one object, and told by that alone: to check a number costs a tenth of a microsecond.
            tokens if tokens is _ZERO else whole("tokens", tokens, 32),
            space if space is _ZERO else c_int64(whole("space", space, 64)),
            None if hints is None else byref(hints),
            _TICK if now == TICK else c_int64(whole("now", now, 64)),
            byref(lease),
        )
        if code:
            self._library.check(code)
        lease._cache = self
        return lease

    def _map_plan(self, place: int, nodes: int) -> None:
        """Looks at the library's own memory; it is the same from call to call until it has to grow."""
        self._plan_place, self._plan_room = place, nodes
        self._plan_seen = memoryview((ctypes.c_char * (nodes * PLANNED.size)).from_address(place)).cast("B").cast("i")

    def stats(self) -> Stats:
        """Counts so far, and what is held now."""
        stats = StatsStruct(size=ctypes.sizeof(StatsStruct))
        self._library.check(self._library.cache_stats(self._handle, byref(stats)))
        return Stats._make(getattr(stats, name) for name in Stats._fields)

    def close(self) -> None:
        """Frees the cache's memory; again does no harm. The engine keeps or releases its states itself."""
        # The handle stays: the library knows it as that of a closed cache, and says so.
        if self._open:
            self._open = False
            self._library.check(self._library.cache_close(self._handle))

    def __enter__(self) -> PrefixCache:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise no_copy("cache")

    def __del__(self) -> None:
        if self._open:
            self._library.cache_close(self._handle)


class Lease(LeaseStruct):
    """A lookup's hold on a prefix. It ends with one commit or one abandon; a ``with`` block abandons it where it was not committed.
    One that is dropped before it has ended holds its prefix until the cache is closed: a ``RuntimeWarning`` says so.

    ``hit_tokens``: tokens whose states can be reused. ``branch_tokens``: capture a checkpoint after this many tokens during
    prefill; 0: nowhere.
    """

    _cache: PrefixCache = _NoCache()  # type: ignore[assignment]
    result: Result | None = None
    """What came of the commit or abandon that ended it."""

    def plan(self, ids: Numbers, *, tokens: int = 0) -> list[Planned]:
        """The nodes that a commit of this sequence would make now, shallowest first.

        :param ids: the input that was looked up, then the output; shape (pages,).
        """
        cache = self._cache
        start, width, count, _kept = address(ids)
        amount = tokens if tokens is _ZERO else whole("tokens", tokens, 32)
        if cache._busy:
            raise two_callers("cache")
        cache._busy = True
        try:
            nodes = cache._plan(cache._id, byref(self), c_void_p(start), width, count, amount, cache._to_planned)
            if nodes <= 0:
                return cache._library.check(nodes) or []
            place = cache._planned.value
            if place != cache._plan_place or nodes > cache._plan_room:
                cache._map_plan(place, nodes)
            seen = cache._plan_seen
            if nodes == 1:
                return [Planned(seen[0], seen[1] != 0)]
            return [Planned(seen[at], seen[at + 1] != 0) for at in range(0, 2 * nodes, 2)]
        finally:
            cache._busy = False

    def commit(self, ids: Numbers, *, tokens: int = 0, handles: Sequence[int] | array[int] | None = None, now: int = TICK) -> Result:
        """Keeps a finished request's states, evicting what is least worth keeping, and ends the lease.

        :param ids: the input that was looked up, then the output; shape (pages,).
        :param handles: one number of yours per node of :meth:`plan`, in its order, within int64; None where you keep none.
            Give no two nodes the same: the actions name them by it.
        :returns: whether it was admitted, and what to do with which handle.
        :raises InsideError: with the actions done so far in its ``result``: do them, too.
        """
        cache = self._cache
        start, width, count, _kept = address(ids)
        amount, held = 0, None  # type: int, Any
        if handles is not None:
            if type(handles) is array and handles.typecode == "q":
                amount, held = len(handles), c_void_p(handles.buffer_info()[0])
            else:
                amount, held = _packed(handles)
        if tokens is not _ZERO:
            tokens = whole("tokens", tokens, 32)
        tick = _TICK if now == TICK else c_int64(whole("now", now, 64))
        if cache._busy:
            raise two_callers("cache")
        cache._busy = True
        try:
            return self._end(cache._commit(cache._id, byref(self), c_void_p(start), width, count, tokens, held, amount, tick, cache._to_out))
        finally:
            cache._busy = False

    def abandon(self) -> Result:
        """Ends the lease without keeping anything. There may be something to do: a node that it alone kept apart may be joined."""
        cache = self._cache
        if cache._busy:
            raise two_callers("cache")
        cache._busy = True
        try:
            return self._end(cache._library.cache_abandon(cache._handle, self, cache._to_out))
        finally:
            cache._busy = False

    @property
    def open(self) -> bool:
        """It has not ended yet."""
        return self.result is None

    def _end(self, code: int) -> Result:
        # The actions are the library's until the next call, so they are copied; most commits have one or two.
        out = self._cache._out
        raw = string_at(out.actions, out.count * ACTION.size) if out.count > 0 and (code == 0 or code == _INSIDE) else b""
        if code < 0:
            library = self._cache._library
            fault = of_code(code, library.text(library.last_error))
            if raw:
                self.result = fault.result = Result(False, raw)
            raise fault
        result = self.result = Result(out.admitted != 0, raw)
        return result

    def __enter__(self) -> Lease:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if self.result is None:
            self.abandon()

    def __reduce__(self) -> NoReturn:
        raise no_copy("lease")

    def __del__(self) -> None:
        if self.result is None and "_cache" in self.__dict__ and self._cache._open:
            warnings.warn(
                f"A lease of {self.hit_tokens} tokens was dropped before it ended, and holds its prefix until the cache is closed. "
                "Commit or abandon each lease, or write `with cache.lookup(...) as lease:`.",
                RuntimeWarning,
                stacklevel=2,
            )


def _packed(handles: Sequence[int]) -> tuple[int, bytes]:
    """How many handles there are, and they as the library reads them."""
    require_order(handles)
    try:
        return len(handles), pack(f"{len(handles)}q", *handles)
    except (StructError, TypeError) as fault:
        raise ArgumentError(f"A handle is no whole number within int64: {fault}. Pass an array('q'), or a list of int.") from fault
