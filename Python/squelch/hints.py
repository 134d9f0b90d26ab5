"""What an engine may say of a request."""

from __future__ import annotations

import ctypes

from squelch._structs import HintsStruct
from squelch.errors import ArgumentError

_BITS = {name: 1 << place for place, name in enumerate(("priority", "expires", "next_use", "turn", "session_gap", "category", "cost", "session_gap_spread", "session"))}


class Hints(HintsStruct):
    """Hints of one request. What is left out is not told, and formulas then read what `docs/language.md` says for its absence.

    :param priority: at least 0; the higher, the longer it is to stay.
    :param expires: when its use ends, on the clock of ``now``.
    :param next_use: when it is used next, on the clock of ``now``.
    :param turn: which request of its session this is, from 1.
    :param session_gap: mean time between the session's requests.
    :param category: the kind of request, a whole number of the engine's.
    :param cost: what fetching it costs, in any unit; for a cache of the model ``keys`` alone.
    :param session_gap_spread: standard deviation of the times between the session's requests.
    :param session: any whole number of the engine's own that is the same for the session's requests alone; 0 is none.
    :raises ArgumentError: one is no number, or the category is not whole. Bounds are checked where the hints are used.
    """

    def __init__(
        self,
        *,
        priority: float | None = None,
        expires: float | None = None,
        next_use: float | None = None,
        turn: float | None = None,
        session_gap: float | None = None,
        category: float | None = None,
        cost: float | None = None,
        session_gap_spread: float | None = None,
        session: int | None = None,
    ) -> None:
        told = {
            "priority": priority,
            "expires": expires,
            "next_use": next_use,
            "turn": turn,
            "session_gap": session_gap,
            "category": category,
            "cost": cost,
            "session_gap_spread": session_gap_spread,
            "session": session,
        }
        given = {name: value for name, value in told.items() if value is not None}
        try:
            super().__init__(size=ctypes.sizeof(HintsStruct), given=sum(_BITS[name] for name in given), **given)
        except (TypeError, OverflowError) as fault:
            raise ArgumentError(f"A hint of {given} is no number: {fault}. Pass numbers, or leave it out.") from fault
        if category is not None and not self.category.is_integer():
            raise ArgumentError(f"The hint category is {category}. Pass a whole number, as of a table of your kinds of requests.")
