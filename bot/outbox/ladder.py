"""With how much a message is shown: a workspace that refuses one part of it gets the others.

* with Slack's own chart and the picture
* without Slack's own chart, which comes to one workspace after the other
* without the picture too, once Slack has had its time for it; then it goes into the thread as a file
* as plain text
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.outbox import codes
from bot.outbox.pictures import Pictures
from bot.outbox.post import Refused
from bot.outbox.view import View
from bot.outbox.write import Writer, plain
from bot.views.chart import DATA, FILE, Shown
from bot.views.message import Message

T = TypeVar("T")
log = logging.getLogger("toban.outbox")


@dataclass(frozen=True, slots=True)
class Ladder:
    """From the most that can be shown down to words."""

    writer: Writer
    pictures: Pictures
    now: Callable[[], datetime]

    def top(self, view: View) -> Shown:
        """The most that may be shown now.  Raises Busy or Away: a picture may have to be uploaded."""
        return self.pictures.shown(view)

    def tell(self, view: View, shown: Shown, call: Callable[[Message], T]) -> T:
        """Say it with as much as Slack takes.

        Raises Unready while that is better known later; and Busy, Away, Refused, as `call` does.
        """
        message = self._message(view, shown)
        try:
            return call(message)
        except Refused as no:
            if no.code not in codes.BLOCKS or not message.blocks:
                raise
            log.warning("Slack refuses blocks: %s", no.code)
            return self._lower(view, shown, no, call)

    def _lower(self, view: View, shown: Shown, no: Refused, call: Callable[[Message], T]) -> T:
        if shown.native and (no.names(DATA) or not no.names(FILE)):
            return self._without_chart(view, shown, no, call)
        if shown.picture:
            self.pictures.refused(view)
            return self.tell(view, self.pictures.shown(view), call)
        return call(plain(self._message(view, shown)))

    def _without_chart(self, view: View, shown: Shown, no: Refused, call: Callable[[Message], T]) -> T:
        """Whether Slack's own chart is to blame shows when it is left out, unless Slack says so."""
        if no.names(DATA):
            self.pictures.without_charts()
        less = replace(shown, native=False)
        try:
            done = call(self._message(view, less))
        except Refused as again:
            if again.code not in codes.BLOCKS:
                raise
            return self._lower(view, less, again, call)
        self.pictures.without_charts()
        return done

    def _message(self, view: View, shown: Shown) -> Message:
        return self.writer.message(view, self.now(), shown)
