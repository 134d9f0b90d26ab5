"""SGLang's plug-in: makes ``--radix-cache-backend squelch`` known.

SGLang loads it wherever this package is installed beside it, so it imports nothing else until that backend is chosen.
"""

from __future__ import annotations

from typing import Any

NAME = "squelch"
"""Of the radix cache backend."""


def register() -> None:
    """The entry point; again does no harm."""
    from sglang.srt.mem_cache import registry

    if NAME not in registry.registered_radix_cache_backends():
        registry.register_radix_cache_backend(NAME, create_cache)


def create_cache(context: Any) -> Any:
    """The factory of the backend: SGLang's unified radix cache with our components.

    :raises EngineError: this SGLang has another interface than the adapter knows.
    """
    from sglang.srt.mem_cache import registry

    from squelch.errors import EngineError
    from squelch.sglang import COMPONENTS, ENGINE, KNOWN

    create = getattr(registry, "_create_unified_radix_cache", None)
    if create is None:
        raise EngineError(f"{ENGINE} has no _create_unified_radix_cache. This adapter knows {KNOWN}.")
    params = context.params
    params.component_registry_override = {**(params.component_registry_override or {}), **COMPONENTS}
    return create(context, context.server_args, params)
