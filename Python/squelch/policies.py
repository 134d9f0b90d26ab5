"""The policies that the library knows."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from squelch._abi import Library, load
from squelch.errors import UnknownNameError


@dataclass(frozen=True)
class Tunable:
    """A number of a policy that can be set: its bounds, and what it is where nothing is said."""

    name: str
    min: float
    max: float
    step: float
    default: float


@dataclass(frozen=True)
class Policy:
    """A cache policy.

    :param formula: the lines of its score; the lowest goes first. Empty where the policy is no formula.
    :param features: what the score reads of an entry.
    :param plan: how victims are found.
    :param needs_future: it reads what has not happened yet: a replay knows, an engine can only guess.
    """

    name: str
    summary: str
    formula: tuple[str, ...]
    features: tuple[str, ...]
    plan: str
    needs_future: bool
    tunables: tuple[Tunable, ...]


def policies(library: str | os.PathLike[str] | None = None) -> dict[str, Policy]:
    """All policies of a library by their names.

    >>> from squelch import policies
    >>> policies()["Marconi"].tunables[0].name
    'Alpha'
    """
    return _read(load(library))


def policy_named(name: str, library: str | os.PathLike[str] | None = None) -> Policy:
    """The policy of a name, whose case does not count.

    :raises UnknownNameError: there is none; the message names the nearest.
    """
    import difflib

    known = {policy.name.lower(): policy for policy in policies(library).values()}
    if name.lower() not in known:
        near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0)
        meant = f" Did you mean {known[near[0]].name}?" if near else ""
        raise UnknownNameError(
            f"No policy is named {name!r}.{meant} A policy of your own is in a library of yours: name that in SQUELCH_LIBRARY.", -3
        )
    return known[name.lower()]


def _read(library: Library) -> dict[str, Policy]:
    known = (
        Policy(
            name=each["name"],
            summary=each["summary"],
            formula=tuple(each["formula"]),
            features=tuple(each["features"]),
            plan=each["plan"],
            needs_future=each["needsFuture"],
            tunables=tuple(Tunable(**tunable) for tunable in each["tunables"]),
        )
        for each in json.loads(library.text(library.policies))
    )
    return {policy.name: policy for policy in known}
