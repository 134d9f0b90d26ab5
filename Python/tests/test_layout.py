"""The structs are laid out as a C compiler lays out squelch.h."""

import ctypes
import shutil
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

from squelch import _abi, _structs, pool
from squelch._structs import HintsStruct, LeaseStruct, ResultStruct, StatsStruct
from tests import HEADER

_CTYPES = {"sq_lease": LeaseStruct, "sq_result": ResultStruct, "sq_stats": StatsStruct, "sq_hints": HintsStruct}
_PACKED = {
    "sq_planned": (_structs.PLANNED, "tokens checkpoint"),
    "sq_action": (_structs.ACTION, "kind tokens handle other"),
    "sq_op": (_structs.OP, "kind slot parent end_tokens tokens flags bytes key now priority flops"),
    "sq_op_hints": (_structs.OP_HINTS, "kind category reserved[0] reserved[1] reserved[2] reserved[3] expires next_use session_gap priority turn"),
}
_KINDS = "INSERT HIT TOUCH RELEASE HOLD EDGE REMOVE EVICT ARRIVE HINTS"


def _offsets(packed: struct.Struct) -> list[int]:
    """Where each number of a packed struct begins."""
    text, places, offset = packed.format.lstrip("="), [], 0
    count = ""
    for letter in text:
        if letter.isdigit():
            count += letter
            continue
        for _ in range(int(count or 1)):
            places.append(offset)
            offset += struct.calcsize("=" + letter)
        count = ""
    return places


@unittest.skipUnless(shutil.which("cc") or shutil.which("gcc"), "there is no C compiler")
@unittest.skipUnless(HEADER.is_file(), "there is no Native/include/squelch.h beside this folder")
class LayoutTests(unittest.TestCase):
    def setUp(self) -> None:
        lines = ["#include <stddef.h>", "#include <stdio.h>", f'#include "{HEADER}"', "int main(void) {"]
        for name, type_ in _CTYPES.items():
            lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
            lines += [f'printf("{name}.{field[0]} %zu\\n", offsetof({name}, {field[0]}));' for field in type_._fields_]
        for name, (_, fields) in _PACKED.items():
            lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
            lines += [f'printf("{name}.{field} %zu\\n", offsetof({name}, {field}));' for field in fields.split()]
        lines += [f'printf("SQ_OP_{kind} %d\\n", SQ_OP_{kind});' for kind in _KINDS.split()]
        lines += [f'printf("{name} %d\\n", {name});' for name in ("SQ_ABI_MAJOR", "SQ_ABI_MINOR", "SQ_FLAG_CHECKPOINT", "SQ_FLAG_HELD", "SQ_NO_SLOT")]
        with tempfile.TemporaryDirectory() as folder:
            source, program = Path(folder, "layout.c"), Path(folder, "layout")
            source.write_text("\n".join([*lines, "return 0; }"]))
            subprocess.run([shutil.which("cc") or "gcc", str(source), "-o", str(program)], check=True)
            printed = subprocess.run([str(program)], check=True, capture_output=True, text=True).stdout
        self.said = {name: int(value) for name, value in (line.rsplit(" ", 1) for line in printed.splitlines())}

    def test_structs_are_laid_out_as_in_c(self) -> None:
        for name, type_ in _CTYPES.items():
            self.assertEqual(self.said[name], ctypes.sizeof(type_), name)
            for field in type_._fields_:
                self.assertEqual(self.said[f"{name}.{field[0]}"], getattr(type_, field[0]).offset, field)
        for name, (packed, fields) in _PACKED.items():
            self.assertEqual(self.said[name], packed.size, name)
            self.assertEqual([self.said[f"{name}.{field}"] for field in fields.split()], _offsets(packed), name)

    def test_numbers_are_those_of_the_header(self) -> None:
        for place, kind in enumerate(_KINDS.split(), start=1):
            self.assertEqual(self.said[f"SQ_OP_{kind}"], place)
            self.assertEqual(getattr(pool, f"_{kind}"), place)
        self.assertEqual((self.said["SQ_ABI_MAJOR"], self.said["SQ_ABI_MINOR"]), (_abi.ABI_MAJOR, _abi.ABI_MINOR))
        self.assertEqual((self.said["SQ_FLAG_CHECKPOINT"], self.said["SQ_FLAG_HELD"], self.said["SQ_NO_SLOT"]), (pool._CHECKPOINT, pool._HELD, pool.NO_SLOT))
