"""The events that come with toban, to be tried: in the shapes that AWS documents, a file each."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.arguments import UsageError
from bot.command import World
from bot.words import words

FOLDER = Path(__file__).with_name("samples")
PAGE = "_page"
FOREIGN = ("111111111111", "222222222222")
"""The accounts in the files; the team's own first one takes their place."""
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "″": '"', "\u00a0": " "})
"""What keyboards and Slack make of a JSON's quotes."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An event to be tried."""

    envelope: Mapping[str, Any]
    page: str = ""  # of AWS's documentation that its shape is from


def names() -> tuple[str, ...]:
    """Those that come with toban."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def sample(text: str, world: World) -> Sample:
    """The event that a text is, or names.  Raises UsageError."""
    said = text.strip().strip("`").strip()
    if said.startswith("{"):
        return Sample(_object(said))
    known = names()
    name = said.replace("-", "_").removesuffix(".json").casefold()
    if name not in known:
        raise UsageError(_unknown(said, name, known))
    return shipped(name, world)


def shipped(name: str, world: World) -> Sample:
    """One that comes with toban, as if it were of the team's first account."""
    text = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    own = world.aws.config(world.aws.places()[0].account).id
    for foreign in FOREIGN:
        text = text.replace(foreign, own)
    envelope = json.loads(text)
    page = envelope.pop(PAGE, "")
    return Sample(envelope, page)


def _object(text: str) -> Mapping[str, Any]:
    """JSON as it was typed, also with the quotes that a keyboard made of it.  Raises UsageError."""
    try:
        return _loaded(text)
    except (ValueError, RecursionError):
        straight = text.translate(_QUOTES)
    try:
        return _loaded(straight)
    except json.JSONDecodeError as error:
        near = text[max(error.pos - 20, 0) : error.pos + 20]
        raise UsageError(
            words("It is no JSON: {why}, near “{text}”.", why=error.msg.casefold(), text=near)
        ) from None
    except (ValueError, RecursionError):
        raise UsageError(words("It is no JSON object.")) from None


def _loaded(text: str) -> Mapping[str, Any]:
    found = json.loads(text)
    if not isinstance(found, Mapping):
        raise ValueError(text)  # noqa: TRY004 - as what is no JSON at all
    return found


def _unknown(said: str, name: str, known: tuple[str, ...]) -> Any:
    near = difflib.get_close_matches(name, known, 3, 0.5)
    if not near:
        near = [one for one in known if name and name.split("_", maxsplit=1)[0] in one][:3]
    if near:
        return words(
            "There is no sample “{word}”; did you mean {near}?", word=said[:60], near=", ".join(near)
        )
    return words(
        "“{word}” is neither a sample nor JSON; `/alarm test` alone names the samples.", word=said[:60]
    )
