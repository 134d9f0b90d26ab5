"""Numbers in: which kinds are taken as they lie, which are copied, which are refused."""

import unittest
from array import array

from squelch import ArgumentError
from squelch._buffers import address

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]


class BufferTests(unittest.TestCase):
    def test_arrays_are_taken_as_they_lie(self) -> None:
        for code, width in (("i", 4), ("q", 8), ("l", array("l").itemsize)):
            numbers = array(code, [1, 2, 3])
            start, bytes_each, count, _ = address(numbers)
            self.assertEqual((start, bytes_each, count), (numbers.buffer_info()[0], width, 3))

    def test_writable_memory_is_taken_as_it_lies(self) -> None:
        numbers = array("i", range(10))
        start, width, count, _ = address(memoryview(numbers)[2:5])
        self.assertEqual((start, width, count), (numbers.buffer_info()[0] + 8, 4, 3))

    def test_read_only_memory_is_copied(self) -> None:
        _, width, count, kept = address(memoryview(array("i", [7, 8]).tobytes()).cast("i"))
        self.assertEqual((width, count, kept.tolist()), (4, 2, [7, 8]))

    def test_what_yields_numbers_is_converted(self) -> None:
        for numbers in ([1, 2], (1, 2), range(1, 3), iter([1, 2])):
            _, width, count, kept = address(numbers)
            self.assertEqual((width, count, kept.tolist()), (4, 2, [1, 2]))

    def test_nothing_is_something(self) -> None:
        for numbers in ([], array("i"), memoryview(array("i"))):
            self.assertEqual(address(numbers)[2], 0)

    def test_other_types_are_refused(self) -> None:
        for numbers in (array("I", [1]), array("d", [1.0]), array("h", [1]), b"1234", "12", [1.5], [None], 7):
            with self.subTest(numbers), self.assertRaises(ArgumentError):
                address(numbers)

    def test_slices_with_steps_are_refused(self) -> None:
        with self.assertRaisesRegex(ArgumentError, "side by side.*copy"):
            address(memoryview(array("i", range(9)))[::2])

    def test_what_has_no_order_is_refused(self) -> None:
        for numbers in ({1, 2}, frozenset([1]), {1: 2}):
            with self.assertRaisesRegex(ArgumentError, "order"):
                address(numbers)

    def test_released_memory_is_refused(self) -> None:
        view = memoryview(array("i", [1]))
        view.release()
        with self.assertRaisesRegex(ArgumentError, "released"):
            address(view)

    def test_a_number_beyond_32_bits_is_refused(self) -> None:
        with self.assertRaisesRegex(ArgumentError, "32 bits"):
            address([1 << 40])

    @unittest.skipIf(numpy is None, "NumPy is not installed")
    def test_numpy_is_taken_as_it_lies(self) -> None:
        for type_, width in ((numpy.int32, 4), (numpy.int64, 8)):
            numbers = numpy.arange(10, dtype=type_)
            start, bytes_each, count, _ = address(numbers[3:])
            self.assertEqual((start, bytes_each, count), (numbers.ctypes.data + 3 * width, width, 7))
        frozen = numpy.arange(3, dtype=numpy.int32)
        frozen.flags.writeable = False
        self.assertEqual(address(frozen)[3].tolist(), [0, 1, 2])

    @unittest.skipIf(numpy is None, "NumPy is not installed")
    def test_numpy_of_other_kinds_is_refused(self) -> None:
        for numbers in (numpy.arange(4.0), numpy.arange(4, dtype=numpy.uint32), numpy.arange(4, dtype=numpy.int32).reshape(2, 2), numpy.arange(9)[::3]):
            with self.assertRaises(ArgumentError):
                address(numbers)
