"""Channels that toban is put out of, that are archived, and into which it comes again.

What must arrive finds its other way by itself when Slack refuses it (`bot/outbox/send.py`).  Here it is said,
once, and what waits for an answer moves before somebody misses it.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App

from bot.flow.path import Path
from bot.slack.channel_events import ARCHIVED, BACK, EVENTS, SOMEBODY_CAME, SOMEBODY_LEFT
from bot.slack.payload import part_of, text_of
from bot.store import shut_channels
from bot.store.closed_door import CannotStore
from bot.store.shut_channels import Telling
from bot.words import Words, to_json, words

log = logging.getLogger("toban.slack")


@dataclass(frozen=True, slots=True)
class Comings:
    """The listeners of one Slack app."""

    path: Path
    bot_user: Callable[[], str]  # toban's own id; "" while it is not known
    reports: str = ""  # the channel in which toban speaks of itself

    def open(self, app: App) -> None:
        """Let the app's deliveries in."""
        for kind in EVENTS:
            app.event(kind)(self.on_event)

    def on_event(self, ack: Ack, body: dict[str, Any]) -> None:
        """Something happened to a channel; Slack repeats it until it is acknowledged."""
        event = part_of(body, "event")
        kind, channel = text_of(event, "type"), text_of(event, "channel")
        if channel and (kind not in {SOMEBODY_LEFT, SOMEBODY_CAME} or self._is_me(event)):
            try:
                self._happened(kind, channel)
            except CannotStore:
                return  # not acknowledged: Slack tells of it again
        ack()

    def _is_me(self, event: Any) -> bool:
        return bool(self.bot_user()) and text_of(event, "user") == self.bot_user()

    def _happened(self, kind: str, channel: str) -> None:
        if kind in BACK or kind == SOMEBODY_CAME:
            log.info("toban may speak in %s again", channel, extra={"action": "slack.channel-back"})
            self.path.db.write(lambda tx: shut_channels.go_on(tx, channel, self.path.now()))
        else:
            log.warning("%s takes no messages (%s)", channel, kind, extra={"action": "slack.channel-lost"})
            said = _archived(channel) if kind in ARCHIVED else _left(channel)
            told = tuple(self._letters(channel, said))
            self.path.db.write(lambda tx: shut_channels.lost(tx, channel, self.path.now(), told))
        self.path.ring()

    def _letters(self, channel: str, said: Words) -> Iterator[Telling]:
        for to, person, about in self._told(channel, said):
            language = self.path.language_in(to or channel)
            yield Telling(to, person, language, to_json(about))

    def _told(self, channel: str, said: Words) -> Iterator[tuple[str, str, Words]]:
        """Where toban speaks of itself; and each owner of a schedule that reports there, directly."""
        if self.reports and self.reports != channel:
            yield self.reports, "", said
        mine: dict[str, list[str]] = {}
        for one in self.path.schedules.values():
            if one.channel == channel:
                mine.setdefault(one.owner, []).append(one.name)
        for owner, names in mine.items():
            listed = tuple(words("{name}", name=name) for name in sorted(names))
            yield "", owner, words("{said} These schedules report there: {names}.", said=said, names=listed)


def _left(channel: str) -> Words:
    return words(
        "toban is no longer in {channel}: what belongs there goes directly to whoever it concerns."
        " Type /invite @toban there to have it back.",
        channel=channel,
    )


def _archived(channel: str) -> Words:
    return words(
        "{channel} is archived: what belongs there goes directly to whoever it concerns."
        " Unarchive it, or put another channel into the config.",
        channel=channel,
    )
