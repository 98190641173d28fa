"""How accounts stand with SES, and what of it is dangerous by AWS's own limits.

Source: "Amazon SES sending review process FAQs" (SES developer guide): AWS reviews an account from 5 % of
bounces on and may pause it at 10 %; of complaints from 0.1 % on and at 0.5 %.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from aws import metric, sending
from aws.account import Place
from aws.sending import PROBATION, SHUTDOWN, Sending
from bot.command import World
from bot.words import Words, words
from commands.reading import Found, everywhere, places

BOUNCES = (0.05, 0.10)
COMPLAINTS = (0.001, 0.005)
USED = (0.8, 0.95)  # of the quota; ours
KNOWN_FOR = timedelta(days=7)
"""A rate that is older says nothing of today: SES tells none while little is sent."""


class Level(IntEnum):
    """How dangerous something is."""

    GOOD = 0
    WARNING = 1  # AWS reviews
    DANGER = 2  # AWS may pause, or has


SIGNS = {Level.GOOD: "🟢", Level.WARNING: "🟠", Level.DANGER: "🔴"}


@dataclass(frozen=True, slots=True)
class Standing:
    """An account in a region."""

    sending: Sending
    bounces: float | None  # fractions; None: not known
    complaints: float | None

    @property
    def is_used(self) -> bool:
        """Whether anything is, or may be, sent to anybody but oneself there."""
        one = self.sending
        return one.production or one.sent > 0 or one.enforcement in {PROBATION, SHUTDOWN}

    @property
    def level(self) -> Level:
        """The worst of all."""
        return max((level for level, _ in self.findings()), default=Level.GOOD)

    def findings(self, where: str = "") -> Iterator[tuple[Level, Words]]:
        """What is dangerous, the worst of each kind."""
        yield from self._enforced(where)
        yield from self._bounces(where)
        yield from self._complaints(where)
        yield from self._used(where)

    def _enforced(self, where: str) -> Iterator[tuple[Level, Words]]:
        match self.sending.enforcement:
            case "SHUTDOWN":
                yield Level.DANGER, words("{place}: AWS has paused sending", place=where)
            case "PROBATION":
                yield Level.DANGER, words("{place}: AWS has the account under review", place=where)
        if not self.sending.enabled:
            yield Level.DANGER, words("{place}: sending is switched off", place=where)

    def _bounces(self, where: str) -> Iterator[tuple[Level, Words]]:
        level = reached(self.bounces, BOUNCES)
        if level and self.bounces is not None:
            yield (
                level,
                words(
                    "{place}: {rate} of the mail bounces; AWS reviews accounts from 5 % on and may pause"
                    " them at 10 %",
                    place=where,
                    rate=percent(self.bounces),
                ),
            )

    def _complaints(self, where: str) -> Iterator[tuple[Level, Words]]:
        level = reached(self.complaints, COMPLAINTS)
        if level and self.complaints is not None:
            yield (
                level,
                words(
                    "{place}: {rate} of the mail is complained about; AWS reviews accounts from 0.1 % on and"
                    " may pause them at 0.5 %",
                    place=where,
                    rate=percent(self.complaints),
                ),
            )

    def _used(self, where: str) -> Iterator[tuple[Level, Words]]:
        level = reached(self.sending.used, USED)
        if level and self.sending.used is not None:
            yield (
                level,
                words(
                    "{place}: {share} of the mail that may be sent in 24 hours is sent; then SES refuses it",
                    place=where,
                    share=percent(self.sending.used),
                ),
            )


def reached(value: float | None, limits: tuple[float, float]) -> Level:
    """Which of two limits a value has reached."""
    if value is None:
        return Level.GOOD
    return Level(sum(value >= limit for limit in limits))


def percent(value: float) -> str:
    """A fraction as a percentage, such as 0.12 %."""
    return f"{value * 100:.2f}".rstrip("0").rstrip(".") + " %"


def read(world: World, accounts: Sequence[str], regions: Sequence[str]) -> Found[Standing]:
    """How every place that is meant stands."""
    return everywhere(places(world, accounts, regions), lambda place: [_in_place(world, place)])


def _in_place(world: World, place: Place) -> Standing:
    found = sending.read(sending.client(world.aws, place))
    blank = Standing(found, None, None)
    if not blank.is_used:
        return blank
    cloudwatch = metric.client(world.aws, place)
    return Standing(
        found,
        sending.newest(cloudwatch, sending.BOUNCES, world.now, KNOWN_FOR),
        sending.newest(cloudwatch, sending.COMPLAINTS, world.now, KNOWN_FOR),
    )
