"""A line that a click asks, as whoever clicked and by the same rules as a typed one."""

from dataclasses import dataclass

from bot.arguments import UsageError
from bot.flow import mail
from bot.flow.path import Path
from bot.flow.receive import Declined, receive
from bot.grammar.grammar import HelpWanted
from bot.operation import Asker, Door
from bot.slack.payload import Where
from bot.slack.voices import Voices
from bot.words import Words, words

OTHER_TEAM = words("You belong to another workspace; toban only listens to people of its own.")


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks lines for people who clicked."""

    path: Path
    voices: Voices

    def ask(self, key: str, where: Where, line: str) -> None:
        """Ask the line once for this key; why it was not asked is said to this person alone."""
        asker = self._asker(where)
        if said := self._refused(key, where, asker, line):
            self.say(key, where, said)

    def say(self, key: str, where: Where, said: Words) -> None:
        """The one answer to a click, for this person alone."""
        asker = self._asker(where)
        self.path.db.write(lambda tx: mail.click(self.path, tx, key, asker, said), urgent=True)
        self.path.ring()

    def _refused(self, key: str, where: Where, asker: Asker, line: str) -> Words | None:
        """Why it was not asked; None when it was."""
        if self.voices.foreign(where):
            return OTHER_TEAM
        try:
            received = receive(self.path, key, Door.BUTTON, asker, line)
        except UsageError as error:
            return error.said
        match received:
            case Declined(why=why):
                return why
            case HelpWanted():
                return words("{line} asks for nothing", line=line[:60])
            case _:
                return None

    def _asker(self, where: Where) -> Asker:
        language = self.voices.speaker(where).language
        return Asker(where.person, where.team, where.channel, where.thread, where.response_url, language)
