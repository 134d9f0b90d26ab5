"""The adapter of LMCache, against a double of its interface."""

import importlib
import os
import unittest
from types import SimpleNamespace
from typing import Any
from unittest import mock

from squelch import EngineError, UnknownNameError, UnsupportedError
from tests import doubles
from tests.doubles import lmcache as double


class LmcacheTests(unittest.TestCase):
    def setUp(self) -> None:
        self.engine = double.put()
        self.adapter = importlib.import_module("squelch.lmcache")
        self.adapter.register()
        self.addCleanup(doubles.forget, "lmcache")

    def start(self, name: str, keys: str, pinned: str = "") -> None:
        """A backend that holds keys of one letter."""
        self.policy = self.engine.POLICY_MAPPING[f"SQUELCH_{name}"]()
        self.entries = self.policy.init_mutable_mapping()
        for key in keys:
            self.put(key, pinned=key in pinned)

    def put(self, key: str, pinned: bool = False, size: int = 1, **metadata: Any) -> None:
        self.entries[key] = SimpleNamespace(can_evict=not pinned, get_size=lambda: size)
        self.policy.update_on_put_with_metadata(key, self.entries[key], **metadata)

    def hit(self, keys: str) -> None:
        for key in keys:
            self.policy.update_on_hit(key, self.entries)

    def evict(self, count: int) -> str:
        keys = self.policy.get_evict_candidates(self.entries, count)
        for key in keys:
            del self.entries[key]
        return "".join(keys)

    def test_each_order(self) -> None:
        for name, gone in (("LRU", "bcda"), ("FIFO", "abcd"), ("LFU", "bcda"), ("MRU", "adcb")):
            self.start(name, "abcd")
            self.hit("a")
            with self.subTest(name):
                self.assertEqual(self.evict(4), gone)

    def test_each_order_with_pins(self) -> None:
        for name, gone in (("LRU", "cd"), ("FIFO", "ac"), ("LFU", "cd"), ("MRU", "ad")):
            self.start(name, "abcd", pinned="b")
            self.hit("a")
            with self.subTest(name):
                self.assertEqual(self.evict(2), gone)

    def test_there_may_be_fewer_than_asked_for(self) -> None:
        self.start("LRU", "abc", pinned="b")
        self.assertEqual(self.evict(9), "ac")
        self.assertEqual(self.evict(1), "")
        self.entries["b"].can_evict = True
        self.assertEqual(self.evict(1), "b")

    def test_what_is_offered_and_stays_is_offered_again(self) -> None:
        self.start("LRU", "ab")
        self.assertEqual(self.policy.get_evict_candidates(self.entries, 1), ["a"])
        self.assertEqual(sorted(self.evict(2)), ["a", "b"])

    def test_what_was_taken_out_by_force_is_forgotten(self) -> None:
        self.start("LRU", "abc")
        del self.entries["a"]
        self.policy.update_on_force_evict("a")
        self.put("a")
        self.assertEqual(self.evict(3), "bca")

    def test_what_went_unsaid_is_passed_over(self) -> None:
        self.start("LRU", "abc")
        del self.entries["a"]
        self.assertEqual(self.evict(1), "b")

    def test_size_and_cost_count(self) -> None:
        self.start("HYPERBOLIC", "")
        self.put("a", size=100, total_request_tokens=10_000, chunk_start=0)
        self.put("b", size=100, total_request_tokens=300, chunk_start=0)
        self.put("c", size=10, total_request_tokens=300, chunk_start=0)
        self.assertEqual(self.evict(1), "b")
        self.policy.update_cost_observation("a", observed_recompute_tokens=5)
        self.assertEqual(self.evict(1), "a")

    def test_a_queue_with_second_chances(self) -> None:
        self.start("SIEVE", "abcd")
        self.hit("a")
        self.assertEqual(self.evict(2), "bc")

    def test_a_device_that_cannot_be_had_is_refused(self) -> None:
        with mock.patch.dict(os.environ, SQUELCH_DEVICE="gpu"), self.assertRaisesRegex(UnknownNameError, "There is no device 'gpu'"):
            self.start("LRU", "ab")
        with mock.patch.dict(os.environ, SQUELCH_DEVICE="require"), self.assertRaises(UnsupportedError):
            self.start("SIEVE", "ab")

    def test_own_names_stay(self) -> None:
        self.assertIs(self.engine.POLICY_MAPPING["LRU"], object)
        self.assertNotIn("SQUELCH_PRIORITY", self.engine.POLICY_MAPPING)
        with self.assertRaisesRegex(EngineError, "priority"):
            self.adapter.register("Priority")
        with self.assertRaises(UnknownNameError):
            self.adapter.register("Lruu")


class InterfaceTests(unittest.TestCase):
    def test_another_interface_is_an_error_at_start(self) -> None:
        self.addCleanup(doubles.forget, "lmcache")
        double.put(get_evict_candidates=lambda self, cache_dict, count: [])
        with self.assertRaisesRegex(EngineError, r"LMCache 0.0 \(double\).*get_evict_candidates takes"):
            importlib.import_module("squelch.lmcache")

    def test_no_table_is_an_error(self) -> None:
        self.addCleanup(doubles.forget, "lmcache")
        double.put(table=())
        with self.assertRaisesRegex(EngineError, "POLICY_MAPPING"):
            importlib.import_module("squelch.lmcache").register()
