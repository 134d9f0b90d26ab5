"""Whole numbers in: where they lie, without a copy wherever that can be."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable
from operator import index
from typing import Any, Union

from squelch.errors import ArgumentError

Numbers = Union["array[int]", memoryview, Iterable[int], Any]
"""An array('i') or array('q'), a memoryview or NumPy array of int32 or int64, or anything that yields ints (which is copied)."""

_NOTHING = ctypes.c_char * 0
_WIDTHS = {"i": 4, "l": array("l").itemsize, "q": 8}


def whole(name: str, value: Any, bits: int) -> int:
    """A whole number of so many bits, its sign included: ctypes would cut a longer one short without a word.

    :param name: of the argument, for the message.
    :raises ArgumentError: it is of another type, or beyond those bits.
    """
    try:
        number = index(value)
    except TypeError as fault:
        raise ArgumentError(f"{name} is {value!r}. Pass a whole number.") from fault
    if not -1 << (bits - 1) <= number < 1 << (bits - 1):
        raise ArgumentError(f"{name} is {number}, which is beyond int{bits}. Pass a smaller number.")
    return number


def require_order(numbers: Any) -> None:
    """Refuses what yields its numbers in an order of its own.

    :raises ArgumentError: it is a set or a dict.
    """
    if isinstance(numbers, (set, frozenset, dict)):
        raise ArgumentError(f"A {type(numbers).__name__} does not keep numbers in your order. Pass an array('i') or a list.")


def address(numbers: Numbers) -> tuple[int, int, int, Any]:
    """Where whole numbers lie: address, bytes per number, count, and what must be kept until the call is over.

    :raises ArgumentError: they are of another type, of more than one dimension, or do not lie side by side.
    """
    if type(numbers) is array and numbers.typecode in _WIDTHS:
        start, count = numbers.buffer_info()
        return start, numbers.itemsize, count, numbers
    if isinstance(numbers, (list, tuple, range)):
        return _copied(numbers)
    try:
        view = memoryview(numbers)
    except TypeError:
        require_order(numbers)
        return _copied(numbers)
    except ValueError as fault:
        raise ArgumentError(f"The numbers cannot be read: {fault}. Pass them before their memory is released.") from fault
    if view.ndim != 1 or view.format not in _WIDTHS:
        raise ArgumentError(
            f"The numbers are of type {view.format!r} with {view.ndim} dimension(s). Pass one dimension of signed 32 or 64 bits: "
            "array('i'), or numbers.astype('int32').ravel() of a NumPy array."
        )
    if not view.c_contiguous:
        raise ArgumentError("The numbers do not lie side by side: this is a slice with steps. Pass a copy of it.")
    if view.readonly:
        # ctypes has no address of what it may not write.
        kept = array("i" if view.itemsize == 4 else "q")
        kept.frombytes(view.tobytes())
        return kept.buffer_info()[0], kept.itemsize, len(kept), kept
    return ctypes.addressof(_NOTHING.from_buffer(view)), view.itemsize, len(view), view


def slots_of(numbers: Numbers) -> tuple[int, int, Any]:
    """Where slots lie: address, count, and what must be kept. The library takes 32 bits alone."""
    start, width, count, kept = address(list(numbers) if isinstance(numbers, (set, frozenset)) else numbers)
    if width == 4:
        return start, count, kept
    try:
        narrow = array("i", kept)
    except OverflowError as fault:
        raise ArgumentError("A slot is beyond 32 bits. Slots are 0 up to the pool's number of slots.") from fault
    return narrow.buffer_info()[0], count, narrow


def bits_of(key: int) -> int:
    """A key as 64 bits without a sign: one that is below 0 is a hash as Python gives it."""
    if not hasattr(key, "__index__") or not -1 << 63 <= key <= (1 << 64) - 1:
        raise ArgumentError(f"The key {key!r} is no whole number of 64 bits. Fold a longer name: int.from_bytes(digest[:8], 'little').")
    return index(key) & (1 << 64) - 1


def _copied(numbers: Any) -> tuple[int, int, int, Any]:
    try:
        kept = array("i", numbers)
    except OverflowError as fault:
        raise ArgumentError("A number is beyond 32 bits. Token ids and slots are within int32.") from fault
    except TypeError as fault:
        raise ArgumentError(
            f"{type(numbers).__name__} does not give whole numbers: {fault}. Pass an array('i'), a NumPy array of int32 or int64, or a list of int."
        ) from fault
    start, count = kept.buffer_info()
    return start, 4, count, kept
