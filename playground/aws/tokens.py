"""Client tokens: the same token asks for the same thing, however often it is sent.

As "Ensuring idempotency in Amazon EC2 API requests" says; moto forgets them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from moto.ec2.exceptions import EC2ClientError

_LEFT_OUT = {"ClientToken", "DryRun"}


@dataclass(slots=True)
class ClientTokens:
    """What was made for which token."""

    _made: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)

    def reset(self) -> None:
        """Forget every token."""
        self._made.clear()

    def made(self, at: tuple[str, ...], params: Mapping[str, Any]) -> str | None:
        """Return the id of what an earlier request with this token made.

        `at` names account, region, action and token (an empty one is none).
        The same token with other parameters is refused.
        """
        known = self._made.get(at)
        if known is None:
            return None
        if known[0] != _print(params):
            words = (
                "Arguments on this idempotent request are inconsistent with arguments used in previous "
                "request(s)."
            )
            raise EC2ClientError("IdempotentParameterMismatch", words)
        return known[1]

    def remember(self, at: tuple[str, ...], params: Mapping[str, Any], made: str) -> None:
        """This token, unless it is empty, made that."""
        if at[-1]:
            self._made[at] = (_print(params), made)


def _print(params: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in params.items() if key not in _LEFT_OUT}
    return json.dumps(kept, sort_keys=True, default=str)
