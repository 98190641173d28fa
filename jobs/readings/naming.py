"""What lines may name: ids that are ids, names that are one plain word; and the buttons that name them.

An event comes from outside.  What is no id of its kind, or could be read as anything but a name, is named to
nobody: a group that calls itself "all" would mean every group.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.event import Event
from bot.plan import Offer
from bot.words import Words
from jobs.readings.fields import tail

MOST = 10  # ids in one line
_ID = re.compile(r"([a-z]{1,10}-)(?:[0-9a-f]{17}|[0-9a-f]{8})")  # "Resource IDs", EC2 user guide
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")
_WORDS = frozenset({"all", "until", "for", "on", "next"})  # that lines understand as something else
_STARTS = ("-", "tag:", "name:")


def ids(prefix: str, values: Iterable[str]) -> tuple[str, ...]:
    """The ids of this prefix among values and the ends of ARNs, each once."""
    ends = (tail(value) for value in values)
    found = (one for one in ends if (match := _ID.fullmatch(one)) and match[1] == prefix)
    return tuple(dict.fromkeys(found))


def name(value: str) -> str:
    """A name that is one plain word and could be no id of something else; "" for any other."""
    plain = _NAME.fullmatch(value) and not _ID.fullmatch(value) and value.casefold() not in _WORDS
    return value if plain else ""


def names(event: Event, **named: str) -> dict[str, str]:
    """What lines of rules may name in braces; what is empty, or would mean something else, is left out."""
    every = {"account": event.account, "region": event.region, **named}
    return {key: value for key, value in every.items() if value and not _means_more(value)}


def offers(verb: str, label: Words, targets: Sequence[str]) -> tuple[Offer, ...]:
    """A button that asks a line about these targets; none when there are none."""
    return (Offer(label, f"{verb} {' '.join(targets[:MOST])}"),) if targets and targets[0] else ()


def shown(targets: Sequence[str]) -> str:
    """Targets on a button: the first, and how many more."""
    return f"{targets[0]} +{len(targets) - 1}" if len(targets) > 1 else "".join(targets)


def cause(event: Event, what: str) -> str:
    """What troubles of a storm have in common."""
    return f"{event.account} {what}".strip()


def _means_more(value: str) -> bool:
    plain = unicodedata.normalize("NFKC", value).casefold()
    return plain in _WORDS or plain.startswith(_STARTS)
