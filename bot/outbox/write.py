"""What a letter says, from what is stored now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from bot.command import Risk
from bot.console import Console
from bot.language import Languages
from bot.operation import Report, StepRow
from bot.outbox.view import DIRECT, View
from bot.plan import File
from bot.store.outbox import Mail
from bot.views.answer import answer, sentence
from bot.views.blocks import section
from bot.views.card import card
from bot.views.chart import NOT_SHOWN, Shown, alt_text
from bot.views.file_text import file_text
from bot.views.message import BLOCKS, TEXT, Message
from bot.views.plan_text import plan_text
from bot.views.reply import reply
from bot.views.speaker import Speaker
from bot.views.text import clipped
from bot.words import Words, words

RISKS = tuple(Risk)  # from none to what nothing can undo
COMES_HERE = words(
    "the channel does not take messages of toban, so this comes to you directly; "
    "/invite @toban there to see it in the channel"
)
BETWEEN_PEOPLE = words(
    "toban has no part in direct messages between people, so this comes to you directly; "
    "type commands in a channel that toban is in, or here"
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes letters, each in its language."""

    languages: Languages
    zone: tzinfo
    risks: Mapping[str, Risk]  # of each action, by its name
    console: Console = field(default_factory=Console)

    def message(self, view: View, now: datetime, shown: Shown = NOT_SHOWN) -> Message:
        """What is posted or edited.  Raises ValueError when there is nothing a letter could tell."""
        speak = self._speaker(view)
        said = self._said(view, speak, now, shown)
        return _moved(said, speak, _why_here(view)) if view.moved else said

    def file(self, view: View, steps: Iterable[StepRow]) -> File:
        """The file of an answer or an end, or the complete plan; named for its operation, to be found."""
        told = _report(view)
        number, own = told.operation.number, view.file
        if own:
            return File(f"{number}-{own.name}", file_text(own, self._speaker(view)))
        return File(f"{number}-plan.txt", plan_text(told, steps, self._speaker(view)))

    def alt(self, view: View) -> str:
        """What its chart shows, in words."""
        return alt_text(view.chart, self._speaker(view)) if view.chart else ""

    def _said(self, view: View, speak: Speaker, now: datetime, shown: Shown) -> Message:
        letter = view.letter
        match letter.kind:
            case Mail.CARD:
                return card(_report(view), speak, now, self._risk(view))
            case Mail.REPLY if not letter.said:
                return reply(_report(view), speak)
            case Mail.ANSWER if (told := _report(view)) and told.operation.plan:
                return answer(told.operation.plan, speak, told.operation.ask.line, shown)
            case Mail.TROUBLE | Mail.STORM | Mail.DRILL if view.story:
                return view.story.message(speak, shown)
            case Mail.PRIVATE | Mail.NOTICE | Mail.REPLY | Mail.CALL if letter.said:
                return sentence(letter.said, speak)
        raise ValueError(f"letter {letter.id} of kind {letter.kind} has nothing to tell")

    def _risk(self, view: View) -> Risk:
        """The gravest among all steps, not only those a card has room for."""
        found = {self.risks.get(action, Risk.DESTROY) for action in view.actions}
        return max(found, key=RISKS.index, default=Risk.CHANGE)

    def _speaker(self, view: View) -> Speaker:
        return Speaker(self.languages, view.letter.language, self.zone, self.console)


def waits(view: View) -> Words:
    """What each of those is told who could approve, and do not see the card."""
    operation = _report(view).operation
    return words(
        "#{number} of {asker} waits for an approval where you do not see its card: {line}."
        " Decide in toban's Home tab.",
        number=operation.number,
        asker=operation.ask.asker.person,
        line=f"/{operation.ask.line}"[:300],
    )


def plain(message: Message) -> Message:
    """The same without blocks."""
    return Message(message.text, ())


def _report(view: View) -> Report:
    if view.report is None:
        raise ValueError(f"letter {view.letter.id} is about no operation")
    return view.report


def _why_here(view: View) -> Words:
    if view.home:
        return words(
            "{channel} does not take messages of toban, so this comes here; /invite @toban there to see it "
            "where it belongs",
            channel=view.home,
        )
    asked_in = view.report.operation.ask.asker.channel if view.report else ""
    return BETWEEN_PEOPLE if asked_in.startswith(DIRECT) else COMES_HERE


def _moved(said: Message, speak: Speaker, here: Words) -> Message:
    why = speak.text(here, 400)
    blocks = (section(f"ℹ️ {why}"), *said.blocks)
    return Message(clipped(f"{why}\n{said.text}", TEXT), blocks[:BLOCKS])
