"""Slash commands: a noun is a folder, a verb is one file that defines `VERB`."""

import importlib
from typing import Any

from bot.command import Verb
from commands.names import module, names


def load() -> tuple[Verb[Any], ...]:
    """Every verb there is, in the order of nouns and names; what several nouns share has none."""
    return tuple(importlib.import_module(module(name)).VERB for name in names())
