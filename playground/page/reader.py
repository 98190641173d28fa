"""Who looks at the page: their language and their clock, and what names they read for ids."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from playground.slack.people import Channel, Person
from playground.slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reader:
    """One person in front of the page."""

    slack: Workspace
    person: Person

    @property
    def language(self) -> str:
        """Their language: "ja" or "en"."""
        return "ja" if self.person.locale.startswith("ja") else "en"

    @property
    def zone(self) -> ZoneInfo:
        """Their time zone."""
        return ZoneInfo(self.person.tz)

    def name_of(self, user_id: str) -> str:
        """Return the name of a person; the id itself when nobody has it."""
        known = self.slack.people.get(user_id)
        return known.real_name if known else user_id

    def title_of(self, channel: Channel) -> str:
        """Return how a conversation is called: its name, or the other one's."""
        return channel.name or self.name_of(self.slack.app.user_id)

    def at(self, ts: str) -> datetime:
        """Return the moment of a message's timestamp, by this reader's clock."""
        return datetime.fromtimestamp(float(ts), UTC).astimezone(self.zone)

    def people_to_choose(self) -> list[tuple[str, str]]:
        """Return the people a menu offers, as id and name."""
        return [(one.id, one.real_name) for one in self.slack.people.values() if not one.deleted]

    def channels_to_choose(self) -> list[tuple[str, str]]:
        """Return the channels a menu offers, as id and name."""
        return [(one.id, f"#{one.name}") for one in self.slack.channels.values() if one.name]
