"""Run them from the folder above: `python3 -m unittest`. SQUELCH_NATIVE names a folder with the libraries that Native/publish.sh
makes, SQUELCH_LIBRARY one of them; without either, those in squelch/_native are taken."""

import os
import unittest
from pathlib import Path

from squelch._abi import _FOLDER, _flags, level_of

if "SQUELCH_NATIVE" in os.environ and "SQUELCH_LIBRARY" not in os.environ:
    for _level in range(level_of(_flags()), 1, -1):
        _path = Path(os.environ["SQUELCH_NATIVE"], f"libsquelch.x86-64-v{_level}.so")
        if _path.is_file():
            os.environ["SQUELCH_LIBRARY"] = str(_path)
            break

if "SQUELCH_NATIVE" not in os.environ and "SQUELCH_LIBRARY" not in os.environ and not _FOLDER.is_dir():
    raise unittest.SkipTest("there is no library: make it with Native/publish.sh FOLDER, and name the folder in SQUELCH_NATIVE")

HEADER = Path(__file__).resolve().parents[2] / "Native" / "include" / "squelch.h"
