"""A token that expires twice a day is renewed in time, once for all processes.

The refresh token is good for one exchange.  So one process claims the pair, which also shows that the
database takes writes; then Slack is asked; then the new pair is committed, and only then used.  Where the
commit fails it is tried until it does not.  A kill between Slack's answer and the commit loses the new pair:
then the old token is good until it expires, and a person has to give a new one.  Source: "Using token
rotation", Slack.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.config.rotation import Rotating
from bot.slack.bearer import Source
from bot.slack.exchange import NotRenewed, Pair
from bot.slack.seal import OtherSecret, Seal, digest
from bot.store import slack_pair
from bot.store.closed_door import DatabaseAway
from bot.store.database import Database
from bot.store.slack_pair import Kept
from bot.store.visit import visit

log = logging.getLogger("toban.slack")
BEFORE = timedelta(hours=2)  # it is renewed so long before it expires, as slack_sdk's own rotator does
CLAIM = timedelta(minutes=1)  # longer than Slack may take to answer
READ_EVERY = timedelta(seconds=10)
AGAIN = timedelta(minutes=1)  # after an exchange that failed
FRESH = (
    "copy a new pair from the app's page OAuth & Permissions into SLACK_BOT_TOKEN and SLACK_REFRESH_TOKEN,"
    " and start toban anew"
)
OTHER = f"the tokens in the database were sealed with another SLACK_CLIENT_SECRET; set that one, or {FRESH}"


@dataclass(slots=True, repr=False)
class Rotation(Source):
    """Reads the pair that all share, and renews it where it may; one thread calls `keep`, any `other`."""

    db: Database
    exchange: Callable[[str], tuple[Pair, int]]
    seal: Seal
    given: Pair
    now: Callable[[], datetime]
    may_renew: Callable[[], bool]
    remedy: str = f"toban renews it by itself; where it cannot, {FRESH}"
    _kept: Kept | None = None
    _access: str = ""
    _wrong: str = ""
    _is_wanted: bool = False  # Slack took the token no more, and there was no other
    _unsaved: Kept | None = None  # exchanged, and not yet committed
    _read_next: datetime | None = None
    _ask_next: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """Read what is stored; nothing is renewed yet, nobody waits for that."""
        self._read()

    def other(self, than: str, *, urgent: bool = False) -> str:
        """The token that all share by now, if it is another one."""
        if urgent:
            self._read()
            self._is_wanted = self._access == than
        return self._access if self._access != than else ""

    def trouble(self) -> str:
        """Why it cannot be renewed, and what to do; "" when it can."""
        return self._wrong

    def keep(self) -> None:
        """Read it now and then, and renew it when it is time and this process may."""
        now = self.now()
        if self._unsaved is not None:
            self._save(self._unsaved)
            return
        if self._read_next is None or now >= self._read_next:
            self._read()
        if self._is_due(now):
            self._renew(now)

    def _is_due(self, now: datetime) -> bool:
        if self._kept is None or (self._ask_next is not None and now < self._ask_next):
            return False
        return self._is_wanted or self._kept.expires - now <= BEFORE

    def _read(self) -> None:
        """What is stored; a pair that a person gave, and nobody before, goes into it first."""
        try:
            kept = self.db.read(slack_pair.held)
            if kept is None or digest(self.given.refresh) not in kept.given:
                kept = self.db.write(self._begin)
            self._hold(kept)
        except DBAPIError as error:  # /healthz tells of it; the token there is goes on
            log.warning("the tokens were not read: %s", error.orig, extra={"action": "slack.pair-unread"})
        except OtherSecret:
            self._say(OTHER)
        self._read_next = self.now() + READ_EVERY

    def _begin(self, tx: Connection) -> Kept:
        """Store the pair that was given; when it expires Slack alone knows, so it is renewed at once."""
        kept, mine = slack_pair.held(tx), digest(self.given.refresh)
        if kept is not None and mine in kept.given:
            return kept
        version, before = (kept.version + 1, kept.given) if kept else (1, ())
        fresh = Kept(self.seal.close(self.given), self.now(), version, (*before, mine))
        slack_pair.put(tx, fresh)
        return fresh

    def _hold(self, kept: Kept) -> None:
        with self._lock:
            if self._kept is not None and kept.version <= self._kept.version:
                return
            self._access = self.seal.open(kept.sealed).access
            if self._kept is not None:
                self._wrong, self._is_wanted = "", False
            self._kept = kept

    # -- renewing ------------------------------------------------------------------------------------

    def _renew(self, now: datetime) -> None:
        try:
            if not self.may_renew():
                return
            self._ask_next = now + AGAIN
            kept = self._kept and self._claimed(self._kept.version, now)
            if kept:
                pair, seconds = self.exchange(self.seal.open(kept.sealed).refresh)
                expires = self.now() + timedelta(seconds=seconds)
                sealed = self.seal.close(pair)
                self._save(
                    replace(kept, sealed=sealed, expires=expires, version=kept.version + 1, claimed=None)
                )
        except DBAPIError as error:
            log.warning("the token is not renewed: %s", error.orig, extra={"action": "slack.pair-unwritten"})
        except OtherSecret:
            self._say(OTHER)
        except NotRenewed as error:
            if error.code:
                self._say(f"Slack does not renew the bot's token ({error.code}): {FRESH}")
            else:
                note = {"action": "slack.not-renewed"}
                log.warning("Slack does not answer; the token is renewed later", extra=note)

    def _claimed(self, version: int, now: datetime) -> Kept | None:
        return self.db.write(lambda tx: slack_pair.claim(tx, version, now, now + CLAIM))

    def _save(self, fresh: Kept) -> None:
        """Commit it, or try again at the next turn: the one before is used up."""
        self._unsaved = fresh
        try:
            self.db.write(lambda tx: slack_pair.renewed(tx, fresh))
        except DBAPIError as error:
            note = {"action": "slack.pair-unwritten"}
            log.warning("the new token is not stored yet, and must be: %s", error.orig, extra=note)
            return
        self._unsaved, self._ask_next = None, None
        self._hold(fresh)
        log.info("the bot's token was renewed", extra={"action": "slack.renewed"})

    def _say(self, wrong: str) -> None:
        """Once: it stays so until somebody does something."""
        if wrong != self._wrong:
            log.error("%s", wrong, extra={"action": "slack.not-renewed"})
        self._wrong = wrong


def stored(url: str, rotating: Rotating) -> str:
    """The token that all share, for who looks beside them; "" when there is none yet."""
    try:
        with closing(visit(url)) as tx:
            kept = slack_pair.held(tx)
        return Seal(rotating.client_secret.get_secret_value()).open(kept.sealed).access if kept else ""
    except (FileNotFoundError, DatabaseAway, DBAPIError, OtherSecret):  # others tell of these
        return ""
