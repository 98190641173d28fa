"""Channels: toban is in every channel that the config names, else nobody there hears of anything."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, Says
from bot.settings import Settings
from bot.slack.sight import Seen, Sight, SlackSaysNo

NAME = "slack channels"
_SAYS = Says(NAME)


def named(settings: Settings) -> tuple[str, ...]:
    """Every channel of the config, each once."""
    rules = (rule.channel for rule in settings.rules)
    schedules = (schedule.channel for schedule in settings.schedules)
    found = (*settings.channels, settings.reports, *rules, *schedules)
    return tuple(dict.fromkeys(channel for channel in found if channel))


def look(slack: Sight, settings: Settings) -> Iterator[Finding]:
    """Each of them.  Raises SlackSaysNo or SlackAway."""
    channels = named(settings)
    if not channels:
        yield _SAYS.warning(
            "The config names no channel, so toban has nowhere to speak of itself.",
            "Add [channels.C…] with the id of a channel (its name, About) to the config.",
        )
        return
    wrong = [finding for channel in channels if (finding := _of(slack, channel))]
    yield from wrong
    if not wrong:
        yield _SAYS.ok(f"toban is in all channels of the config ({len(channels)}).")


def _of(slack: Sight, channel: str) -> Finding | None:
    try:
        seen = slack.channel(channel)
    except SlackSaysNo as error:
        if error.code != "channel_not_found":
            raise
        return _SAYS.failed(
            f"There is no channel {channel}, or it is private and toban is not in it.",
            "Correct the id in the config (channel, About), or type /invite @toban in it.",
        )
    return _wrong(channel, seen)


def _wrong(channel: str, seen: Seen) -> Finding | None:
    if seen.is_archived:
        return _SAYS.failed(
            f"#{seen.name} ({channel}) is archived: nothing can be said there.",
            "Unarchive it, or put another channel into the config.",
        )
    if not seen.is_member:
        return _SAYS.failed(
            f"toban is not in #{seen.name} ({channel}).", f"Type /invite @toban in #{seen.name}."
        )
    return None
