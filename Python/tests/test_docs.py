"""The examples in the docs and in the package do what they show."""

import doctest
import importlib
import pkgutil
import sys
import unittest
from pathlib import Path

import squelch

ROOT = Path(__file__).resolve().parents[2]
ENGINES = {"squelch.vllm", "squelch.vllm_spec", "squelch.sglang", "squelch.lmcache", "squelch.__main__"}


def load_tests(loader: unittest.TestLoader, tests: unittest.TestSuite, pattern: str | None) -> unittest.TestSuite:
    for module in pkgutil.iter_modules(squelch.__path__, "squelch."):
        if module.name not in ENGINES:
            importlib.import_module(module.name)
            tests.addTests(doctest.DocTestSuite(sys.modules[module.name]))
    page = ROOT / "docs" / "how-to" / "use-from-python.md"
    if page.is_file():
        tests.addTests(doctest.DocFileSuite(str(page), module_relative=False))
    return tests
