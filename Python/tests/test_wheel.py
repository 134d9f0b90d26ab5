"""The wheel: what is in it, that it is the same each time, and that what it unpacks to runs."""

import base64
import csv
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import wheel

LIBRARIES = os.environ.get("SQUELCH_NATIVE", "")


@unittest.skipUnless(
    LIBRARIES and all(Path(LIBRARIES, f"libsquelch.x86-64-v{level}.so").is_file() for level in wheel.LEVELS),
    "SQUELCH_NATIVE names no folder with the libraries of all levels",
)
class WheelTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.wheel = wheel.build(self.folder, Path(LIBRARIES))

    def test_the_record_is_of_what_is_in_it(self) -> None:
        with zipfile.ZipFile(self.wheel) as archive:
            names = archive.namelist()
            record = archive.read(f"squelch-{wheel.version()}.dist-info/RECORD").decode()
            rows = {name: (digest, size) for name, digest, size in csv.reader(io.StringIO(record))}
            self.assertEqual(sorted(rows), sorted(names))
            for name in names[:-1]:
                content = archive.read(name)
                digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                self.assertEqual(rows[name], (f"sha256={digest}", str(len(content))))
        self.assertIn("squelch/py.typed", names)
        self.assertEqual(sum(name.endswith(".so") for name in names), 3)
        self.assertFalse([name for name in names if "test" in name or "__pycache__" in name or "peers" in name])

    def test_it_is_the_same_each_time(self) -> None:
        again = wheel.build(self.folder / "again", Path(LIBRARIES))
        self.assertEqual(again.read_bytes(), self.wheel.read_bytes())

    def test_unpacked_it_runs(self) -> None:
        with zipfile.ZipFile(self.wheel) as archive:
            archive.extractall(self.folder / "site")
        environment = {name: value for name, value in os.environ.items() if name != "SQUELCH_LIBRARY"} | {"PYTHONPATH": str(self.folder / "site")}
        said = subprocess.run([sys.executable, "-m", "squelch"], cwd=self.folder, env=environment, capture_output=True, text=True)
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertRegex(said.stdout, r"^.*/site/squelch/_native/libsquelch\.x86-64-v(\d)\.so \(x86-64-v\1\)\n")
        self.assertIn("\nMarconi ", said.stdout)

    def test_pip_installs_it_offline(self) -> None:
        pip = [sys.executable, "-m", "pip"]
        if subprocess.run([*pip, "--version"], capture_output=True).returncode != 0:
            self.skipTest("pip is not installed")
        target = self.folder / "target"
        done = subprocess.run([*pip, "install", "--no-index", "--target", str(target), str(self.wheel)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        points = (target / f"squelch-{wheel.version()}.dist-info" / "entry_points.txt").read_text()
        self.assertEqual(points, "[sglang.srt.plugins]\nsquelch = squelch.sglang_plugin:register\n")


class RefusalTests(unittest.TestCase):
    def test_a_library_that_is_missing(self) -> None:
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(SystemExit, "v2.so is not there.*publish.sh"):
            wheel.build(Path(folder), Path(folder))

    def test_a_library_that_the_tag_does_not_allow(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for level in wheel.LEVELS:
                Path(folder, f"libsquelch.x86-64-v{level}.so").write_bytes(b"\0GLIBC_2.2.5\0GLIBC_2.38\0")
            with self.assertRaisesRegex(SystemExit, "GLIBC 2.38.*2.34"):
                wheel.build(Path(folder, "out"), Path(folder))
