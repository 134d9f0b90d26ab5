"""Which policy an adapter runs, from the engine's configuration or the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from squelch.errors import EngineError
from squelch.policies import Policy, policy_named
from squelch.pool import VictimPool


@dataclass(frozen=True)
class Settings:
    """A policy, and what it is given.

    :param library: the path of a library of one's own; None for SQUELCH_LIBRARY or the package's.
    :param model: gives bytes and FLOPs that the engine does not tell; ``keys``: a byte per token, a cost of 1.
    :param device: whether a GPU chooses: ``off``, ``auto`` or ``require``, as of a :class:`VictimPool`.
    """

    policy: str
    tunables: dict[str, float] = field(default_factory=dict)
    model: str | dict[str, Any] = "keys"
    seed: int = 0
    library: str | None = None
    device: str = "off"

    @staticmethod
    def read(config: Mapping[str, Any] = {}, policy: str | None = None) -> Settings:  # noqa: B006 (it is not written)
        """The settings of a configuration's ``policy``, ``tunables``, ``model``, ``seed``, ``device`` and ``library``; what it does not
        have comes from SQUELCH_POLICY, SQUELCH_TUNABLES (JSON), SQUELCH_MODEL, SQUELCH_SEED, SQUELCH_DEVICE and SQUELCH_LIBRARY.

        :raises EngineError: no policy is named, a variable is no JSON, or the seed is no number.
        """
        chosen = policy or config.get("policy") or os.environ.get("SQUELCH_POLICY")
        if not chosen:
            raise EngineError(
                "No policy is named. Set SQUELCH_POLICY, or `policy` in the engine's configuration; `python3 -m squelch` lists the names."
            )
        tunables = config.get("tunables") or _object("SQUELCH_TUNABLES")
        model = config.get("model") or os.environ.get("SQUELCH_MODEL") or "keys"
        told = config.get("seed") or os.environ.get("SQUELCH_SEED") or 0
        try:
            seed = int(told)
        except (TypeError, ValueError) as fault:
            raise EngineError(f"The seed is {told!r}. Write a whole number in SQUELCH_SEED, or as `seed` in the engine's configuration.") from fault
        device = config.get("device") or os.environ.get("SQUELCH_DEVICE") or "off"
        settings = Settings(str(chosen), tunables, model, seed, config.get("library"), device)
        settings.known()
        return settings

    def known(self) -> Policy:
        """What the library says of the policy.

        :raises UnknownNameError: it has none of that name.
        """
        return policy_named(self.policy, self.library)

    def pool(self, slots: int) -> VictimPool:
        """A new pool of entries.

        :raises UnknownNameError: there is no such device.
        :raises UnsupportedError: a device is required, and there is none, or the policy has no kernel.
        """
        return VictimPool(
            self.policy, slots=max(slots, 1), tunables=self.tunables, model=self.model, seed=self.seed, library=self.library, device=self.device
        )

    def refuse_features(self, engine: str, unknown: set[str]) -> None:
        """Refuses a policy that reads what an engine does not tell.

        :raises EngineError: naming what it reads.
        """
        read = sorted(unknown & set(self.known().features))
        if read:
            raise EngineError(
                f"{self.policy} reads {', '.join(read)}, which {engine} does not tell, so it would choose by a number that is always the same. "
                "Choose another policy; docs/how-to/use-in-vllm-sglang-lmcache.md lists what each engine tells."
            )


def _object(variable: str) -> dict[str, float]:
    text = os.environ.get(variable)
    if not text:
        return {}
    try:
        value = json.loads(text)
    except json.JSONDecodeError as fault:
        raise EngineError(f'{variable} is no JSON: {fault}. Write it as {{"alpha": 1.5}}.') from fault
    if not isinstance(value, dict):
        raise EngineError(f'{variable} is no object. Write it as {{"alpha": 1.5}}.')
    return value
