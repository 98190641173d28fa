"""In which language somebody is answered, and whether toban listens to them at all."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.flow.path import Path
from bot.language import Languages
from bot.slack.organisation import Home
from bot.slack.payload import Where
from bot.slack.readers import Readers
from bot.views.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks what in one workspace."""

    path: Path
    readers: Readers
    languages: Languages
    home: Callable[[], Home]  # nothing while it is not known

    def speaker(self, where: Where) -> Speaker:
        """How to speak to a person: in their language, as far as it is known, else in the channel's."""
        language = self.readers.language(where.person, lambda: self.path.language_in(where.channel))
        return Speaker(self.languages, language, self.path.zone, self.path.console)

    def foreign(self, where: Where) -> bool:
        """Whether this person belongs elsewhere, and is in no group of the config: unknown means refused."""
        home = self.home()
        if not home.teams or home.has(where.team, where.enterprise):
            return False
        return not self.path.people.person(where.person).groups
