"""Slack's dates in text, `<!date^1700000000^{date_short} {time}|fallback>`, by the reader's clock.

Source: Slack's page "Formatting message text", date formatting.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

_TOKEN = re.compile(r"\{(\w+)\}")
_NEAR = {
    -1: {"ja": "昨日", "en": "yesterday"},
    0: {"ja": "今日", "en": "today"},
    1: {"ja": "明日", "en": "tomorrow"},
}
_WAYS = {"date": "long", "date_long": "full", "date_short": "medium"}


def said_date(stamp: str, pattern: str, *, language: str, zone: ZoneInfo, now: datetime) -> str | None:
    """Return the pattern with its tokens filled in; None when the stamp or a token is unknown."""
    try:
        moment = datetime.fromtimestamp(int(stamp), UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None
    said = [_said(token, moment, language, now.astimezone(zone)) for token in _TOKEN.findall(pattern)]
    if None in said:
        return None
    words = iter(said)
    return _TOKEN.sub(lambda _: str(next(words)), pattern)


def day_of(moment: datetime, language: str, now: datetime) -> str:
    """Return the day of a moment as a reader says it: today, yesterday, or the date."""
    return _near(moment, now, language) or str(format_date(moment, "full", locale=language))


def _said(token: str, moment: datetime, language: str, now: datetime) -> str | None:
    if token == "date_num":
        return f"{moment:%Y-%m-%d}"
    if token == "time":
        return str(format_time(moment, "short", locale=language))
    if token == "time_secs":
        return str(format_time(moment, "medium", locale=language))
    plain = token.removesuffix("_pretty")
    if plain not in _WAYS:
        return None
    near = _near(moment, now, language) if plain != token else ""
    return near or str(format_date(moment, _WAYS[plain], locale=language))


def _near(moment: datetime, now: datetime, language: str) -> str:
    days = (moment.date() - now.date()) // timedelta(days=1)
    return _NEAR[days][language] if days in _NEAR else ""
