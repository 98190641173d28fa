"""What the report tells of one currency: its headline, what is behind it, its table."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.command import World
from bot.plan import Table
from bot.words import Words, words
from commands.bill import ahead, known, movers, outlook
from commands.bill.figures import Figures, sums
from commands.bill.known import Judged
from commands.bill.period import Period, Spell, named, of_day, to_date
from commands.bill.told import accounts_moved, against, marked, tags_moved

ROWS = 6


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one currency."""

    spell: Spell
    period: Period
    figures: Figures
    judged: Judged
    compared: Figures  # without the payers of whom the days that are compared are not there

    @property
    def partly(self) -> bool:
        """Whether AWS has its last day only in part, or not at all."""
        return self.period.days.last > self.judged.day

    @property
    def moved(self) -> Period:
        """What is compared service by service: a day that is there only in part compares with nothing."""
        return of_day(self.judged.day) if self.partly and self.spell is Spell.DAY else self.period


def headline(told: Told, *, provisional: bool) -> Words:
    """How much it was; how that compares, where AWS has it nearly whole."""
    if told.period.days.last not in told.figures.known():
        return against(told.figures, told.period)
    if told.partly and told.spell is Spell.DAY:
        absent = known.absent(told.figures, told.period.days)
        return marked(against(told.figures, told.period, so_far=True), absent, provisional=provisional)
    return marked(against(told.compared, told.period), told.judged.without, provisional=provisional)


def corrected(world: World, told: Told, account: str, said: Words) -> list[Words]:
    """What was said first, where it reads otherwise now.

    Of a day AWS's first figure is kept; a week, a month or one account is held against what its message said.
    """
    if told.spell is Spell.DAY and not account:
        return known.corrections(told.figures, told.period.days.last)
    return known.said_first(world.told, said)


def notes(world: World, told: Told, account: str) -> Iterator[Words]:
    """What is told of one currency, behind its headline."""
    figures, days = told.figures, told.period.days
    if told.partly:
        yield _hardly(told)
    newest = [] if told.spell is Spell.MONTH else outlook.newest(figures, days.last)
    yield from (outlook.so_far(figures, day) for day in newest)
    expected = None if account else ahead.of_month(world, figures)
    if expected:
        yield outlook.forecast(expected, figures.currency)
    yield from outlook.budgets(world, figures, to_date(days.last).days, expected, account)
    yield from accounts_moved(told.compared, told.moved)
    yield from tags_moved(told.compared, told.moved, world.costs.rules.tag)
    yield from known.unknown(figures, told.moved, *(to_date(day) for day in newest))


def _hardly(told: Told) -> Words:
    """What may be said of the days before, while AWS has the last one only in part."""
    last = told.period.days.last
    if told.spell is not Spell.DAY:
        return words("AWS has only part of {day} yet", day=last.isoformat())
    said = marked(against(told.compared, told.moved), told.judged.without, provisional=False)
    if last not in told.figures.known():
        return words("What moved is said of {said}", said=said)
    return words(
        "AWS has only part of {day} yet; what moved is said of {said}", day=last.isoformat(), said=said
    )


def table(told: Told) -> Table | None:
    """What moved most, service by service; None where nothing is known."""
    period, figures = told.moved, told.compared
    if not figures.known() & set(period.days):
        return None
    columns = movers.Columns(words("Service"), named(period.days), named(period.before))
    now, before = sums(figures.services, period.days), sums(figures.services, period.before)
    compares = figures.knows(period.days, period.before)
    return movers.table(columns, now, before if compares else None, figures.currency, ROWS, by_move=True)
