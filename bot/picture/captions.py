"""What is written in a picture, in one language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.chart import Chart
from bot.picture import stack
from bot.picture.names import fitted
from bot.picture.scale import Scale, money, named
from bot.picture.tall import tall
from bot.words import Words, words

EXPECTED, PROVISIONAL, UNKNOWN = words("forecast"), words("provisional"), words("nothing known")
BELOW = 12  # letters of a label
APART = 8  # labels between two amounts that do not touch
STRANGE = "?"  # stands for a letter that no font has


@dataclass(frozen=True, slots=True)
class Captions:
    """All of it."""

    title: str
    series: tuple[str, ...]
    below: tuple[tuple[int, str], ...]  # the few labels that are written, with their places
    above: tuple[tuple[int, str], ...]  # what bars amount to that are cut
    beside: tuple[str, ...]  # at each tick
    expected: str
    provisional: str
    unknown: str

    def __iter__(self) -> Iterator[str]:
        """Each text."""
        yield from (self.title, *self.series, *self.beside, self.expected, self.provisional, self.unknown)
        yield from (text for _, text in (*self.below, *self.above))

    def without(self, letters: frozenset[str]) -> "Captions":
        """The same with these letters made strange."""
        table = {ord(letter): STRANGE for letter in letters}
        return Captions(
            self.title.translate(table),
            tuple(name.translate(table) for name in self.series),
            tuple((at, text.translate(table)) for at, text in self.below),
            tuple((at, text.translate(table)) for at, text in self.above),
            tuple(text.translate(table) for text in self.beside),
            self.expected.translate(table),
            self.provisional.translate(table),
            self.unknown.translate(table),
        )


def captions(chart: Chart, amounts: Scale, say: Callable[[Words], str], language: str) -> Captions:
    """The texts of a chart, as `say` says them."""
    names = (one.name if isinstance(one.name, str) else say(one.name) for one in chart.series)
    below = named(stack.places(chart), language)
    return Captions(
        title=say(chart.title),
        series=tuple(names),
        below=tuple((at, fitted(text, BELOW)) for at, text in below),
        above=tuple((at, money(_about(top), chart.currency, language)) for at, top in _apart(tall(chart))),
        beside=tuple(money(tick, chart.currency, language) for tick in amounts.ticks),
        expected=say(EXPECTED),
        provisional=say(PROVISIONAL),
        unknown=say(UNKNOWN),
    )


def _apart(tops: dict[int, Decimal]) -> Iterator[tuple[int, Decimal]]:
    """The highest first, and of those beside it only what does not touch it."""
    written: list[int] = []
    for at in sorted(tops, key=lambda one: -tops[one]):
        if all(abs(at - other) >= APART for other in written):
            written.append(at)
            yield at, tops[at]


def _about(amount: Decimal) -> Decimal:
    """Two digits of it: there is room for no more, and the message has the amount itself."""
    return round(amount, 1 - amount.adjusted())
