"""A pool of victims: the entries are the engine's, named by dense slots; Squelch says which of them go."""

from __future__ import annotations

import ctypes
import os
from array import array
from math import inf
from struct import error as StructError
from struct import pack
from types import TracebackType
from typing import Any, NoReturn

from squelch._abi import load
from squelch._buffers import Numbers, bits_of, slots_of, whole
from squelch._structs import OP, OP_HINTS
from squelch.errors import ArgumentError, TooFewError, no_copy, two_callers
from squelch.hints import Hints

NO_SLOT = -1
"""No parent."""

_INSERT, _HIT, _TOUCH, _RELEASE, _HOLD, _EDGE, _REMOVE, _EVICT, _ARRIVE, _HINTS, _SESSION = range(1, 12)
_SPREAD, _OF_SESSION = 128, 256
_CHECKPOINT, _HELD = 1, 2
_pack, _pack_into = OP.pack, OP.pack_into

_MUCH = 4096
_HIT_OP = _pack(_HIT, 0, NO_SLOT, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0)
_RELEASE_OP = _pack(_RELEASE, 0, NO_SLOT, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0)
_HOLD_OP = _pack(_HOLD, 0, NO_SLOT, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0)
_TOUCH_OP = _pack(_TOUCH, 0, NO_SLOT, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0)


class VictimPool:
    """Entries that an engine owns, and a policy that says which of them go.

    What happens is noted here, and told to the library in one call when a question is asked, or by :meth:`flush`. So a
    mistake in a log (a slot that is taken, say) is raised there, too. One caller at a time. ``now`` is the engine's clock,
    at least 0, and never goes back.

    >>> from squelch import VictimPool
    >>> pool = VictimPool("Gdsf", slots=1000)
    >>> pool.insert(7, now=0, bytes=4096, flops=2.0)      # cheap for its size
    >>> pool.insert(8, now=1, bytes=4096, flops=9.0)
    >>> pool.evict(1, now=2).tolist()
    [7]

    :param policy: a name that :func:`squelch.policies` knows; case does not count.
    :param slots: slots are 0 .. slots - 1; room is made as they are used.
    :param tunables: values by name; the policy's defaults where left out.
    :param model: as of a :class:`PrefixCache`: gives bytes and FLOPs that are not told. ``keys``, the default: a byte per token, a cost of 1.
    :param seed: of the feature ``draw``. Ranks that must agree need the same one.
    :param entries: room from the start.
    :param device: as of a :class:`PrefixCache`: ``off``, ``auto`` or ``require``.
    :param library: the path of a library of your own.
    :raises UnknownNameError: no policy, model or tunable has that name.
    :raises UnsupportedError: a device is required, and there is none, or the policy has no kernel.
    """

    def __init__(
        self,
        policy: str,
        *,
        slots: int,
        tunables: dict[str, float] | None = None,
        model: str | dict[str, Any] = "keys",
        seed: int = 0,
        entries: int = 0,
        device: str = "off",
        library: str | os.PathLike[str] | None = None,
    ) -> None:
        self._library = load(library)
        options = {
            "policy": policy,
            "mostSlots": slots,
            "tunables": tunables or {},
            "model": model,
            "seed": seed,
            "entries": entries,
            "device": device,
        }
        self._handle = self._library.open(self._library.pool_open, options)
        self._open = True
        self._grow(64)

    _open = False
    _busy = False

    def _grow(self, least: int) -> None:
        """Makes room for as many notes, and keeps those that are there."""
        before, used = (self._ops, self._used) if hasattr(self, "_ops") else (b"", 0)
        self._most = max(least, 2 * len(before) // OP.size)
        self._ops = bytearray(self._most * OP.size)
        self._ops[: len(before)] = before
        self._places = memoryview(self._ops).cast("i")
        self._times = memoryview(self._ops).cast("d")
        self._names = memoryview(self._ops).cast("Q")
        self._address = ctypes.addressof((ctypes.c_char * 0).from_buffer(self._ops))
        self._used = used

    def _note(self, kind: int, slot: int, parent: int, *rest: float) -> None:
        if self._busy:
            raise two_callers("pool")
        self._busy = True
        try:
            used = self._used
            if used == self._most:
                self._grow(used + 1)
            _pack_into(self._ops, used * 64, kind, slot, parent, *rest)
            self._used = used + 1
        except StructError as fault:
            raise ArgumentError(f"slot {slot}: a number is of another type or too large: {fault}. Slots and tokens are within int32, bytes within int64.") from fault
        finally:
            self._busy = False

    def insert(
        self,
        slot: int,
        *,
        now: float,
        parent: int = NO_SLOT,
        end_tokens: int = 0,
        tokens: int = 0,
        bytes: int = 0,
        flops: float = 0.0,
        key: int = 0,
        priority: float = 0.0,
        checkpoint: bool = False,
        held: bool = False,
    ) -> None:
        """A new entry under a free slot.

        :param parent: the slot of the entry that it goes on from.
        :param end_tokens: tokens from the root to its end; 0: the parent's and its own.
        :param tokens: of itself; 0: those from the parent's end on.
        :param bytes: of itself, a checkpoint left out; 0: what the model says.
        :param flops: what computing it costs, in FLOPs or any unit; 0: what the model says.
        :param key: 64 bits that name what it holds, the same each time it comes back; 0: no name, so that no policy remembers it.
        :param checkpoint: a checkpoint of the recurrent state is held at its end.
        :param held: it may not go until it is released.
        """
        flags = (_CHECKPOINT if checkpoint else 0) | (_HELD if held else 0)
        self._note(_INSERT, slot, parent, end_tokens, tokens, flags, bytes, key and bits_of(key), now, priority, flops)

    def hit(self, slot: int, *, now: float, priority: float = 0.0) -> None:
        """A request used it: its hits grow by one, and its last access is now."""
        self._note(_HIT, slot, NO_SLOT, 0, 0, 0, 0, 0, now, priority, 0.0)

    def touch(self, slot: int, *, now: float, priority: float = 0.0) -> None:
        """Its last access is now; its hits stay."""
        self._note(_TOUCH, slot, NO_SLOT, 0, 0, 0, 0, 0, now, priority, 0.0)

    def release(self, slot: int) -> None:
        """The engine no longer holds it: it may go where it has no entry behind it."""
        self._note(_RELEASE, slot, NO_SLOT, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0)

    def hold(self, slot: int) -> None:
        """It may not go until it is released."""
        self._note(_HOLD, slot, NO_SLOT, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0)

    def edge(
        self, slot: int, *, parent: int = NO_SLOT, end_tokens: int = 0, tokens: int = 0, bytes: int = 0, flops: float = 0.0, checkpoint: bool = False
    ) -> None:
        """It has another parent, end, size or cost; all are told anew, as in :meth:`insert`."""
        self._note(_EDGE, slot, parent, end_tokens, tokens, _CHECKPOINT if checkpoint else 0, bytes, 0, 0.0, 0.0, flops)

    def remove(self, slot: int) -> None:
        """The engine has taken it out, but not as a victim: policies do not remember it."""
        self._note(_REMOVE, slot, NO_SLOT, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0)

    def evicted(self, slot: int, *, now: float) -> None:
        """The engine has evicted it, after :meth:`peek`: as if :meth:`evict` had chosen it."""
        self._note(_EVICT, slot, NO_SLOT, 0, 0, 0, 0, 0, now, 0.0, 0.0)

    def arrive(self, key: int, *, now: float, priority: float = 0.0) -> None:
        """A request missed ``key``; room is made for it next. For policies that remember what has gone."""
        self._note(_ARRIVE, NO_SLOT, NO_SLOT, 0, 0, 0, 0, key and bits_of(key), now, priority, 0.0)

    def insert_all(
        self,
        slots: array[int],
        *,
        now: float,
        parents: array[int] | None = None,
        ends: array[int] | None = None,
        keys: array[int] | None = None,
        tokens: int = 0,
        bytes: int = 0,
        flops: float = 0.0,
        checkpoint: bool = False,
    ) -> None:
        """:meth:`insert` of many, of which each is one tick of ``now`` later than the one before.

        :param slots: shape (n,), array('i'); so are ``parents`` and ``ends`` (``end_tokens``), ``keys`` is array('Q').
        """
        try:
            same = _pack(_INSERT, 0, NO_SLOT, 0, tokens, _CHECKPOINT if checkpoint else 0, bytes, 0, 0.0, 0.0, flops)
        except StructError as fault:
            raise ArgumentError(f"tokens, bytes or flops is of another type or too large: {fault}. Tokens are within int32, bytes within int64.") from fault
        self._note_all(same, slots, now, parents, ends, keys)

    def hit_all(self, slots: array[int], *, now: float) -> None:
        """:meth:`hit` of many, of which each is one tick of ``now`` later than the one before."""
        self._note_all(_HIT_OP, slots, now)

    def touch_all(self, slots: array[int], *, now: float) -> None:
        """:meth:`touch` of many, of which each is one tick of ``now`` later than the one before."""
        self._note_all(_TOUCH_OP, slots, now)

    def release_all(self, slots: array[int]) -> None:
        """:meth:`release` of many."""
        self._note_all(_RELEASE_OP, slots)

    def hold_all(self, slots: array[int]) -> None:
        """:meth:`hold` of many."""
        self._note_all(_HOLD_OP, slots)

    def _note_all(
        self,
        same: bytes,
        slots: array[int],
        now: float | None = None,
        parents: array[int] | None = None,
        ends: array[int] | None = None,
        keys: array[int] | None = None,
    ) -> None:
        """Ops that are the same but for their columns."""
        if self._busy:
            raise two_callers("pool")
        self._busy = True
        try:
            self._note_columns(same, slots, now, parents, ends, keys)
        except (TypeError, ValueError, OverflowError, StructError) as fault:
            raise ArgumentError(
                f"The columns cannot be noted: {fault}. slots, parents and ends are array('i') of the same length, keys is array('Q'), "
                "and now is a number. None of them was noted."
            ) from fault
        finally:
            self._busy = False

    def _note_columns(
        self, same: bytes, slots: array[int], now: float | None, parents: array[int] | None, ends: array[int] | None, keys: array[int] | None
    ) -> None:
        """Column by column is three times as fast as op by op."""
        count, used = len(slots), self._used
        end = used + count
        if end > self._most:
            self._grow(end)
        self._ops[used * 64 : end * 64] = same * count
        self._places[used * 16 + 1 : end * 16 : 16] = memoryview(slots)
        if now is not None:
            times = range(now, now + count) if type(now) is int else [now + i for i in range(count)]
            self._times[used * 8 + 5 : end * 8 : 8] = memoryview(pack(f"{count}d", *times)).cast("d")
        if parents is not None:
            self._places[used * 16 + 2 : end * 16 : 16] = memoryview(parents)
        if ends is not None:
            self._places[used * 16 + 3 : end * 16 : 16] = memoryview(ends)
        if keys is not None:
            self._names[used * 8 + 4 : end * 8 : 8] = memoryview(keys)
        self._used = end

    def hints(self, hints: Hints | None) -> None:
        """Hints of the accesses that follow, up to the next call of this or to the next question."""
        if hints is not None and not isinstance(hints, Hints):
            raise ArgumentError(f"hints is {hints!r}. Pass Hints(priority=...), or None.")
        told = hints or Hints()
        given = told.given
        if given & 64:
            raise ArgumentError("The cost of an entry is told by insert and edge, as flops. Leave it out of the hints.")
        values = (
            told.expires if given & 2 else inf,
            told.next_use if given & 4 else inf,
            told.session_gap if given & 16 else inf,
            told.priority if given & 1 else 0.0,
            told.turn if given & 8 else 1.0,
        )
        if self._busy:
            raise two_callers("pool")
        self._busy = True
        try:
            if self._used + 2 > self._most:
                self._grow(self._used + 2)
            OP_HINTS.pack_into(self._ops, self._used * 64, _HINTS, int(told.category), 0, 0, 0, 0, *values)
            self._used += 1
            if given & (_SPREAD | _OF_SESSION):
                spread = told.session_gap_spread if given & _SPREAD else inf
                OP.pack_into(self._ops, self._used * 64, _SESSION, 0, 0, 0, 0, 0, 0, told.session % 2**64, spread, 0.0, 0.0)
                self._used += 1
        except (ValueError, OverflowError, StructError) as fault:
            raise ArgumentError(f"The hint category is {told.category}. Pass a whole number within int32.") from fault
        finally:
            self._busy = False

    def flush(self) -> None:
        """Tells the library what has been noted.

        :raises ArgumentError: a note cannot be; those before it count, it and those after it are dropped. The message has its place.
        """
        if self._busy:
            raise two_callers("pool")
        self._busy = True
        try:
            count, self._used = self._used, 0
            if count:
                code = self._library.pool_log(self._handle, self._address, count)
                if code < 0:
                    self._library.check(code)
        finally:
            self._busy = False

    def evict(self, count: int, *, now: float, keep: Numbers | None = None) -> memoryview:
        """Chooses victims, one after another, and takes them out: an entry whose last child has gone may follow it.

        :param count: how many.
        :param keep: slots that may not be chosen.
        :returns: shape (count,), int32: their slots, in order.
        :raises TooFewError: there are not so many. Nothing has changed.
        """
        return self._choose(self._library.pool_evict, count, now, keep)

    def peek(self, count: int, *, now: float, keep: Numbers | None = None) -> memoryview:
        """The victims that :meth:`evict` would choose now; fewer where fewer may go. No entry changes.

        :raises UnsupportedError: more than one, under a policy that notes what it has looked at (a queue with second chances).
        """
        return self._choose(self._library.pool_peek, count, now, keep)

    def try_evict(self, count: int, *, now: float, keep: Numbers | None = None) -> memoryview | None:
        """As :meth:`evict`; None where there are not so many."""
        try:
            return self._choose(self._library.pool_evict, count, now, keep)
        except TooFewError:
            return None

    def score(self, slots: Numbers, *, now: float) -> memoryview:
        """The scores of entries; the lowest goes first.

        :returns: shape (slots,), float64.
        :raises UnsupportedError: the policy is no formula.
        """
        self.flush()
        start, count, _kept = slots_of(slots)
        out = array("d", bytes(8 * count))
        try:
            code = self._library.pool_score(self._handle, now, start, count, out.buffer_info()[0])
        except ctypes.ArgumentError as fault:
            raise _no_time(now) from fault
        self._library.check(code)
        return memoryview(out)

    def count(self) -> int:
        """Entries."""
        self.flush()
        return self._library.check(self._library.pool_count(self._handle))

    def candidates(self) -> int:
        """Entries that may go now: not held, and with no more children than the policy's candidates have."""
        self.flush()
        return self._library.check(self._library.pool_candidates(self._handle))

    def retune(self, tunables: Numbers) -> None:
        """Sets all tunables, in the order of :func:`squelch.policies`; all entries stay."""
        self.flush()
        try:
            values = array("d", tunables)
        except TypeError as fault:
            raise ArgumentError(f"The tunables are {tunables!r}: {fault}. Pass a list of numbers, in the order of policies()[...].tunables.") from fault
        self._library.check(self._library.pool_retune(self._handle, values.buffer_info()[0], len(values)))

    def clear(self) -> None:
        """Forgets all entries, and what has been noted and not told."""
        self._used = 0
        self._library.check(self._library.pool_clear(self._handle))

    def close(self) -> None:
        """Frees the pool; again does no harm."""
        # The handle stays: the library knows it as that of a closed pool, and says so.
        if self._open:
            self._open = False
            self._library.check(self._library.pool_close(self._handle))

    def _choose(self, call: Any, count: int, now: float, keep: Numbers | None) -> memoryview:
        if self._used:
            self.flush()
        start, kept, _held = slots_of(keep) if keep is not None else (None, 0, None)
        count = whole("count", count, 64)
        if count < 0:
            raise ArgumentError(f"{count} victims cannot be. Ask for none, or more.")
        # There are no more victims than entries, so there is no room for more.
        room = count if count < _MUCH else min(count, self.count())
        out = array("i", bytes(4 * room))
        try:
            chosen = call(self._handle, now, count, start, kept, out.buffer_info()[0])
        except ctypes.ArgumentError as fault:
            raise _no_time(now) from fault
        if chosen < 0:
            self._library.check(chosen)
        return memoryview(out)[:chosen]

    def __enter__(self) -> VictimPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise no_copy("pool")

    def __del__(self) -> None:
        if self._open:
            self._library.pool_close(self._handle)


def _no_time(now: object) -> ArgumentError:
    return ArgumentError(f"now is {now!r}. Pass a number of your clock, at least 0.")
