"""Slash commands: a noun is a folder, a verb is one file that defines `VERB`."""

import importlib
import pkgutil
from typing import Any

from bot.command import Verb


def load() -> tuple[Verb[Any], ...]:
    """Every verb there is, in the order of nouns and names; what several nouns share has none."""
    shared = {"bill", "changes", "diagnosis", "generations", "power", "prices"}
    return tuple(
        importlib.import_module(f"{__name__}.{noun.name}.{verb.name}").VERB
        for noun in pkgutil.iter_modules(__path__)
        if noun.ispkg and noun.name not in shared
        for verb in pkgutil.iter_modules([f"{__path__[0]}/{noun.name}"])
        if not verb.name.startswith("_")
    )
