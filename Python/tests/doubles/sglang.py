"""SGLang's unified radix cache: nodes, components, the tree core with its set of leaves and list of states, the driver of evictions."""

from __future__ import annotations

import enum
import itertools
from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from tests.doubles import install

_clock = itertools.count(1)


class ComponentType(enum.IntEnum):
    FULL = 0
    SWA = 1
    MAMBA = 2


class EvictLayer(enum.Flag):
    DEVICE = enum.auto()
    HOST = enum.auto()


class LRURefreshPhase(enum.Enum):
    WALKDOWN = enum.auto()
    MATCH_END = enum.auto()
    INSERT_END = enum.auto()


class UnifiedTreeNode:
    counter = itertools.count()

    def __init__(self, priority: int = 0) -> None:
        self.children: dict[Any, Any] = {}
        self.parent: Any = None
        self.key: tuple[int, ...] = ()
        self.component_data = [SimpleNamespace(value=None, lock_ref=0) for _ in ComponentType]
        self.last_access_time = float(next(_clock))
        self.hit_count = 0
        self.priority = priority
        self.id = next(UnifiedTreeNode.counter)
        self.lru_prev: list[Any] = [None]


class States:
    """The list of nodes with a state; the newest is behind the head."""

    def __init__(self) -> None:
        self.head, self.tail, self._pt = object(), SimpleNamespace(lru_prev=[None]), 0
        self.cache: dict[int, Any] = {}
        self.order: list[Any] = []
        self._link()

    def _link(self) -> None:
        before: Any = self.head
        for node in reversed(self.order):
            node.lru_prev[0] = before
            before = node
        self.tail.lru_prev[0] = before

    def insert_mru(self, node: Any) -> None:
        self.cache[node.id] = node
        self.order.append(node)
        self._link()

    def remove_node(self, node: Any) -> None:
        del self.cache[node.id]
        self.order.remove(node)
        self._link()

    def reset_node_mru(self, node: Any) -> None:
        self.order.remove(node)
        self.order.append(node)
        self._link()

    def in_list(self, node: Any) -> bool:
        return node.id in self.cache


class _Component:
    component_type: ComponentType

    def __init__(self, cache: Any, params: Any) -> None:
        self.tree_core: Any = None

    def _evict_device_start(self, request_cnt: int) -> None: ...
    def _evict_device_next_node(self, tracker: Any, device_frees: Any, host_frees: Any) -> Any: ...
    def _evict_device_end(self) -> None: ...
    def refresh_lru(self, phase: Any, node: Any, root_node: Any) -> None: ...
    def redistribute_on_node_split(self, new_parent: Any, child: Any) -> None: ...
    def commit_insert_component_data(self, node: Any, is_new_leaf: bool, state: Any) -> None: ...
    def acquire_component_lock(self, node: Any, result: Any) -> Any:
        while node.parent is not None:
            node.component_data[self.component_type].lock_ref += 1
            self.tree_core._update_leaf(node)
            node = node.parent if self.component_type is ComponentType.FULL else self.tree_core.root_node
        return result

    def release_component_lock(self, node: Any, params: Any) -> None:
        while node.parent is not None:
            node.component_data[self.component_type].lock_ref -= 1
            self.tree_core._update_leaf(node)
            node = node.parent if self.component_type is ComponentType.FULL else self.tree_core.root_node


class FullComponent(_Component):
    component_type = ComponentType.FULL


class MambaComponent(_Component):
    component_type = ComponentType.MAMBA

    def refresh_lru(self, phase: Any, node: Any, root_node: Any) -> None:
        states = self.tree_core.lru_lists[ComponentType.MAMBA]
        if phase is LRURefreshPhase.MATCH_END and states.in_list(node):
            states.reset_node_mru(node)

    def commit_insert_component_data(self, node: Any, is_new_leaf: bool, state: Any) -> None:
        data = node.component_data[ComponentType.MAMBA]
        states = self.tree_core.lru_lists[ComponentType.MAMBA]
        if data.value is None:
            data.value = state
            states.insert_mru(node)
        else:
            states.reset_node_mru(node)


class UnifiedTreeCore:
    """Edges are tuples of tokens. `evict` is the driver: what it frees, in order, as ("kv", tokens) and ("state", depth)."""

    def __init__(self, components: dict[ComponentType, Any]) -> None:
        self.components_by_type = components
        for component in components.values():
            component.tree_core = self
        self.reset()

    def reset(self) -> None:
        self._node_arena: dict[int, Any] = {}
        self.root_node = self._new()
        self.evictable_device_leaves: set[Any] = set()
        self.lru_lists = {ComponentType.MAMBA: States()}
        self.freed: list[Any] = []

    def _new(self, priority: int = 0) -> Any:
        node = UnifiedTreeNode(priority)
        self._node_arena[node.id] = node
        return node

    def _update_leaf(self, node: Any) -> None:
        leaf = (
            node is not self.root_node
            and node.component_data[ComponentType.FULL].value is not None
            and not node.children
            and all(data.lock_ref == 0 for data in node.component_data)
        )
        (self.evictable_device_leaves.add if leaf else self.evictable_device_leaves.discard)(node)

    def _walk(self, tokens: tuple[int, ...]) -> tuple[Any, tuple[int, ...]]:
        node = self.root_node
        while tokens and tokens[0] in node.children:
            child = node.children[tokens[0]]
            same = len([None for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(child.key, tokens))])
            if same < len(child.key):
                child = self._split(child, same)
            child.last_access_time = float(next(_clock))
            node, tokens = child, tokens[same:]
        return node, tokens

    def _split(self, child: Any, length: int) -> Any:
        upper = self._new(child.priority)
        upper.key, child.key = child.key[:length], child.key[length:]
        upper.parent, child.parent = child.parent, upper
        upper.children[child.key[0]] = child
        upper.parent.children[upper.key[0]] = upper
        upper.hit_count = child.hit_count
        upper.component_data[ComponentType.FULL].value = upper.key
        upper.component_data[ComponentType.FULL].lock_ref = child.component_data[ComponentType.FULL].lock_ref
        for component in self.components_by_type.values():
            component.redistribute_on_node_split(new_parent=upper, child=child)
        return upper

    def insert(self, tokens: tuple[int, ...], priority: int = 0) -> Any:
        node, rest = self._walk(tokens)
        each = node
        while each.parent is not None:
            each.hit_count += 1
            each = each.parent
        if rest:
            leaf = self._new(priority)
            leaf.parent, leaf.key = node, rest
            leaf.component_data[ComponentType.FULL].value = rest
            node.children[rest[0]] = leaf
            self._update_leaf(node)
            self._update_leaf(leaf)
            node = leaf
        for component in self.components_by_type.values():
            component.commit_insert_component_data(node, bool(rest), ("state", len(tokens)))
        if rest:
            node.hit_count += 1
        return node

    def match(self, tokens: tuple[int, ...]) -> Any:
        node, _ = self._walk(tokens)
        for component in self.components_by_type.values():
            component.refresh_lru(LRURefreshPhase.MATCH_END, node, self.root_node)
        now, each = float(next(_clock)), node
        while each is not None:
            each.last_access_time = now
            now -= 0.00001
            each = each.parent
        return node

    def lock(self, node: Any, change: int) -> None:
        for component in self.components_by_type.values():
            if component.component_type is ComponentType.FULL or node.component_data[ComponentType.MAMBA].value is not None:
                component.acquire_component_lock(node, None) if change > 0 else component.release_component_lock(node, None)

    def evict(self, kind: ComponentType, count: int) -> list[Any]:
        self.freed = []
        tracker: dict[Any, int] = defaultdict(int)
        component = self.components_by_type[kind]
        component._evict_device_start(count)
        while (node_id := component._evict_device_next_node(tracker, None, None)) is not None:
            self._delete(self._node_arena[node_id], tracker)
        component._evict_device_end()
        return self.freed

    def _delete(self, node: Any, tracker: Any) -> None:
        assert node in self.evictable_device_leaves
        tracker[ComponentType.FULL] += len(node.key)
        self.freed.append(("kv", *node.key))
        if node.component_data[ComponentType.MAMBA].value is not None:
            self._evict_component_and_detach_lru(node, self.components_by_type[ComponentType.MAMBA], None, None, EvictLayer.DEVICE, tracker)
        self.evictable_device_leaves.discard(node)
        del node.parent.children[node.key[0]], self._node_arena[node.id]
        self._update_leaf(node.parent)

    def _evict_component_and_detach_lru(self, node: Any, comp: Any, device_frees: Any, host_frees: Any, target: Any, tracker: Any) -> None:
        data = node.component_data[ComponentType.MAMBA]
        tracker[ComponentType.MAMBA] += 1
        self.freed.append(data.value)
        data.value = None
        self.lru_lists[ComponentType.MAMBA].remove_node(node)

    def _cascade_evict(self, node: Any, trigger: Any, tracker: Any, device_frees: Any, host_frees: Any) -> None:
        self._update_leaf(node)


BACKENDS: dict[str, Any] = {}


def _register(name: str, factory: Any) -> None:
    BACKENDS[name] = factory


def _create(context: Any, server_args: Any, params: Any) -> Any:
    return params


def put(**replaced: Any) -> None:
    """Makes it importable as sglang; `replaced` are methods of FullComponent of another version."""
    cache = "sglang.srt.mem_cache"
    components = f"{cache}.unified_cache.components"
    BACKENDS.clear()
    full = type("FullComponent", (FullComponent,), replaced) if replaced else FullComponent
    install("sglang", __version__="0.0 (double)")
    install(f"{components}.tree_component", ComponentType=ComponentType, EvictLayer=EvictLayer, LRURefreshPhase=LRURefreshPhase)
    install(f"{components}.full_component", FullComponent=full)
    install(f"{components}.mamba_component", MambaComponent=MambaComponent)
    install(f"{cache}.unified_cache.unified_tree_core", UnifiedTreeCore=UnifiedTreeCore, UnifiedTreeNode=UnifiedTreeNode)
    install(
        f"{cache}.registry",
        register_radix_cache_backend=_register,
        registered_radix_cache_backends=lambda: list(BACKENDS),
        _create_unified_radix_cache=_create,
    )
