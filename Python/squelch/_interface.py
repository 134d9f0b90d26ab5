"""Is an engine's interface the one that an adapter knows? Found out when it is imported, not when it first evicts."""

from __future__ import annotations

import inspect
from typing import Any, NoReturn

from squelch.errors import EngineError


def require(engine: str, known: str, expected: dict[str, tuple[Any, str, tuple[str, ...]]]) -> None:
    """Compares methods with what an adapter calls or overrides.

    :param engine: its name and version, for the message.
    :param known: which versions the adapter knows, for the message.
    :param expected: by a name for the message: the class, the method, and the names of its first parameters.
    :raises EngineError: a method is not there, or takes other parameters.
    """
    for name, (owner, method, parameters) in expected.items():
        found = getattr(owner, method, None)
        if found is None:
            _refuse(engine, known, f"{name} is not there")
        try:
            have = tuple(inspect.signature(found).parameters)
        except (TypeError, ValueError):
            _refuse(engine, known, f"{name} is no method whose parameters Python can see")
        if have[: len(parameters)] != parameters:
            _refuse(engine, known, f"{name} takes ({', '.join(have)}), not ({', '.join(parameters)})")


def require_abstract(engine: str, known: str, owner: type, names: set[str]) -> None:
    """Compares what a class leaves to its subclasses.

    :raises EngineError: it wants something else.
    """
    wanted = set(getattr(owner, "__abstractmethods__", ()))
    if wanted - names:
        _refuse(engine, known, f"{owner.__name__} wants {', '.join(sorted(wanted - names))} besides")


def version_of(package: Any) -> str:
    """A package's version, as far as it tells."""
    return str(getattr(package, "__version__", "of unknown version"))


def _refuse(engine: str, known: str, what: str) -> NoReturn:
    raise EngineError(
        f"The interface of {engine} is not the one that this adapter knows: {what}. It knows {known}. "
        "Take such a version of the engine, or a later squelch; the engine's own policy is not used in its place."
    )
