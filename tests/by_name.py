"""Verbs as the grammar and the path hold them."""

from collections.abc import Iterable
from typing import Any

from bot.command import Verb


def by_name(verbs: Iterable[Verb[Any]]) -> dict[str, Verb[Any]]:
    """Them by their names, noun.verb."""
    return {verb.action: verb for verb in verbs}
