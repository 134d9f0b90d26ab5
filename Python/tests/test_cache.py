"""A prefix cache, from a lookup to what the engine has to do."""

import copy
import gc
import pickle
import threading
import unittest
import warnings
from array import array
from pathlib import Path

from squelch import ActionKind, ArgumentError, Hints, Lease, PrefixCache, StateError, UnknownNameError, UnsupportedError, VictimPool

PROMPT = array("i", range(100))


def small(**options: object) -> PrefixCache:
    """A cache of single keys: a byte per token, so that sizes are plain."""
    return PrefixCache(**{"policy": "Lru", "capacity": 150, "model": "keys", **options})  # type: ignore[arg-type]


class RequestTests(unittest.TestCase):
    def test_what_was_committed_is_found(self) -> None:
        cache = PrefixCache("Marconi", capacity=1 << 33, model="marconi-7b")
        with cache.lookup(PROMPT) as lease:
            self.assertEqual((lease.hit_tokens, lease.branch_tokens), (0, 0))
            whole = PROMPT + array("i", [7, 8, 9])
            planned = lease.plan(whole)
            self.assertEqual([(node.tokens, node.checkpoint) for node in planned], [(103, True)])
            result = lease.commit(whole, handles=[41])
        self.assertTrue(result.admitted)
        self.assertEqual(result.actions, [])
        with cache.lookup(whole + array("i", [1])) as lease:
            self.assertEqual(lease.hit_tokens, 103)
        stats = cache.stats()
        self.assertEqual((stats.lookups, stats.open_leases, stats.nodes, stats.checkpoints), (2, 0, 1, 1))

    def test_all_kinds_of_numbers_find_the_same(self) -> None:
        cache = PrefixCache("Lru", capacity=1 << 33, model="marconi-7b")
        cache.lookup(PROMPT).commit(PROMPT)
        for same in (PROMPT.tolist(), array("q", PROMPT), memoryview(PROMPT), range(100)):
            with cache.lookup(same) as lease:
                self.assertEqual(lease.hit_tokens, 100)

    def test_what_is_evicted_is_named_by_its_handle(self) -> None:
        cache = PrefixCache("Lru", capacity=2 * _bytes_of(100), model="marconi-7b")
        freed = []
        for number in range(3):
            tokens = array("i", range(1000 * number, 1000 * number + 100))
            with cache.lookup(tokens) as lease:
                freed += lease.commit(tokens, handles=[number + 1]).actions
        self.assertEqual([(each.kind, each.tokens, each.handle) for each in freed], [(ActionKind.FREE, 100, 1)])

    def test_spaces_do_not_mix(self) -> None:
        cache = PrefixCache("Lru", capacity=1 << 33, model="marconi-7b")
        cache.lookup(PROMPT, space=1).commit(PROMPT)
        for space, found in ((2, 0), (1, 100), (0, 0)):
            with cache.lookup(PROMPT, space=space) as lease:
                self.assertEqual(lease.hit_tokens, found)
        for wrong in ((1 << 64) + 1, 1 << 63, "", "tenant", None, 1.0):
            with self.subTest(wrong), self.assertRaisesRegex(ArgumentError, "^space is"):
                cache.lookup(PROMPT, space=wrong)

    def test_numbers_are_not_cut_short(self) -> None:
        cache = PrefixCache("Lru", capacity=1 << 33, model="marconi-7b")
        with cache.lookup(PROMPT) as lease:
            for wrong in (1 << 32, "", 1.5, None):
                for call in (lambda: cache.lookup(PROMPT, tokens=wrong), lambda: lease.plan(PROMPT, tokens=wrong), lambda: lease.commit(PROMPT, tokens=wrong)):
                    with self.subTest(wrong), self.assertRaisesRegex(ArgumentError, "^tokens is"):
                        call()
            for wrong in ((1 << 64) - 1, 1 << 63, float("nan"), "1"):
                for call in (lambda: cache.lookup(PROMPT, now=wrong), lambda: lease.commit(PROMPT, now=wrong)):
                    with self.subTest(wrong), self.assertRaisesRegex(ArgumentError, "^now is"):
                        call()
        self.assertEqual(cache.stats().open_leases, 0)

    def test_what_is_no_hints_is_refused(self) -> None:
        for wrong in ("", b"", {"priority": 1}, {}, Lease(), 0):
            with self.subTest(wrong), self.assertRaisesRegex(ArgumentError, "^hints is .*Hints\\("):
                small().lookup(PROMPT, hints=wrong)  # type: ignore[arg-type]
        for wrong in ({"priority": "high"}, {"category": 1.5}, {"category": float("nan")}, {"turn": None, "cost": []}):
            with self.subTest(wrong), self.assertRaises(ArgumentError):
                Hints(**wrong)

    def test_hints_count(self) -> None:
        cache = PrefixCache("Priority", capacity=2 * _bytes_of(100), model="marconi-7b")
        freed = []
        for number, priority in ((1, 5.0), (2, 1.0), (3, 5.0)):
            tokens = array("i", range(1000 * number, 1000 * number + 100))
            freed += cache.lookup(tokens, hints=Hints(priority=priority)).commit(tokens, handles=[number]).actions
        self.assertEqual([each.handle for each in freed], [2])


class LeaseTests(unittest.TestCase):
    def setUp(self) -> None:
        self.cache = PrefixCache("Lru", capacity=1 << 33, model="marconi-7b")

    def test_a_block_without_commit_abandons(self) -> None:
        with self.cache.lookup(PROMPT) as lease:
            self.assertTrue(lease.open)
        self.assertFalse(lease.open)
        self.assertEqual(self.cache.stats().open_leases, 0)

    def test_a_block_that_raises_abandons(self) -> None:
        with self.assertRaises(KeyError), self.cache.lookup(PROMPT):
            raise KeyError
        self.assertEqual(self.cache.stats().open_leases, 0)

    def test_a_lease_ends_once(self) -> None:
        lease = self.cache.lookup(PROMPT)
        lease.commit(PROMPT)
        for again in (lambda: lease.commit(PROMPT), lease.abandon, lambda: lease.plan(PROMPT)):
            with self.assertRaises(StateError):
                again()

    def test_handles_of_all_kinds(self) -> None:
        for first, handles in enumerate(([5], (5,), range(5, 6), array("q", [5]))):
            tokens = array("i", [1000 + first, 7])
            self.assertTrue(self.cache.lookup(tokens).commit(tokens, handles=handles).admitted)
        for wrong in ([1 << 63], [1.5], ["5"], 5, (each for each in [5]), {5: 1}, {5}):
            with self.cache.lookup(PROMPT) as lease, self.assertRaises(ArgumentError):
                lease.commit(PROMPT, handles=wrong)

    def test_a_plan_has_all_its_nodes(self) -> None:
        self.cache.lookup(PROMPT).commit(PROMPT)
        forked = PROMPT[:60] + array("i", [7] * 50)
        with self.cache.lookup(forked) as lease:
            nodes = lease.plan(forked)
            self.assertEqual([node.tokens for node in nodes], [60, 110])
            self.assertEqual(lease.plan(forked), nodes)
            self.assertTrue(lease.commit(forked, handles=range(2)).admitted)

    def test_a_commit_that_cannot_be_leaves_the_lease_open(self) -> None:
        lease = self.cache.lookup(PROMPT)
        with self.assertRaisesRegex(ArgumentError, "ask Plan for the nodes right before Commit\\.$"):
            lease.commit(PROMPT, handles=[1, 2, 3])
        self.assertTrue(lease.open)
        self.assertTrue(lease.commit(PROMPT, handles=[1]).admitted)


    def test_a_lease_of_no_lookup_says_so(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for call in (lambda: Lease().plan(PROMPT), lambda: Lease().commit(PROMPT), lambda: Lease().abandon()):
                with self.assertRaisesRegex(StateError, "lookup"):
                    call()

    def test_a_lease_that_is_dropped_is_told(self) -> None:
        with self.assertWarnsRegex(RuntimeWarning, "dropped.*with"):
            self.cache.lookup(PROMPT)
            gc.collect()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.cache.lookup(PROMPT).commit(PROMPT)
            lease = self.cache.lookup(PROMPT)
            self.cache.close()
            del lease
            gc.collect()

    def test_there_are_no_copies(self) -> None:
        with self.cache.lookup(PROMPT) as lease:
            for one in (self.cache, lease, VictimPool("Lru", slots=9)):
                for call in (copy.copy, copy.deepcopy, pickle.dumps):
                    with self.subTest(one), self.assertRaisesRegex(UnsupportedError, "copied"):
                        call(one)

    def test_a_second_thread_does_not_get_the_actions_of_the_first(self) -> None:
        first, second = self.cache.lookup(PROMPT), self.cache.lookup(PROMPT)
        commit, faults = self.cache._commit, []

        def other() -> None:
            for call in (lambda: second.commit(PROMPT), second.abandon, lambda: second.plan(PROMPT)):
                with self.assertRaisesRegex(StateError, "lock") as raised:
                    call()
                faults.append(raised.exception)

        def interrupted(*arguments: object) -> int:
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
            return commit(*arguments)

        self.cache._commit = interrupted
        self.assertTrue(first.commit(PROMPT).admitted)
        self.cache._commit = commit
        self.assertEqual(len(faults), 3)
        self.assertTrue(second.commit(PROMPT).admitted)

    def test_a_commit_of_another_input_is_refused(self) -> None:
        lease = self.cache.lookup(PROMPT)
        other = array("i", PROMPT)
        other[0] += 1
        with self.assertRaisesRegex(ArgumentError, "does not begin with"):
            lease.commit(other, handles=[1])
        self.assertTrue(lease.open)
        lease.abandon()


class OpeningTests(unittest.TestCase):
    def test_unknown_names_offer_the_nearest(self) -> None:
        with self.assertRaisesRegex(UnknownNameError, "Marconi"):
            small(policy="Marcony")
        with self.assertRaisesRegex(UnknownNameError, "(?i)alpha"):
            small(policy="Marconi", tunables={"alfa": 1})
        with self.assertRaises(UnknownNameError):
            small(model="marconi-8b")

    def test_values_that_cannot_be_are_refused(self) -> None:
        for options in ({"capacity": -1}, {"tunables": {"alpha": 3}, "policy": "Marconi"}, {"page": 0}):
            with self.subTest(options), self.assertRaises(ArgumentError):
                small(**options)

    def test_options_of_other_types_are_refused(self) -> None:
        for options in ({"policy": b"Lru"}, {"model": object()}, {"capacity": float("nan")}, {"policy": "Marconi", "tunables": {"alpha": float("nan")}}):
            with self.subTest(options), self.assertRaisesRegex(ArgumentError, "Pass texts, finite numbers"):
                small(**options)
        with self.assertRaisesRegex(UnknownNameError, "/nowhere.json.*no such file"):
            small(model=Path("/nowhere.json"))

    def test_a_closed_cache_says_so(self) -> None:
        with small() as cache:
            lease = cache.lookup(PROMPT)
        cache.close()
        for call in (lambda: cache.lookup(PROMPT), cache.stats, lambda: lease.commit(PROMPT), lambda: lease.plan(PROMPT), lease.abandon):
            with self.assertRaisesRegex(StateError, "cache is closed"):
                call()


def _bytes_of(tokens: int) -> int:
    """What a leaf of a number of tokens holds, by a cache that has one."""
    cache = PrefixCache("Lru", capacity=1 << 40, model="marconi-7b")
    numbers = array("i", range(tokens))
    cache.lookup(numbers).commit(numbers)
    return cache.stats().bytes
