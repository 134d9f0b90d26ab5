"""The adapter of vLLM's CPU tier, against a double of its interface."""

import importlib
import os
import random
import unittest
from abc import abstractmethod
from collections import OrderedDict
from types import SimpleNamespace
from typing import Any
from unittest import mock

from squelch import EngineError, UnknownNameError, UnsupportedError
from squelch._settings import Settings
from tests import doubles
from tests.doubles import vllm as double


def key(number: int, group: int = 0) -> bytes:
    return number.to_bytes(32, "little") + group.to_bytes(4, "big")


def request(number: int) -> Any:
    return SimpleNamespace(req_id=str(number))


class VllmTests(unittest.TestCase):
    def setUp(self) -> None:
        double.put()
        self.adapter = importlib.import_module("squelch.vllm")
        self.addCleanup(doubles.forget, "vllm")

    def tier(self, blocks: int, policy: str, **sizes: Any) -> Any:
        tier = double.CPUOffloadingManager(blocks)
        tier._policy = getattr(self.adapter, policy)(blocks, sizes=self.adapter.BlockSizes(**sizes))
        return tier

    def store(self, tier: Any, keys: list[bytes], number: int) -> list[bytes] | None:
        tier.touch(keys, request(number))
        output = tier.prepare_store(keys, request(number))
        if output is None:
            return None
        tier.complete_store(output.keys_to_store, request(number))
        return output.evicted_keys

    def test_the_victims_are_those_of_a_plain_list_of_uses(self) -> None:
        for seed in range(5):
            chance, tier, uses = random.Random(seed), self.tier(40, "Lru"), OrderedDict[bytes, None]()
            loading: list[list[bytes]] = []
            for number in range(400):
                first = chance.randrange(60) * 8
                keys = [key(each) for each in range(first, first + chance.randrange(1, 8))]
                for each in reversed(keys):
                    if each in uses:
                        uses.move_to_end(each)
                hits = [each for each in keys if tier._policy.get(each) is not None and tier._policy.get(each).ref_cnt >= 0]
                tier.touch(keys, request(number))
                if hits and chance.random() < 0.3:
                    tier.prepare_load(hits, request(number))
                    for each in hits:
                        uses.pop(each, None)
                    loading.append(hits)
                output = tier.prepare_store(keys, request(number))
                if output is not None:
                    self.assertEqual(output.evicted_keys, [each for each in uses if each not in keys][: len(output.evicted_keys)])
                    for each in output.evicted_keys:
                        del uses[each]
                    tier.complete_store(output.keys_to_store, request(number))
                    uses.update(dict.fromkeys(output.keys_to_store))
                if len(loading) > 2:
                    done = loading.pop(0)
                    tier.complete_load(done, request(number))
                    uses.update({each: None for each in done if tier._policy.get(each).ref_cnt == 0})

    def test_what_cannot_be_met_changes_nothing(self) -> None:
        tier = self.tier(3, "Lru")
        self.store(tier, [key(1), key(2), key(3)], 1)
        tier.prepare_load([key(1)], request(2))
        self.assertIsNone(tier.prepare_store([key(4), key(5), key(6)], request(3)))
        self.assertEqual(tier.prepare_store([key(4), key(5)], request(4)).evicted_keys, [key(2), key(3)])

    def test_a_store_that_failed_leaves_nothing(self) -> None:
        tier = self.tier(2, "Lru")
        tier.prepare_store([key(1), key(2)], request(1))
        tier.complete_store([key(1), key(2)], request(1), success=False)
        self.assertEqual(self.store(tier, [key(3), key(4)], 2), [])
        self.assertEqual(self.store(tier, [key(5)], 3), [key(3)])

    def test_clear_forgets_blocks_in_use_too(self) -> None:
        tier = self.tier(2, "Lru")
        self.store(tier, [key(1), key(2)], 1)
        tier.prepare_load([key(1)], request(2))
        tier._policy.clear()
        self.assertIsNone(tier._policy.get(key(1)))
        self.assertIsNone(tier._policy.evict(1, set()))

    def test_a_request_counts_once(self) -> None:
        tier = self.tier(2, "Lfu")
        self.store(tier, [key(1)], 1)
        self.store(tier, [key(2)], 2)
        for _ in range(5):
            tier.touch([key(1)], request(3))
        for number in (4, 5):
            tier.touch([key(2)], request(number))
        self.assertEqual(self.store(tier, [key(9)], 6), [key(1)])

    def test_a_formula_of_the_tree_keeps_prefixes(self) -> None:
        chain = [key(each) for each in range(1, 5)]
        plain, tree = self.tier(4, "Lru"), self.tier(4, "Lru", chains=True)
        self.assertEqual(self.store(plain, chain, 1), [])
        self.assertEqual(self.store(tree, chain, 1), [])
        self.assertEqual(self.store(plain, [key(8), key(9)], 2), [key(1), key(2)])
        self.assertEqual(self.store(tree, [key(8), key(9)], 2), [key(4), key(3)])

    def test_depth_and_states_reach_the_formula(self) -> None:
        tier = self.tier(8, "Marconi", tokens=(16, 16), states=frozenset({1}), bytes=100)
        told: list[dict[str, Any]] = []
        with mock.patch.object(tier._policy._pool, "insert", side_effect=lambda slot, **fields: told.append({"slot": slot, **fields})):
            self.store(tier, [key(1), key(2), key(3)], 1)
            self.store(tier, [key(1, 1), key(3, 1)], 1)
            tier._policy._tell()
        self.assertEqual([(each["parent"], each["end_tokens"], each["checkpoint"]) for each in told],
                         [(-1, 16, False), (0, 32, False), (1, 48, False), (-1, 16, True), (3, 32, True)])  # fmt: skip

    def test_stores_may_end_in_any_order(self) -> None:
        tier, ctx = self.tier(8, "Lru", chains=True), request(1)
        chain = [key(each) for each in range(1, 5)]
        tier.touch(chain, ctx)
        tier.prepare_store(chain, ctx)
        tier.complete_store([chain[2], chain[0], chain[3], chain[1]], ctx)
        self.assertEqual(sorted(self.store(tier, [key(each) for each in range(10, 18)], 2)), sorted(chain))

    def test_random_loads_contradict_nothing(self) -> None:
        for policy in ("Marconi", "Lfu", "Sieve", "WTinyLfu"):
            for seed in range(3):
                chance, tier = random.Random(seed), self.tier(48, policy, tokens=(16, 64), bytes=100, states=frozenset({1}))
                loading: list[Any] = []
                storing: list[Any] = []
                for number in range(300):
                    first, group = chance.randrange(30) * 1000, int(chance.random() < 0.3)
                    chain = [key(first + each + (100 * chance.randrange(3) if each > 3 else 0), group) for each in range(chance.randrange(1, 12))]
                    ctx = request(number - chance.randrange(2))
                    tier.touch(chain, ctx)
                    hits = [each for each in chain if (block := tier._policy.get(each)) is not None and block.ref_cnt >= 0]
                    if hits and chance.random() < 0.4:
                        tier.prepare_load(hits, ctx)
                        loading.append((hits, ctx))
                    output = tier.prepare_store([each for each in chain if chance.random() < 0.9], ctx)
                    if output is not None:
                        storing.append((output.keys_to_store, ctx))
                    while storing and chance.random() < 0.6:
                        tier.complete_store(*storing.pop(chance.randrange(len(storing))), success=chance.random() < 0.9)
                    while len(loading) > 2:
                        tier.complete_load(*loading.pop(chance.randrange(len(loading))))
                for each in storing:
                    tier.complete_store(*each)
                for each in loading:
                    tier.complete_load(*each)
                held = len(tier._policy._blocks)
                self.assertEqual(len(tier._policy.evict(held, set())), held)

    def test_any_policy_is_a_class(self) -> None:
        self.assertEqual(self.adapter.hyperbolic.policy, "hyperbolic")
        self.assertTrue(issubclass(self.adapter.Hyperbolic, double.CachePolicy))
        with self.assertRaisesRegex(AttributeError, "Hyperbolic"):
            _ = self.adapter.Hyperbolik

    def test_no_policy_is_never_lru(self) -> None:
        with mock.patch.dict(os.environ):
            os.environ.pop("SQUELCH_POLICY", None)
            with self.assertRaisesRegex(EngineError, "SQUELCH_POLICY"):
                self.adapter.SquelchCachePolicy(8)

    def test_a_seed_that_is_no_number_is_refused(self) -> None:
        with mock.patch.dict(os.environ, SQUELCH_SEED="today"), self.assertRaisesRegex(EngineError, "'today'.*SQUELCH_SEED"):
            self.adapter.SquelchCachePolicy(8, Settings.read(policy="Lru"))

    def test_the_victims_are_the_same_with_a_device_or_without_one(self) -> None:
        keys = [key(each) for each in range(40)]
        evicted = []
        for device in ("off", "auto"):
            with mock.patch.dict(os.environ, SQUELCH_DEVICE=device):
                tier = self.tier(20, "Hyperbolic")
            evicted.append([self.store(tier, keys[first : first + 4], first) for first in range(0, 40, 4)])
        self.assertEqual(*evicted)
        self.assertTrue(evicted[0][-1])

    def test_a_device_that_cannot_be_had_is_refused(self) -> None:
        with mock.patch.dict(os.environ, SQUELCH_DEVICE="gpu"), self.assertRaisesRegex(UnknownNameError, "There is no device 'gpu'"):
            self.adapter.Lru(8)
        with mock.patch.dict(os.environ, SQUELCH_DEVICE="require"), self.assertRaises(UnsupportedError):
            self.adapter.Sieve(8)

    def test_a_formula_that_reads_what_is_not_told_is_refused(self) -> None:
        with self.assertRaisesRegex(EngineError, "priority"):
            self.adapter.Priority(8)


class InterfaceTests(unittest.TestCase):
    def test_another_interface_is_an_error_at_start(self) -> None:
        self.addCleanup(doubles.forget, "vllm")
        for replaced, said in (
            ({"touch": lambda self, keys: None}, r"touch takes \(self, keys\)"),
            ({"mark_evictable": None}, "mark_evictable is not there"),
            ({"mark_evictable": 5}, "mark_evictable is no method"),
            ({"__init__": lambda self, capacity: None}, r"CachePolicy\(\) takes \(self, capacity\)"),
            ({"shrink": abstractmethod(lambda self: None)}, "wants shrink besides"),
        ):
            doubles.forget("vllm")
            double.put(**replaced)
            with self.subTest(said), self.assertRaisesRegex(EngineError, rf"vLLM 0.0 \(double\).*{said}.*August 2026.*not used in its place"):
                importlib.import_module("squelch.vllm")


class SpecTests(unittest.TestCase):
    def setUp(self) -> None:
        double.put()
        self.adapter = importlib.import_module("squelch.vllm_spec")
        self.addCleanup(doubles.forget, "vllm")

    def manager(self, **extra: Any) -> Any:
        groups = (SimpleNamespace(tokens_per_block=16, layer_names=("attn",)), SimpleNamespace(tokens_per_block=64, layer_names=("mamba",)))
        config = SimpleNamespace(extra_config=extra, num_blocks=8, groups=groups)
        return self.adapter.SquelchOffloadingSpec(config).get_manager()

    def test_the_configuration_names_everything(self) -> None:
        manager = self.manager(policy="Marconi", tunables={"alpha": 1.5}, state_groups=[1])
        self.assertEqual(manager._policy._sizes.tokens, (16, 64))
        output = manager.prepare_store([key(1), key(2)], request(1))
        self.assertEqual(output.keys_to_store, [key(1), key(2)])

    def test_states_are_kept_at_the_end_and_where_two_requests_came_by(self) -> None:
        manager = self.manager(policy="Lru", state_groups=[1], admission="branch-and-last")
        first = [key(each, 1) for each in (1, 2, 3)]
        self.assertEqual(manager.prepare_store([key(1), *first], request(1)).keys_to_store, [key(1), key(3, 1)])
        second = [key(each, 1) for each in (1, 2, 7)]
        self.assertEqual(manager.prepare_store(second, request(2)).keys_to_store, [key(1, 1), key(2, 1), key(7, 1)])

    def test_settings_that_cannot_be_are_refused(self) -> None:
        for extra, said in (
            ({"policy": "Lru", "eviction_policy": "lru"}, "eviction_policy"),
            ({"policy": "Lru", "admission": "some"}, "branch-and-last"),
            ({"policy": "Lru", "admission": "branch-and-last"}, "state_groups"),
            ({"policy": "Lru", "state_groups": [2]}, "0 to 1"),
        ):
            with self.subTest(extra), self.assertRaisesRegex(EngineError, said):
                self.manager(**extra)
        with self.assertRaisesRegex(UnknownNameError, "There is no device 'gpu'"):
            self.manager(policy="Lru", device="gpu")
