"""What is known of a letter's picture: it is drawn and uploaded once for each chart."""

import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot import drawn, words
from bot.drawn import Drawn
from bot.store.schema import outbox
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture, or that there is none of this chart."""

    chart: str  # the digest of what it shows, with the language it says it in
    file: str  # its id at Slack; "": the message is without it
    at: datetime  # when it was uploaded or given up
    lacks: tuple[Words, ...] = ()  # what its readers have to be told
    beside: bool = False  # it goes into the message's thread as a file
    png: bytes = b""  # somebody else's picture of it, until it is uploaded


def digest(language: str, shows: Drawn | None) -> str:
    """Of what is drawn and the language it speaks; "" without a picture."""
    if shows is None:
        return ""
    said = json.dumps([language, drawn.to_json(shows)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


# -- reads ---------------------------------------------------------------------------------------


def of(tx: Connection, letter: int) -> Kept | None:
    """What is known of a letter's picture."""
    stored = tx.execute(_OF, {"letter": letter}).scalar_one_or_none()
    return _from_json(stored) if stored else None


# -- changes -------------------------------------------------------------------------------------


def keep(tx: Connection, letter: int, kept: Kept) -> None:
    """This is known of it now."""
    tx.execute(_KEEP, {"letter": letter, "picture": _to_json(kept)})


def bring(tx: Connection, letter: int, chart: str, png: bytes, now: datetime) -> None:
    """A picture that need not be drawn, of what has this digest; kept until it is uploaded."""
    keep(tx, letter, Kept(chart, "", now, png=png))


_OF = select(outbox.c.picture).where(outbox.c.id == bindparam("letter"))
_KEEP = update(outbox).where(outbox.c.id == bindparam("letter"))


def _to_json(kept: Kept) -> dict[str, Any]:
    said = [words.to_json(each) for each in kept.lacks]
    at = kept.at.isoformat()
    made = {"chart": kept.chart, "file": kept.file, "at": at, "lacks": said, "beside": kept.beside}
    return made | ({"png": b64encode(kept.png).decode()} if kept.png else {})


def _from_json(stored: dict[str, Any]) -> Kept:
    return Kept(
        chart=stored["chart"],
        file=stored["file"],
        at=datetime.fromisoformat(stored["at"]),
        lacks=tuple(map(words.from_json, stored["lacks"])),
        beside=stored["beside"],
        png=b64decode(stored.get("png", "")),
    )
