"""Every event in AWS's documented shape, as an account of ours gets it over a wire, and what it means."""

import json
from datetime import datetime
from typing import Any

from bot.store import troubles
from bot.trouble import Trouble
from jobs.envelope import Home, opened
from jobs.readings.read import read
from tests.house import House
from tests.jobs.readings.given import EVERY, body

__all__ = ["EVERY", "ours", "taken_in", "title"]
_EXAMPLES = ("111111111111", "222222222222")  # accounts of the fixtures


def ours(name: str, account: str) -> dict[str, Any]:
    """A fixture, of this account."""
    text = json.dumps(body(name))
    for example in _EXAMPLES:
        text = text.replace(example, account)
    found: dict[str, Any] = json.loads(text)
    return found


def title(said: object, home: Home, now: datetime) -> str:
    """What its message is called, by the reading for its kind."""
    return str(read(opened(json.dumps(said), home, now, lambda _notification: None)).title)


def taken_in(there: House) -> Trouble:
    """The one trouble that came of it; also one of which only the end came."""
    found = there.path.db.read(lambda tx: troubles.get(tx, 1))
    assert found is not None
    assert there.path.db.read(lambda tx: troubles.get(tx, 2)) is None
    return found
