"""Events in AWS's documented shapes, as they come through the door, and what a person reads of them."""

import copy
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.event import Event
from bot.language import Languages
from bot.trouble import Reading
from bot.words import Words
from jobs.envelope import Home, opened
from jobs.readings.read import read

EVENTS = Path(__file__).parents[1] / "events"
EVERY = tuple(sorted(path.stem for path in EVENTS.glob("*.json")))
INSTANCE, OTHER = "i-0a1b2c3d4e5f60718", "i-0a1b2c3d4e5f60729"
VOLUME, SNAPSHOT, IMAGE = "vol-0b1c2d3e4f5061728", "snap-0c1d2e3f405162738", "ami-0d1e2f30415263748"
HOME = Home("prod", "ap-northeast-1", {"111111111111": "dev", "222222222222": "prod"})
CAME = datetime(2026, 11, 23, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")


def body(name: str) -> dict[str, Any]:
    """What stands in a fixture, without the page that it is from."""
    found: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    del found["_page"]
    return found


def event(name: str, **detail: Any) -> Event:
    """A fixture as the door opens it; `detail` replaces fields of its detail."""
    found = copy.deepcopy(body(name))
    if detail:
        found["detail"] |= detail
    return opened(json.dumps(found), HOME, CAME, lambda _notification: None)


def reading(name: str, **detail: Any) -> Reading:
    """What a fixture means."""
    return read(event(name, **detail))


@cache
def languages() -> Languages:
    """The languages toban speaks, read once."""
    return Languages.load()


def say(said: Words, language: str = "en") -> str:
    """A sentence as a person in Tokyo reads it."""
    return languages().say(said, language, TOKYO)


def facts(found: Reading) -> list[str]:
    """The facts, as a person in Tokyo reads them in English."""
    return [say(fact) for fact in found.facts]


def buttons(found: Reading) -> Mapping[str, str]:
    """The lines of its buttons, by what stands on them."""
    return {say(offer.label): offer.line for offer in found.offers}
