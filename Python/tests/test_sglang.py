"""The adapter of SGLang's radix cache, against a double of its interface."""

import importlib
import os
import random
import unittest
from types import SimpleNamespace
from typing import Any
from unittest import mock

from squelch import EngineError, UnknownNameError, UnsupportedError
from tests import doubles
from tests.doubles import sglang as double
from tests.doubles.sglang import ComponentType

FULL, MAMBA = ComponentType.FULL, ComponentType.MAMBA


class _Tree(unittest.TestCase):
    def setUp(self) -> None:
        double.put()
        self.adapter = importlib.import_module("squelch.sglang")
        self.addCleanup(doubles.forget, "sglang")

    def tree(self, policy: str, mamba: bool = False, **environment: str) -> Any:
        with mock.patch.dict(os.environ, SQUELCH_POLICY=policy, **environment):
            kinds = (FULL, MAMBA) if mamba else (FULL,)
            return double.UnifiedTreeCore({kind: self.adapter.COMPONENTS[kind](None, SimpleNamespace()) for kind in kinds})


class LeafTests(_Tree):
    def test_the_oldest_leaf_goes_and_then_its_parent(self) -> None:
        tree = self.tree("Lru")
        for tokens in ((1, 2, 3), (1, 2, 4), (7, 8)):
            tree.insert(tokens)
        tree.match((1, 2, 3))
        self.assertEqual(tree.evict(FULL, 1), [("kv", 4)])
        self.assertEqual(tree.evict(FULL, 2), [("kv", 7, 8)])
        self.assertEqual(tree.evict(FULL, 9), [("kv", 3), ("kv", 1, 2)])
        self.assertEqual(tree.evict(FULL, 1), [])

    def test_no_more_go_than_are_needed(self) -> None:
        tree = self.tree("Lru")
        for first in range(50):
            tree.insert((first, 100, 101))
        self.assertEqual(len(tree.evict(FULL, 7)), 3)
        self.assertEqual(len(tree.evict(FULL, 30)), 10)

    def test_the_victims_are_those_of_the_times(self) -> None:
        for seed in range(10):
            chance, tree, held = random.Random(seed), self.tree("Lru"), []
            for _ in range(300):
                tokens = tuple(chance.randrange(4) for _ in range(chance.randrange(1, 9)))
                tree.match(tokens)
                node = tree.insert(tokens)
                if chance.random() < 0.1:
                    tree.lock(node, 1)
                    held.append(node)
                if held and chance.random() < 0.1:
                    tree.lock(held.pop(0), -1)
                if chance.random() < 0.2:
                    self.evict_as_a_scan_would(tree, chance.choice((1, 4, 15)))

    def evict_as_a_scan_would(self, tree: Any, count: int) -> None:
        component, taken = tree.components_by_type[FULL], 0
        tracker = {FULL: 0}
        component._evict_device_start(count)
        while (node_id := component._evict_device_next_node(tracker, None, None)) is not None:
            node = tree._node_arena[node_id]
            self.assertIs(node, min(tree.evictable_device_leaves, key=lambda each: each.last_access_time))
            tree._delete(node, tracker)
            taken += 1
        component._evict_device_end()
        self.assertTrue(tracker[FULL] >= count or not tree.evictable_device_leaves)

    def test_hits_and_priorities_are_those_of_the_nodes(self) -> None:
        tree = self.tree("Lfu")
        for tokens in ((1, 2), (3, 4), (1, 2), (5, 6)):
            tree.insert(tokens)
        self.assertEqual(tree.evict(FULL, 4), [("kv", 3, 4), ("kv", 5, 6)])
        tree = self.tree("Priority")
        for tokens, priority in (((1,), 5), ((2,), 1), ((3,), 5)):
            tree.insert(tokens, priority)
        self.assertEqual(tree.evict(FULL, 1), [("kv", 2)])

    def test_a_formula_weighs_depth(self) -> None:
        tree = self.tree("Marconi", SQUELCH_MODEL="marconi-7b", SQUELCH_TUNABLES='{"alpha": 2}')
        tree.insert(tuple(range(3000)))
        tree.insert((9, 9))
        tree.insert((8, 8))
        self.assertEqual(tree.evict(FULL, 1)[0], ("kv", 9, 9))

    def test_a_queue_with_second_chances(self) -> None:
        tree = self.tree("Sieve")
        for tokens in ((1,), (2,), (3,)):
            tree.insert(tokens)
        tree.insert((1,))
        self.assertEqual(tree.evict(FULL, 2), [("kv", 2), ("kv", 3)])

    def test_a_reset_tree_is_a_new_one(self) -> None:
        tree = self.tree("Lru")
        tree.insert((1, 2))
        tree.reset()
        self.assertEqual(tree.evict(FULL, 1), [])
        tree.insert((3, 4))
        tree.insert((5, 6))
        self.assertEqual(tree.evict(FULL, 1), [("kv", 3, 4)])

    def test_a_victim_that_stays_is_chosen_again(self) -> None:
        tree = self.tree("Lru")
        tree.insert((1,))
        tree.insert((2,))
        component = tree.components_by_type[FULL]
        component._evict_device_start(1)
        chosen = component._evict_device_next_node({FULL: 0}, None, None)
        component._evict_device_end()
        self.assertEqual(tree._node_arena[chosen].key, (1,))
        self.assertEqual(tree.evict(FULL, 2), [("kv", 1), ("kv", 2)])


class StateTests(_Tree):
    def test_an_inner_state_goes_alone_and_a_leaf_whole(self) -> None:
        tree = self.tree("Lru", mamba=True)
        tree.insert((1, 2))
        tree.insert((1, 2, 3))
        tree.insert((7,))
        self.assertEqual(tree.evict(MAMBA, 1), [("state", 2)])
        self.assertEqual(tree.evict(MAMBA, 1), [("kv", 3), ("state", 3)])
        self.assertEqual(tree.evict(FULL, 9), [("kv", 1, 2), ("kv", 7), ("state", 1)])

    def test_a_match_uses_one_state(self) -> None:
        tree = self.tree("Lru", mamba=True)
        for tokens in ((1,), (1, 2), (7,)):
            tree.insert(tokens)
        tree.match((1,))
        self.assertEqual(tree.evict(MAMBA, 1), [("kv", 2), ("state", 2)])

    def test_an_insert_that_walks_by_uses_no_state(self) -> None:
        tree = self.tree("Lru", mamba=True)
        nodes = [tree.insert(tokens) for tokens in ((1,), (8,), (1, 2), (9,))]
        tree.lock(nodes[0], 1)
        self.assertEqual(tree.evict(MAMBA, 1), [("kv", 8), ("state", 1)])
        tree.lock(nodes[0], -1)
        tree.insert((1, 3))
        self.assertEqual(tree.evict(MAMBA, 1), [("state", 1)])

    def test_locked_states_stay(self) -> None:
        tree = self.tree("Lru", mamba=True)
        nodes = [tree.insert(tokens) for tokens in ((1,), (2,), (3,))]
        tree.lock(nodes[0], 1)
        self.assertEqual(tree.evict(MAMBA, 1), [("kv", 2), ("state", 1)])
        tree.lock(nodes[0], -1)
        self.assertEqual(tree.evict(MAMBA, 2), [("kv", 1), ("state", 1), ("kv", 3), ("state", 1)])

    def test_the_score_decides_between_leaves_and_inner_states(self) -> None:
        # The state of the long prefix saves the most for its bytes; that of the two tokens behind it saves next to nothing.
        tree = self.tree("Marconi", mamba=True, SQUELCH_MODEL="marconi-7b", SQUELCH_TUNABLES='{"alpha": 2}')
        long = tuple(range(4000))
        tree.insert(long)
        tree.insert((*long, 1, 2))
        tree.insert((9000,) * 500)
        self.assertEqual(tree.evict(MAMBA, 1), [("kv", 1, 2), ("state", 4002)])

    def test_random_loads_end_with_nothing(self) -> None:
        for seed in range(5):
            chance, tree = random.Random(seed), self.tree("Lru", mamba=True)
            for _ in range(300):
                tokens = tuple(chance.randrange(3) for _ in range(chance.randrange(1, 7)))
                tree.match(tokens)
                tree.insert(tokens)
                if chance.random() < 0.3:
                    oldest = [node.component_data[MAMBA].value for node in tree.lru_lists[MAMBA].order][0]
                    self.assertIn(oldest, tree.evict(MAMBA, 1))
            tree.evict(MAMBA, 1000)
            self.assertEqual(tree.lru_lists[MAMBA].order, [])
            tree.evict(FULL, 1000)
            self.assertEqual(list(tree._node_arena.values()), [tree.root_node])


class StartTests(_Tree):
    def test_no_policy_is_never_lru(self) -> None:
        with mock.patch.dict(os.environ):
            os.environ.pop("SQUELCH_POLICY", None)
            with self.assertRaisesRegex(EngineError, "SQUELCH_POLICY"):
                self.adapter.SquelchFullComponent(None, SimpleNamespace())

    def test_what_is_not_covered_is_refused(self) -> None:
        with self.assertRaisesRegex(EngineError, "expires"):
            self.tree("Ttl")
        with self.assertRaisesRegex(EngineError, "(?i)session"), mock.patch.dict(os.environ, SQUELCH_POLICY="Lru"):
            self.adapter.SquelchFullComponent(None, SimpleNamespace(enable_session_radix_cache=True))
        with self.assertRaisesRegex(EngineError, "SQUELCH_TUNABLES"):
            self.tree("Marconi", SQUELCH_TUNABLES="alpha=1")

    def test_a_device_that_cannot_be_had_is_refused(self) -> None:
        with self.assertRaisesRegex(UnknownNameError, "There is no device 'gpu'"):
            self.tree("Lru", SQUELCH_DEVICE="gpu").insert((1, 2))
        with self.assertRaises(UnsupportedError):
            self.tree("Sieve", SQUELCH_DEVICE="require").insert((1, 2))

    def test_another_tree_core_is_refused(self) -> None:
        with mock.patch.dict(os.environ, SQUELCH_POLICY="Lru"):
            component = self.adapter.SquelchFullComponent(None, SimpleNamespace())
        component.tree_core = object()
        with self.assertRaisesRegex(EngineError, "TREE_CORE_BACKEND"):
            component._evict_device_start(1)

    def test_the_plug_in_makes_the_backend_known(self) -> None:
        plugin = importlib.import_module("squelch.sglang_plugin")
        plugin.register()
        plugin.register()
        params = double.BACKENDS["squelch"](SimpleNamespace(params=SimpleNamespace(component_registry_override={ComponentType.SWA: int}), server_args=None))
        self.assertEqual(set(params.component_registry_override), {FULL, MAMBA, ComponentType.SWA})

    def test_another_interface_is_an_error_at_start(self) -> None:
        doubles.forget("sglang")
        double.put(_evict_device_start=lambda self, tokens: None)
        with self.assertRaisesRegex(EngineError, r"SGLang 0.0 \(double\).*_evict_device_start takes \(self, tokens\)"):
            importlib.import_module("squelch.sglang")

    def test_an_engine_that_changes_its_leaves_otherwise_is_noticed(self) -> None:
        tree = self.tree("Lru")
        tree.insert((1,))
        with self.assertRaisesRegex(EngineError, "not note"):
            tree.evictable_device_leaves.remove(None)
