"""Charts of letters as pictures: drawn here, uploaded once for each chart, and shown when Slack has them.

Slack works on an upload after it has said that it is there ("Working with files", Slack): a message that
shows it too soon is refused.  Such a letter is tried again a moment later, while others go; where Slack does
not show the file at all, it goes into the message's thread, and the message says so.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.outbox.pace import Timing
from bot.outbox.post import Image, Post, Refused
from bot.outbox.view import View
from bot.outbox.write import Writer
from bot.picture.painter import Painter, Picture, Unpaintable
from bot.store import pictures
from bot.store.database import Database
from bot.store.pictures import Kept
from bot.views.chart import NOT_SHOWN, Shown
from bot.words import words

log = logging.getLogger("toban.outbox")
NOT_DRAWN = words("The picture could not be drawn; what it would show stands here in words.")
NOT_TAKEN = words("Slack did not take the picture; what it would show stands here in words.")
NOT_SHOWN_HERE = words("Slack did not show the picture; what it would show stands here in words.")
BESIDE = words("Slack did not show the picture here; it is a file in this message's thread.")
NO_PICTURE = "outbox.no-picture"
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Unready(Exception):
    """Slack may still be working on the picture: the message is not sent yet."""


@dataclass(slots=True)
class Pictures:
    """The pictures of one workspace."""

    db: Database
    post: Post
    painter: Painter
    writer: Writer
    timing: Timing
    now: Callable[[], datetime]
    _no_charts: datetime = field(default=_LONG_AGO)  # until when Slack's own block is not tried

    def shown(self, view: View) -> Shown:
        """How the letter's chart may be shown now; drawn and uploaded if need be.  Raises Busy or Away."""
        if view.chart is None:
            return NOT_SHOWN
        kept = self._kept(view)
        return Shown(self.now() >= self._no_charts, kept.file, kept.lacks)

    def image(self, view: View) -> Image:
        """The picture as a file.  Raises Refused when it cannot be drawn."""
        try:
            return self._image(view, self._painted(view))
        except Unpaintable as error:
            log.exception("the picture of letter %s", view.letter.id, extra={"action": "outbox.unpaintable"})
            raise Refused("unpaintable") from error

    def name(self, view: View) -> str:
        """The name of its file, by which it is found; another chart has another one."""
        about = view.letter.key.replace(":", "-") if view.story else view.letter.operation
        return f"{about}-{digest(view)[:12]}.png"

    def refused(self, view: View) -> None:
        """Slack refuses to show the file.  Raises Unready while it may still be working on it."""
        kept, now = self._of(view), self.now()
        if kept and now - kept.at < self.timing.picture:
            raise Unready
        log.warning(
            "letter %s goes without its picture", view.letter.id, extra={"action": "outbox.no-picture"}
        )
        beside = not view.private and view.story is None  # whoever looks at an alarm opens its graph
        before = kept.lacks if kept else ()
        lacks = (*before, BESIDE if beside else NOT_SHOWN_HERE)
        self._keep(view, Kept(digest(view), "", now, lacks, beside=beside))

    def without_charts(self) -> None:
        """This workspace does not know Slack's own chart block yet; it is asked again in a day."""
        self._no_charts = self.now() + self.timing.charts

    def _kept(self, view: View) -> Kept:
        kept = self._of(view)
        known = kept if kept and kept.chart == digest(view) else None
        if known and not known.png:
            return known
        made = self._made(view, known.png if known else b"")
        self._keep(view, made)
        return made

    def _made(self, view: View, png: bytes) -> Kept:
        """Draw it unless it was brought, and upload it, or say why there is none.  Raises Busy or Away."""
        try:
            picture = Picture(png) if png else self._painted(view)
            file = self.post.upload_picture(None, self._image(view, picture))
        except Unpaintable:
            log.exception("the picture of letter %s", view.letter.id, extra={"action": "outbox.unpaintable"})
            return Kept(digest(view), "", self.now(), (NOT_DRAWN,))
        except Refused as no:
            log.warning("Slack does not take a picture: %s", no.code, extra={"action": NO_PICTURE})
            return Kept(digest(view), "", self.now(), (NOT_TAKEN,))
        return Kept(digest(view), file, self.now(), (picture.lacks,) if picture.lacks else ())

    def _painted(self, view: View) -> Picture:
        if view.chart is None:
            raise Unpaintable("its answer has no chart any more")
        return self.painter.paint(view.chart, view.letter.language)

    def _image(self, view: View, picture: Picture) -> Image:
        return Image(self.name(view), picture.png, self.writer.alt(view))

    def _of(self, view: View) -> Kept | None:
        return self.db.read(lambda tx: pictures.of(tx, view.letter.id))

    def _keep(self, view: View, kept: Kept) -> None:
        self.db.write(lambda tx: pictures.keep(tx, view.letter.id, kept))


def digest(view: View) -> str:
    """Of what is drawn and the language it speaks; "" without a picture."""
    return pictures.digest(view.letter.language, view.chart)
