"""SGLang: which leaves of the radix tree go, and which Mamba states.

Installed beside SGLang, this package is a plug-in of it. Start the server with ``--radix-cache-backend squelch`` and SQUELCH_POLICY
(and SQUELCH_TUNABLES, SQUELCH_MODEL, SQUELCH_LIBRARY where wanted). SGLang builds its unified radix cache, with our components for
full attention and for Mamba; a sliding window and the host tier stay as they are.

Knows the unified radix cache of SGLang's main branch as of August 2026, with the tree core in Python. Another one, or sessions in
the radix cache, is an error at start.
"""

from __future__ import annotations

from typing import Any

import sglang
from sglang.srt.mem_cache.unified_cache.components.full_component import FullComponent
from sglang.srt.mem_cache.unified_cache.components.mamba_component import MambaComponent
from sglang.srt.mem_cache.unified_cache.components.tree_component import ComponentType, EvictLayer, LRURefreshPhase
from sglang.srt.mem_cache.unified_cache.unified_tree_core import UnifiedTreeCore, UnifiedTreeNode

from squelch._interface import require, version_of
from squelch._mirror import NotingDict, NotingSet, Shape, TreeMirror, watch
from squelch._settings import Settings
from squelch.errors import EngineError

KNOWN = "SGLang's main branch as of August 2026, whose UnifiedRadixCache takes component_registry_override"
ENGINE = f"SGLang {version_of(sglang)}"

_NEXT = ("self", "tracker", "device_frees", "host_frees")
require(
    ENGINE,
    KNOWN,
    {
        "FullComponent()": (FullComponent, "__init__", ("self", "cache", "params")),
        "FullComponent._evict_device_start": (FullComponent, "_evict_device_start", ("self", "request_cnt")),
        "FullComponent._evict_device_next_node": (FullComponent, "_evict_device_next_node", _NEXT),
        "FullComponent._evict_device_end": (FullComponent, "_evict_device_end", ("self",)),
        "MambaComponent._evict_device_start": (MambaComponent, "_evict_device_start", ("self", "request_cnt")),
        "MambaComponent._evict_device_next_node": (MambaComponent, "_evict_device_next_node", _NEXT),
        "MambaComponent._evict_device_end": (MambaComponent, "_evict_device_end", ("self",)),
        "MambaComponent.refresh_lru": (MambaComponent, "refresh_lru", ("self", "phase", "node", "root_node")),
        "MambaComponent.commit_insert_component_data": (MambaComponent, "commit_insert_component_data", ("self", "node", "is_new_leaf")),
        "MambaComponent.acquire_component_lock": (MambaComponent, "acquire_component_lock", ("self", "node")),
        "MambaComponent.release_component_lock": (MambaComponent, "release_component_lock", ("self", "node")),
        "UnifiedTreeCore._evict_component_and_detach_lru": (
            UnifiedTreeCore,
            "_evict_component_and_detach_lru",
            ("self", "node", "comp", "device_frees", "host_frees", "target", "tracker"),
        ),
        "UnifiedTreeCore._cascade_evict": (UnifiedTreeCore, "_cascade_evict", ("self", "node", "trigger", "tracker", "device_frees", "host_frees")),
    },
)

# Places in a node's component_data.
_FULL, _MAMBA = int(ComponentType.FULL), int(ComponentType.MAMBA)

# What the tree never hears of.
_UNTOLD = {"children", "evictedAgo", "expires", "nextUse", "turn", "sessions", "sessionGap", "sessionGapSpread", "category"}


def _start(params: Any) -> Settings:
    if getattr(params, "enable_session_radix_cache", False):
        raise EngineError("Sessions in the radix cache are not known to formulas. Leave --enable-session-radix-cache out, or --radix-cache-backend squelch.")
    settings = Settings.read()
    settings.refuse_features("SGLang", _UNTOLD)
    return settings


def _core_of(component: Any) -> UnifiedTreeCore:
    core = component.tree_core
    if not isinstance(core, UnifiedTreeCore):
        raise EngineError(
            f"The tree core is {type(core).__name__}, whose leaves and times Python does not see. Leave SGLANG_UNIFIED_RADIX_TREE_CORE_BACKEND at python."
        )
    return core


def _depth(node: UnifiedTreeNode) -> int:
    """Tokens from the root to a node's end."""
    tokens = 0
    while node.parent is not None:
        tokens += len(node.key)
        node = node.parent
    return tokens


class SquelchFullComponent(FullComponent):  # type: ignore[misc]
    """Chooses among the leaves on the device. Times, hits and priorities are SGLang's own."""

    def __init__(self, cache: Any, params: Any) -> None:
        super().__init__(cache, params)
        self._mirror = TreeMirror(_start(params), self._is_live, self._may_go, self._describe)
        self._batch: list[UnifiedTreeNode] = []
        self._ahead = 1
        self._largest = 1
        watch(UnifiedTreeNode)

    def noting_leaves(self) -> NotingSet:
        """The leaves of the tree as it is now; a reset has made a new set, and a new tree."""
        core = _core_of(self)
        leaves = core.evictable_device_leaves
        if type(leaves) is not NotingSet or leaves.mirrors[0] is not self._mirror:
            self._mirror.clear()
            leaves = core.evictable_device_leaves = NotingSet(leaves, [self._mirror])
            for node in list(core._node_arena.values()):
                self._mirror.note(node)
        return leaves

    def _is_live(self, node: UnifiedTreeNode) -> bool:
        core = self.tree_core
        return node.component_data[_FULL].value is not None and node is not core.root_node and core._node_arena.get(node.id) is node

    def _may_go(self, node: UnifiedTreeNode) -> bool:
        return node in self.tree_core.evictable_device_leaves

    def _describe(self, node: UnifiedTreeNode) -> Shape:
        return Shape(_depth(node), len(node.key), 0, node.component_data[_MAMBA].value is not None)

    def commit_insert_component_data(self, node: UnifiedTreeNode, *rest: Any, **named: Any) -> None:
        super().commit_insert_component_data(node, *rest, **named)
        self.noting_leaves()
        self._mirror.note(node)

    def redistribute_on_node_split(self, new_parent: UnifiedTreeNode, child: UnifiedTreeNode) -> None:
        super().redistribute_on_node_split(new_parent, child)
        self._mirror.note(new_parent)
        self._mirror.note(child)

    def _evict_device_start(self, request_cnt: int) -> None:
        self.noting_leaves()
        self._evict_device_request_cnt = request_cnt
        self._ahead = request_cnt
        self._batch = []

    def _evict_device_next_node(self, tracker: Any, device_frees: Any, host_frees: Any) -> int | None:
        wanted = self._evict_device_request_cnt - tracker[ComponentType.FULL]
        if wanted <= 0:
            return None
        mirror = self._mirror
        if not self._batch or mirror.joined:
            # A parent that has become a leaf may go before what was chosen, so look less far ahead then. Never further than is
            # needed where all are as large as the largest so far.
            self._ahead = 1 if mirror.joined and self._batch else 2 * self._ahead
            self._batch = mirror.lowest(max(1, min(self._ahead, wanted // self._largest)))
            self._batch.reverse()
        while self._batch:
            node = self._batch.pop()
            if node in self.tree_core.evictable_device_leaves:
                self._largest = max(self._largest, len(node.key))
                mirror.chosen(node)
                return node.id
        return None

    def _evict_device_end(self) -> None:
        self._batch = []


class SquelchMambaComponent(MambaComponent):  # type: ignore[misc]
    """Chooses among the states: of leaves, which go with their KV, and of inner nodes, which lose the state alone.

    The clock counts uses of states; a match uses only the state that it goes on from, as in SGLang's own list.
    """

    def __init__(self, cache: Any, params: Any) -> None:
        super().__init__(cache, params)
        self._mirror = TreeMirror(_start(params), self._is_live, self._may_go, self._describe, clock=True)
        self._batch: list[UnifiedTreeNode] = []

    def _note_states(self) -> None:
        core = _core_of(self)
        states = core.lru_lists[ComponentType.MAMBA]
        if type(states.cache) is not NotingDict or states.cache.mirror is not self._mirror:
            self._mirror.clear()
            oldest_first = {node.id: node for node in _from_oldest(states)}
            states.cache = NotingDict(oldest_first, self._mirror)
        full = core.components_by_type[ComponentType.FULL]
        if isinstance(full, SquelchFullComponent):
            mirrors = full.noting_leaves().mirrors
            if self._mirror not in mirrors:
                mirrors.append(self._mirror)

    def _is_live(self, node: UnifiedTreeNode) -> bool:
        return self.tree_core.lru_lists[ComponentType.MAMBA].in_list(node)

    def _may_go(self, node: UnifiedTreeNode) -> bool:
        return node.component_data[_MAMBA].lock_ref == 0

    def _describe(self, node: UnifiedTreeNode) -> Shape:
        """What goes with a state: the work since the state before it, and a leaf's KV (the model says how much; an inner node's stays)."""
        depth, before = _depth(node), node.parent
        while before.parent is not None and before.component_data[_MAMBA].value is None:
            before = before.parent
        leaf = node in self.tree_core.evictable_device_leaves
        return Shape(depth, depth - _depth(before), 0 if leaf else 1, True)

    def refresh_lru(self, phase: Any, node: UnifiedTreeNode, root_node: UnifiedTreeNode) -> None:
        super().refresh_lru(phase, node, root_node)
        if phase is LRURefreshPhase.MATCH_END and self._is_live(node):
            self._mirror.used(node)

    def commit_insert_component_data(self, node: UnifiedTreeNode, *rest: Any, **named: Any) -> None:
        self._note_states()
        super().commit_insert_component_data(node, *rest, **named)
        self._mirror.used(node)

    def acquire_component_lock(self, node: UnifiedTreeNode, *rest: Any, **named: Any) -> Any:
        result = super().acquire_component_lock(node, *rest, **named)
        self._mirror.note(node)
        return result

    def release_component_lock(self, node: UnifiedTreeNode, *rest: Any, **named: Any) -> None:
        super().release_component_lock(node, *rest, **named)
        self._mirror.joined = True
        self._mirror.note(node)

    def _evict_device_start(self, request_cnt: int) -> None:
        self._note_states()
        self._evict_device_request_cnt = request_cnt
        self._batch = []

    def _evict_device_next_node(self, tracker: Any, device_frees: Any, host_frees: Any) -> int | None:
        core, kind = self.tree_core, ComponentType.MAMBA
        while (wanted := self._evict_device_request_cnt - tracker[kind]) > 0:
            if not self._batch or self._mirror.joined:
                self._batch = self._mirror.lowest(wanted)
                self._batch.reverse()
            if not self._batch:
                return None
            node = self._batch.pop()
            if not self._is_live(node) or not self._may_go(node):
                continue
            self._mirror.chosen(node)
            if node in core.evictable_device_leaves:
                return node.id
            core._evict_component_and_detach_lru(
                node, self, target=EvictLayer.DEVICE, tracker=tracker, device_frees=device_frees, host_frees=host_frees
            )
            core._cascade_evict(node, self, tracker, device_frees=device_frees, host_frees=host_frees)
        return None

    def _evict_device_end(self) -> None:
        self._batch = []


def _from_oldest(states: Any) -> Any:
    """The nodes of one of SGLang's lists, the oldest first."""
    node = states.tail.lru_prev[states._pt]
    while node is not states.head:
        if node.id in states.cache:
            yield node
        node = node.lru_prev[states._pt]


COMPONENTS: dict[Any, type] = {ComponentType.FULL: SquelchFullComponent, ComponentType.MAMBA: SquelchMambaComponent}
"""For ``CacheInitParams.component_registry_override``."""
