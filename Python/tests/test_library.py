"""Which library is loaded, and what is said where none can be."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from squelch import LibraryError, _abi


class ChoiceTests(unittest.TestCase):
    def test_each_level_needs_all_flags_of_those_below(self) -> None:
        v2 = {"cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"}
        v3 = v2 | {"avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"}
        v4 = v3 | {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}
        self.assertEqual([_abi.level_of(flags) for flags in (set(), v2, v3, v4)], [1, 2, 3, 4])
        self.assertEqual(_abi.level_of(v4 - {"ssse3"}), 1)
        self.assertEqual(_abi.level_of(v4 - {"fma"}), 2)

    def test_the_best_library_that_the_processor_can_run_is_chosen(self) -> None:
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(_abi, "_FOLDER", Path(folder)), mock.patch.dict(os.environ):
            os.environ.pop("SQUELCH_LIBRARY", None)
            for level in (2, 3, 4):
                Path(folder, f"libsquelch.x86-64-v{level}.so").touch()
            with mock.patch.object(_abi, "level_of", return_value=3):
                self.assertEqual(_abi._choose().name, "libsquelch.x86-64-v3.so")
            with mock.patch.object(_abi, "level_of", return_value=1), self.assertRaisesRegex(LibraryError, "level 1 .* SQUELCH_LIBRARY"):
                _abi._choose()

    def test_another_machine_is_refused_with_the_remedy(self) -> None:
        with mock.patch.dict(os.environ), mock.patch("platform.machine", return_value="aarch64"):
            os.environ.pop("SQUELCH_LIBRARY", None)
            with self.assertRaisesRegex(LibraryError, "aarch64.*Squelch.Native"):
                _abi._choose()


class CommandTests(unittest.TestCase):
    def run_it(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        folder = Path(_abi.__file__).parents[1]
        command = [sys.executable, "-m", "squelch", *arguments]
        return subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False)

    def test_it_tells_the_library_and_the_policies(self) -> None:
        done = self.run_it()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        first, *rest = done.stdout.splitlines()
        self.assertRegex(first, r"\.so \(x86-64-v[234]\)$")
        self.assertIn("Marconi", [line.split()[0] for line in rest])

    def test_a_fault_is_a_line(self) -> None:
        for done in (self.run_it(SQUELCH_LIBRARY="/nowhere/mine.so"), self.run_it("--list")):
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertRegex(done.stderr, r"^error: .*SQUELCH_LIBRARY.*\n$")

    def test_a_reader_may_have_enough(self) -> None:
        read, write = os.pipe()
        os.close(read)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "squelch"], cwd=Path(_abi.__file__).parents[1], stdout=write, stderr=subprocess.PIPE, text=True, check=False
            )
        finally:
            os.close(write)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


class FaultTests(unittest.TestCase):
    def test_a_named_library_that_is_not_there(self) -> None:
        with mock.patch.dict(os.environ, SQUELCH_LIBRARY="/nowhere/mine.so"), self.assertRaisesRegex(LibraryError, "/nowhere/mine.so.*dotnet publish"):
            _abi.load()

    def test_a_name_without_a_folder_is_of_this_folder(self) -> None:
        before = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                # The system has a library of that name, too.
                Path("libc.so.6").write_bytes(b"")
                with mock.patch.dict(os.environ, SQUELCH_LIBRARY="libc.so.6"), self.assertRaisesRegex(LibraryError, "file too short"):
                    _abi.load()
            finally:
                os.chdir(before)

    def test_a_path_that_is_none(self) -> None:
        with self.assertRaisesRegex(LibraryError, "no path"):
            _abi.load(5)  # type: ignore[arg-type]

    def test_a_file_that_is_no_library(self) -> None:
        with tempfile.NamedTemporaryFile(suffix=".so") as file, self.assertRaisesRegex(LibraryError, "cannot be loaded"):
            _abi.load(file.name)

    @unittest.skipUnless(shutil.which("cc") or shutil.which("gcc"), "there is no C compiler")
    def test_a_library_of_another_version(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for version, said in ((0x20000, "interface 2.0"), (0x0FFFF, "interface 0.65535")):
                source, library = Path(folder, "other.c"), Path(folder, f"other{version}.so")
                source.write_text(f"unsigned sq_abi_version(void) {{ return {version}; }}\n")
                subprocess.run([shutil.which("cc") or "gcc", "-shared", "-fPIC", str(source), "-o", str(library)], check=True)
                with self.assertRaisesRegex(LibraryError, said):
                    _abi.load(library)

    @unittest.skipUnless(shutil.which("cc") or shutil.which("gcc"), "there is no C compiler")
    def test_a_library_that_lacks_a_call(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            source, library = Path(folder, "half.c"), Path(folder, "half.so")
            source.write_text("unsigned sq_abi_version(void) { return 0x10000; }\n")
            subprocess.run([shutil.which("cc") or "gcc", "-shared", "-fPIC", str(source), "-o", str(library)], check=True)
            with self.assertRaisesRegex(LibraryError, "undefined symbol: sq_.*Squelch.Native"):
                _abi.load(library)
