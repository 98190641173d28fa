"""What is known of a letter's picture: it is drawn and uploaded once for each chart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot import words
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


# -- reads ---------------------------------------------------------------------------------------


def of(tx: Connection, letter: int) -> Kept | None:
    """What is known of a letter's picture."""
    stored = tx.execute(_OF, {"letter": letter}).scalar_one_or_none()
    return _from_json(stored) if stored else None


# -- changes -------------------------------------------------------------------------------------


def keep(tx: Connection, letter: int, kept: Kept) -> None:
    """This is known of it now."""
    tx.execute(_KEEP, {"letter": letter, "picture": _to_json(kept)})


_OF = select(outbox.c.picture).where(outbox.c.id == bindparam("letter"))
_KEEP = update(outbox).where(outbox.c.id == bindparam("letter"))


def _to_json(kept: Kept) -> dict[str, Any]:
    said = [words.to_json(each) for each in kept.lacks]
    at = kept.at.isoformat()
    return {"chart": kept.chart, "file": kept.file, "at": at, "lacks": said, "beside": kept.beside}


def _from_json(stored: dict[str, Any]) -> Kept:
    return Kept(
        chart=stored["chart"],
        file=stored["file"],
        at=datetime.fromisoformat(stored["at"]),
        lacks=tuple(map(words.from_json, stored["lacks"])),
        beside=stored["beside"],
    )
