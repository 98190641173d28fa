"""Who a message is for: the language it is said in and the zone its times are in."""

from dataclasses import dataclass
from datetime import tzinfo

from bot.language import Languages
from bot.views.text import MRKDWN, clipped, tame
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says sentences for one reader, or one channel."""

    languages: Languages
    language: str  # "en", "ja", or a locale such as "ja-JP"
    zone: tzinfo

    def text(self, words: Words, most: int = 3000) -> str:
        """The sentence as mrkdwn: values are escaped and do nothing, people are mentioned."""
        return clipped(self.languages.say(words, self.language, self.zone, MRKDWN), most)

    def plain(self, words: Words) -> str:
        """The sentence without markup, on one line, for buttons, titles and files."""
        return tame(self.languages.say(words, self.language, self.zone))
