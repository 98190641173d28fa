"""Who a message is for: the language it is said in, the zone its times are in, where its links lead."""

from dataclasses import dataclass, field
from datetime import tzinfo

from bot.console import Console
from bot.language import Languages
from bot.views.text import MRKDWN, clipped, tame
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says sentences for one reader, or one channel."""

    languages: Languages
    language: str  # "en", "ja", or a locale such as "ja-JP"
    zone: tzinfo
    console: Console = field(default_factory=Console)  # where ids lead

    def text(self, words: Words, most: int = 3000) -> str:
        """The sentence as mrkdwn: values are escaped and do nothing, people are mentioned."""
        return clipped(self.languages.say(words, self.language, self.zone, MRKDWN), most)

    def plain(self, words: Words) -> str:
        """The sentence without markup, on one line, for buttons, titles and files."""
        return tame(self.languages.say(words, self.language, self.zone))
