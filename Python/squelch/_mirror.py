"""Keeps a pool of victims in step with a tree of an engine's, whose nodes are changed in many places.

Those places stay as they are. The set that has the candidates notes what comes and goes; time, hits and priority of a node are
properties that note when they are written; and when victims are wanted, the pool is told what has become of each noted node.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from squelch._settings import Settings
from squelch.errors import EngineError, UnsupportedError

_MOST_SLOTS = 1 << 24
_MOST_UNTOLD = 256
_logger = logging.getLogger(__name__)


class Shape(NamedTuple):
    """What a node is: tokens from the root to its end, its own tokens, its bytes (0: what the model says), and whether it has a state."""

    end: int
    tokens: int
    bytes: int
    state: bool


class _Entry:
    """What the pool has been told of a node."""

    __slots__ = ("held", "hits", "shape", "slot", "time")

    def __init__(self, slot: int, time: float, shape: Shape, held: bool) -> None:
        self.slot = slot
        self.time = time
        self.hits = 1
        self.shape = shape
        self.held = held


class TreeMirror:
    """A pool whose entries are nodes of a tree.

    :param is_live: a node holds something, whether it may go or not.
    :param may_go: a node is a candidate.
    :param describe: its shape.
    :param clock: time is the number of calls of :meth:`used`; else each node has its own in ``last_access_time``.
    """

    def __init__(
        self, settings: Settings, is_live: Callable[[Any], bool], may_go: Callable[[Any], bool], describe: Callable[[Any], Shape], clock: bool = False
    ) -> None:
        self._pool = settings.pool(_MOST_SLOTS)
        self._is_live = is_live
        self._may_go = may_go
        self._describe = describe
        self._times: dict[Any, float] | None = {} if clock else None
        self._ticks = 0.0
        self._now = 0.0
        self._one_by_one = False
        self._forget()

    def _forget(self) -> None:
        self._entries: dict[Any, _Entry] = {}
        self._nodes: list[Any] = []
        self._free: list[int] = []
        self._chosen: set[Any] = set()
        self._reshaped: set[Any] = set()
        self.changed: dict[Any, None] = {}
        self.joined = False
        """A candidate has come since the pool was last asked."""

    def clear(self) -> None:
        """The tree is empty again."""
        for node in self._entries:
            self._unmark(node)
        self._pool.clear()
        self._forget()

    def used(self, node: Any) -> None:
        """A node was used, where time is the number of uses."""
        assert self._times is not None
        self._ticks += 1
        self._times[node] = self._ticks
        self.changed[node] = None
        if len(self.changed) > _MOST_UNTOLD:
            self.tell()

    def note(self, node: Any) -> None:
        """Something about a node has changed, its shape perhaps."""
        self.changed[node] = None
        self._reshaped.add(node)
        if len(self.changed) > _MOST_UNTOLD:
            self.tell()

    def chosen(self, node: Any) -> None:
        """A node goes as a victim: if it is gone when the pool is told next, policies remember it."""
        self._chosen.add(node)

    def lowest(self, count: int) -> list[Any]:
        """The nodes that go next, in order; fewer where there are fewer candidates."""
        self.tell()
        self.joined = False
        if self._one_by_one:
            count = 1
        try:
            slots = self._pool.peek(count, now=self._now)
        except UnsupportedError:
            self._one_by_one = True
            return self.lowest(1)
        return [self._nodes[slot] for slot in slots]

    def tell(self) -> None:
        """Tells the pool what has become of the noted nodes, the uses in order of their times."""
        changed, self.changed = self.changed, {}
        uses = []
        for node in changed:
            entry = self._entries.get(node)
            if not self._is_live(node):
                if entry is not None:
                    self._gone(node, entry)
            elif entry is None or self._time(node, entry) > entry.time:
                uses.append((self._time(node, entry), node.id, node))
            else:
                self._settle(node, entry)
        uses.sort()
        for time, _, node in uses:
            # A node that comes back late has been used before the latest time that was told.
            self._now = max(self._now, time)
            entry = self._entries.get(node)
            if entry is None:
                self._use(node, self._join(node), time)
            else:
                self._use(node, entry, time)
                self._settle(node, entry)
        self._chosen.clear()
        self._reshaped.clear()
        if self._times:
            self._times.clear()
        self._pool.flush()

    def _time(self, node: Any, entry: _Entry | None) -> float:
        if self._times is None:
            return node.last_access_time
        return self._times.get(node, entry.time if entry else self._now)

    def _join(self, node: Any) -> _Entry:
        shape, held = self._describe(node), not self._may_go(node)
        slot = self._free.pop() if self._free else len(self._nodes)
        if slot == len(self._nodes):
            self._nodes.append(node)
        else:
            self._nodes[slot] = node
        self._pool.insert(
            slot,
            now=self._now,
            end_tokens=shape.end,
            tokens=shape.tokens,
            bytes=shape.bytes,
            checkpoint=shape.state,
            priority=_priority(node),
            held=held,
        )
        entry = self._entries[node] = _Entry(slot, self._now, shape, held)
        if self._times is None:
            node.__dict__["_squelch"] = self
        return entry

    def _use(self, node: Any, entry: _Entry, time: float) -> None:
        """Tells a use, or several where the node counts them. Hits that come without a use wait for the next."""
        hits = node.hit_count - entry.hits
        for _ in range(hits):
            self._pool.hit(entry.slot, now=self._now, priority=_priority(node))
        if hits > 0:
            entry.hits = node.hit_count
        elif time > entry.time:
            self._pool.touch(entry.slot, now=self._now, priority=_priority(node))
        entry.time = time

    def _settle(self, node: Any, entry: _Entry) -> None:
        held = not self._may_go(node)
        if node in self._reshaped or held is not entry.held or self._times is not None:
            shape = self._describe(node)
            if shape != entry.shape:
                entry.shape = shape
                self._pool.edge(entry.slot, end_tokens=shape.end, tokens=shape.tokens, bytes=shape.bytes, checkpoint=shape.state)
        if held is not entry.held:
            entry.held = held
            (self._pool.hold if held else self._pool.release)(entry.slot)

    def _gone(self, node: Any, entry: _Entry) -> None:
        if node in self._chosen:
            self._pool.evicted(entry.slot, now=self._now)
        else:
            self._pool.remove(entry.slot)
        del self._entries[node]
        self._unmark(node)
        self._nodes[entry.slot] = None
        self._free.append(entry.slot)

    def _unmark(self, node: Any) -> None:
        """What is written to a node is noted no longer. A mirror with a clock of its own has no marks."""
        if self._times is None:
            node.__dict__.pop("_squelch", None)


def _priority(node: Any) -> float:
    if node.priority >= 0:
        return float(node.priority)
    if not _told_of_negative:
        _told_of_negative.append(node.priority)
        _logger.warning("Requests have priorities below 0, which formulas do not know: they count as 0.")
    return 0.0


_told_of_negative: list[int] = []


class NotingSet(set):  # type: ignore[type-arg]
    """The candidates of a tree; mirrors note what comes and goes. The first of them has its candidates from here."""

    def __init__(self, members: Iterable[Any], mirrors: list[TreeMirror]) -> None:
        super().__init__(members)
        self.mirrors = mirrors

    def add(self, node: Any) -> None:
        if node not in self:
            super().add(node)
            self.mirrors[0].joined = True
            for mirror in self.mirrors:
                mirror.changed[node] = None

    def discard(self, node: Any) -> None:
        if node in self:
            super().discard(node)
            for mirror in self.mirrors:
                mirror.changed[node] = None

    def _refuse(self, *_: Any) -> Any:
        raise EngineError("The engine changes its set of leaves in a way that this adapter does not note. It is of a version that is not known.")

    remove = pop = clear = update = difference_update = intersection_update = symmetric_difference_update = _refuse
    __ior__ = __iand__ = __isub__ = __ixor__ = _refuse  # type: ignore[assignment]


class NotingDict(dict):  # type: ignore[type-arg]
    """The nodes of a list by their ids; a mirror notes what comes and goes. What comes is new, or was used."""

    def __init__(self, members: dict[Any, Any], mirror: TreeMirror) -> None:
        super().__init__(members)
        self.mirror = mirror
        for node in members.values():
            mirror.used(node)

    def __setitem__(self, key: Any, node: Any) -> None:
        super().__setitem__(key, node)
        self.mirror.joined = True
        self.mirror.used(node)

    def __delitem__(self, key: Any) -> None:
        self.mirror.changed[self[key]] = None
        super().__delitem__(key)

    def _refuse(self, *_: Any) -> Any:
        raise EngineError("The engine changes its list of states in a way that this adapter does not note. It is of a version that is not known.")

    pop = popitem = clear = update = setdefault = _refuse  # type: ignore[assignment]
    __ior__ = _refuse  # type: ignore[assignment]


def watch(node_type: type) -> None:
    """Makes time, hits and priority of a class of nodes properties that note when they are written; again does no harm."""
    for name in ("last_access_time", "hit_count", "priority"):
        if not isinstance(node_type.__dict__.get(name), property):
            setattr(node_type, name, _noting(name))


def _noting(name: str) -> property:
    def read(node: Any) -> Any:
        return node.__dict__[name]

    def write(node: Any, value: Any) -> None:
        state = node.__dict__
        state[name] = value
        mirror = state.get("_squelch")
        if mirror is not None:
            mirror.changed[node] = None

    return property(read, write)
