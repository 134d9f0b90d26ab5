"""What the library says of its policies."""

import unittest

from squelch import UnknownNameError, policies
from squelch.policies import policy_named


class PolicyTests(unittest.TestCase):
    def test_marconi_is_as_it_is_written(self) -> None:
        marconi = policies()["Marconi"]
        self.assertEqual(marconi.features, ("now", "lastAccess", "flopsSaved", "bytesHeld"))
        self.assertEqual([(each.name, each.min, each.max, each.default) for each in marconi.tunables], [("Alpha", 0, 2, 0)])
        self.assertFalse(marconi.needs_future)
        self.assertTrue(policies()["Belady"].needs_future)

    def test_a_policy_that_is_no_formula_has_no_features(self) -> None:
        self.assertEqual(policies()["Sieve"].formula, ())

    def test_names_are_found_in_any_case_and_near(self) -> None:
        self.assertEqual(policy_named("marCONI").name, "Marconi")
        with self.assertRaisesRegex(UnknownNameError, "'Hyperbolik'.*Hyperbolic"):
            policy_named("Hyperbolik")
