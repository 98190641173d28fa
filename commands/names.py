"""The names of the verbs there are, noun.verb, as their files say; nothing of them is loaded."""

import pkgutil
from pathlib import Path

SHARED = frozenset({"bill", "changes", "diagnosis", "generations", "power", "prices"})
"""Folders of what several nouns share: no verb is in them."""


def names() -> tuple[str, ...]:
    """All of them, in the order of nouns and names."""
    here = Path(__file__).parent
    return tuple(
        f"{noun.name}.{verb.name.replace('_', '-')}"
        for noun in pkgutil.iter_modules([str(here)])
        if noun.ispkg and noun.name not in SHARED
        for verb in pkgutil.iter_modules([str(here / noun.name)])
        if not verb.name.startswith("_")
    )


def module(name: str) -> str:
    """Where a verb is written; what is a hyphen where it is typed is an underscore there."""
    return f"commands.{name.replace('-', '_')}"
