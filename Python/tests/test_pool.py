"""A pool of victims: what is told, and what goes."""

import random
import sys
import threading
import unittest
from array import array

from squelch import ArgumentError, Hints, StateError, TooFewError, UnknownNameError, UnsupportedError, VictimPool


def filled(policy: str = "Lru", count: int = 5, **options: object) -> VictimPool:
    """Slots 0 .. count - 1, used in that order."""
    pool = VictimPool(policy, slots=100, **options)  # type: ignore[arg-type]
    for slot in range(count):
        pool.insert(slot, now=slot, bytes=10, flops=1.0)
    return pool


class VictimTests(unittest.TestCase):
    def test_victims_are_the_same_with_a_device_or_without_one(self) -> None:
        self.assertEqual(filled("Hyperbolic", device="auto").evict(5, now=9).tolist(), filled("Hyperbolic").evict(5, now=9).tolist())

    def test_a_device_that_cannot_be_had_is_refused(self) -> None:
        with self.assertRaisesRegex(UnknownNameError, "There is no device 'gpu'"):
            filled(device="gpu")
        with self.assertRaisesRegex(UnsupportedError, "SieveSelector has no kernel|There is no GPU here|The CUDA driver could not"):
            filled("Sieve", device="require")

    def test_the_least_recently_used_goes(self) -> None:
        pool = filled()
        pool.hit(0, now=10)
        self.assertEqual(pool.peek(2, now=10).tolist(), [1, 2])
        self.assertEqual(pool.evict(2, now=10).tolist(), [1, 2])
        self.assertEqual(pool.evict(3, now=10).tolist(), [3, 4, 0])

    def test_a_formula_weighs_cost_and_size(self) -> None:
        pool = VictimPool("Gdsf", slots=10)
        for slot, (size, cost) in enumerate([(10, 5.0), (1, 5.0), (10, 50.0)]):
            pool.insert(slot, now=0, bytes=size, flops=cost)
        self.assertEqual(pool.evict(1, now=1).tolist(), [0])

    def test_kept_slots_do_not_go(self) -> None:
        for keep in ([0, 1], array("i", [0, 1]), array("q", [0, 1])):
            self.assertEqual(filled().evict(2, now=9, keep=keep).tolist(), [2, 3])

    def test_held_entries_do_not_go(self) -> None:
        pool = filled()
        pool.hold(0)
        pool.insert(9, now=9, held=True)
        self.assertEqual((pool.count(), pool.candidates()), (6, 4))
        self.assertEqual(pool.peek(99, now=9).tolist(), [1, 2, 3, 4])
        pool.release(9)
        pool.release(0)
        self.assertEqual(pool.peek(99, now=9).tolist(), [0, 1, 2, 3, 4, 9])

    def test_too_many_changes_nothing(self) -> None:
        pool = filled()
        with self.assertRaises(TooFewError):
            pool.evict(6, now=9)
        self.assertIsNone(pool.try_evict(5, now=9, keep=[1]))
        self.assertEqual(pool.evict(5, now=9).tolist(), [0, 1, 2, 3, 4])

    def test_a_parent_goes_after_its_last_child(self) -> None:
        pool = VictimPool("Lru", slots=10)
        pool.insert(0, now=0, tokens=8)
        pool.insert(1, now=1, tokens=8, parent=0)
        pool.insert(2, now=2, tokens=8, parent=1)
        self.assertEqual((pool.count(), pool.candidates()), (3, 1))
        self.assertEqual(pool.evict(3, now=3).tolist(), [2, 1, 0])

    def test_none_can_be_asked_for(self) -> None:
        self.assertEqual(filled().evict(0, now=9).tolist(), [])
        with self.assertRaises(ArgumentError):
            filled().evict(-1, now=9)

    def test_more_than_there_can_be_takes_no_room(self) -> None:
        pool = filled()
        for many in (10**10, (1 << 63) - 1):
            self.assertIsNone(pool.try_evict(many, now=9))
            self.assertEqual(pool.peek(many, now=9).tolist(), [0, 1, 2, 3, 4])
        for wrong in ((1 << 64) + 1, "1", 1.0, None):
            for ask in (pool.evict, pool.peek, pool.try_evict):
                with self.subTest(wrong), self.assertRaisesRegex(ArgumentError, "^count is"):
                    ask(wrong, now=9)
        self.assertEqual(pool.count(), 5)

    def test_a_time_that_is_none_is_refused(self) -> None:
        for wrong in ("9", None, 10**400):
            for ask in (lambda: filled().evict(1, now=wrong), lambda: filled().peek(1, now=wrong), lambda: filled("Gdsf").score([0], now=wrong)):
                with self.subTest(wrong), self.assertRaisesRegex(ArgumentError, "^now is"):
                    ask()

    def test_slots_to_keep_may_be_a_set(self) -> None:
        self.assertEqual(filled().evict(2, now=9, keep={1, 0}).tolist(), [2, 3])

    def test_hints_are_of_the_accesses_that_follow(self) -> None:
        pool = VictimPool("Priority", slots=10)
        pool.hints(Hints(priority=7))
        pool.insert(0, now=0)
        pool.hints(None)
        pool.insert(1, now=1)
        self.assertEqual(pool.peek(2, now=1).tolist(), [1, 0])
        with self.assertRaisesRegex(ArgumentError, "flops"):
            pool.hints(Hints(cost=1))
        with self.assertRaisesRegex(ArgumentError, "Hints\\("):
            pool.hints({"priority": 1})  # type: ignore[arg-type]
        pool.hints(Hints(priority=-1))
        with self.assertRaisesRegex(ArgumentError, "'priority' lies between 0 and 9007199254740991; give infinity"):
            pool.flush()
        with self.assertRaisesRegex(ArgumentError, "category.*int32"):
            pool.hints(Hints(category=1e12))

    def test_ghosts_are_remembered_by_their_keys(self) -> None:
        pool = VictimPool("WTinyLfu", slots=1000)
        for slot in range(200):
            pool.insert(slot, now=slot, key=slot + 1)
        self.assertEqual(len(set(pool.evict(100, now=300).tolist())), 100)


class QuestionTests(unittest.TestCase):
    def test_scores_are_the_formula(self) -> None:
        pool = VictimPool("Gdsf", slots=10)
        pool.insert(0, now=0, bytes=10, flops=5.0)
        pool.insert(1, now=0, bytes=10, flops=20.0)
        low, high = pool.score([0, 1], now=1)
        self.assertEqual(high / low, 4)
        with self.assertRaises(ArgumentError):
            pool.score([2], now=1)

    def test_a_policy_that_is_no_formula_has_no_scores(self) -> None:
        with self.assertRaises(UnsupportedError):
            filled("Sieve").score([0], now=9)

    def test_tunables_can_be_set_anew(self) -> None:
        pool = VictimPool("Marconi", slots=10, tunables={"alpha": 0})
        pool.insert(0, now=0, bytes=1, flops=1000.0)
        pool.insert(1, now=5, bytes=1000, flops=1.0)
        pool.insert(2, now=6, bytes=1000, flops=2.0)
        self.assertEqual(pool.peek(1, now=7).tolist(), [0])
        pool.retune([2.0])
        self.assertNotEqual(pool.peek(1, now=7).tolist(), [0])
        for wrong in ([3.0], ["2"], {"alpha": 2.0}, None, [float("nan")]):
            with self.subTest(wrong), self.assertRaises(ArgumentError):
                pool.retune(wrong)

    def test_clear_forgets(self) -> None:
        pool = filled()
        pool.clear()
        self.assertEqual((pool.count(), pool.peek(1, now=9).tolist()), (0, []))
        pool.insert(0, now=9)
        self.assertEqual(pool.count(), 1)

    def test_what_a_queue_has_looked_at_is_not_told_ahead(self) -> None:
        pool = filled("Sieve")
        self.assertEqual(len(pool.peek(1, now=9)), 1)
        with self.assertRaises(UnsupportedError):
            pool.peek(2, now=9)


class LogTests(unittest.TestCase):
    def test_many_are_the_same_as_one_by_one(self) -> None:
        chance = random.Random(1)
        one, many = VictimPool("Lfu", slots=500), VictimPool("Lfu", slots=500)
        slots = array("i", range(200))
        ends, keys = array("i", [16] * 200), array("Q", [1 << 63 | slot for slot in slots])
        many.insert_all(slots, now=0, ends=ends, keys=keys, tokens=16, bytes=64)
        for now, slot in enumerate(slots):
            one.insert(slot, now=now, end_tokens=16, tokens=16, bytes=64, key=keys[now])
        used, held = array("i", chance.choices(slots, k=300)), array("i", [3, 1, 4])
        many.hit_all(used, now=200)
        many.touch_all(held, now=500)
        many.hold_all(held)
        many.release_all(held[1:])
        for now, slot in enumerate(used):
            one.hit(slot, now=200 + now)
        for now, slot in enumerate(held):
            one.touch(slot, now=500 + now)
            one.hold(slot)
        one.release(1)
        one.release(4)
        self.assertEqual(one.evict(199, now=600).tolist(), many.evict(199, now=600).tolist())

    def test_faults_name_their_place(self) -> None:
        cases = {
            "slot 0 is taken": lambda pool: pool.insert(0, now=9),
            "slot 7 is free": lambda pool: pool.hit(7, now=9),
            "slot 100 ": lambda pool: pool.insert(100, now=9),
            "back": lambda pool: pool.hit(0, now=1),
            "(?i)time|number": lambda pool: pool.insert(8, now=float("nan")),
            "(?i)flops|cost|number": lambda pool: pool.insert(8, now=9, flops=float("nan")),
        }
        for said, tell in cases.items():
            pool = filled()
            pool.hit(2, now=9)
            tell(pool)
            with self.subTest(said), self.assertRaisesRegex(ArgumentError, said):
                pool.flush()
            self.assertEqual(pool.evict(5, now=9).tolist(), [0, 1, 3, 4, 2])

    def test_numbers_that_do_not_fit_are_refused_at_once(self) -> None:
        pool = filled()
        for tell in (
            lambda: pool.insert(1 << 31, now=9),
            lambda: pool.insert(8, now=9, bytes=1 << 63),
            lambda: pool.hit(1.5, now=9),
            lambda: pool.hit(0, now="9"),
            lambda: pool.insert(8, now=9, key=1 << 64),
            lambda: pool.insert(8, now=9, key="name"),
            lambda: pool.insert(8, now=9, key=""),
            lambda: pool.arrive(1.5, now=9),
            lambda: pool.insert_all(array("i", [8]), now=9, bytes=1 << 63),
            lambda: pool.insert_all(array("i", [8, 9]), now=9, parents=array("i", [0])),
            lambda: pool.insert_all(array("i", [8]), now=9, keys=array("q", [1])),
            lambda: pool.hit_all([0, 1], now=9),
            lambda: pool.hit_all(array("q", [0]), now=9),
            lambda: pool.touch_all(array("i", [0]), now="9"),
            lambda: pool.hold_all(None),
        ):
            with self.assertRaises(ArgumentError):
                tell()
        self.assertEqual(pool.count(), 5)

    def test_no_note_of_two_threads_is_lost_without_a_word(self) -> None:
        pool = VictimPool("Fifo", slots=1 << 16)
        refused = []
        interval = sys.getswitchinterval()

        def note(first: int) -> None:
            for slot in range(first, first + 10_000):
                try:
                    pool.insert(slot, now=0)
                except StateError:
                    refused.append(slot)

        threads = [threading.Thread(target=note, args=(first,)) for first in (0, 10_000, 20_000)]
        sys.setswitchinterval(1e-6)
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            sys.setswitchinterval(interval)
        self.assertEqual(pool.count() + len(refused), 30_000)

    def test_a_long_log_is_kept_whole(self) -> None:
        pool = VictimPool("Fifo", slots=5000)
        for slot in range(5000):
            pool.insert(slot, now=slot)
        self.assertEqual(pool.evict(5000, now=5000).tolist(), list(range(5000)))

    def test_a_closed_pool_says_so(self) -> None:
        with filled() as pool:
            pass
        pool.insert(9, now=9)
        for ask in (pool.flush, lambda: pool.evict(1, now=9), pool.count, lambda: pool.score([0], now=9), pool.clear):
            pool.insert(9, now=9)
            with self.assertRaisesRegex(StateError, "pool is closed"):
                ask()
        pool.close()

    def test_unknown_names(self) -> None:
        with self.assertRaisesRegex(UnknownNameError, "Hyperbolic"):
            VictimPool("Hyperbollic", slots=1)
        with self.assertRaises(ArgumentError):
            VictimPool("Lru", slots=0)
