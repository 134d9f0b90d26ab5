"""What goes wrong, as exceptions. Each message is the library's own: it names the place, the fault and the remedy."""

from __future__ import annotations

from typing import Any


class SquelchError(Exception):
    """A call that did not succeed. Nothing has changed, unless the call says otherwise.

    ``code`` is the number that the library gave, as in ``squelch.h``; 0 where the fault was found before the library was called.
    """

    def __init__(self, message: str, code: int = 0) -> None:
        super().__init__(message)
        self.code = code


class LibraryError(SquelchError, ImportError):
    """No library could be loaded: none for this processor, or one of another version."""


class ArgumentError(SquelchError, ValueError):
    """An argument is wrong."""


class StateError(SquelchError, RuntimeError):
    """What was called is closed, a lease has ended, or there were two callers at once."""


class UnknownNameError(SquelchError, LookupError):
    """No policy, tunable, model or option has that name. The message offers the nearest."""


class TooFewError(SquelchError):
    """Fewer entries may go than were asked for."""


class UnsupportedError(SquelchError, NotImplementedError):
    """The name is known, but what was asked for cannot be had with it."""


class InsideError(SquelchError):
    """A fault inside the library. Please report it with the message.

    ``result``: of a commit, what had been done when it happened; do its actions. None where nothing had.
    """

    result: Any = None


class EngineError(SquelchError, ImportError):
    """An engine is not of the version that an adapter knows, or is set in a way that it does not cover."""


_BY_CODE: dict[int, type[SquelchError]] = {
    -1: ArgumentError,
    -2: StateError,
    -3: UnknownNameError,
    -4: TooFewError,
    -5: UnsupportedError,
}


def of_code(code: int, message: str) -> SquelchError:
    """The exception of a code below 0."""
    return _BY_CODE.get(code, InsideError)(message, code)


def no_copy(what: str) -> UnsupportedError:
    """Of an object that stands for one of the library's: two of them would take turns at its memory."""
    return UnsupportedError(f"A {what} cannot be copied, or sent to another process. Open a cache or pool there, with the same options.")


def two_callers(kind: str) -> StateError:
    """Of an object that a call finds in the middle of another one's work."""
    return StateError(f"The {kind} is in the middle of another call. It takes one caller at a time: put a lock around it, or open one {kind} per thread.")
