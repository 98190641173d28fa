"""Charts for tests of pictures, and a look at their pixels."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

from PIL import Image

from bot.chart import Band, Chart, Series, Shape
from bot.drawn import Drawn
from bot.language import Languages
from bot.picture.painter import Painter, Picture
from bot.picture.plot import Plot
from bot.words import Words, words

FIRST = date(2026, 9, 1)
Pixel = tuple[int, int, int]


def days(length: int, first: date = FIRST) -> tuple[str, ...]:
    return tuple((first + timedelta(days=number)).isoformat() for number in range(length))


def series(name: str | Words, *values: str | None) -> Series:
    return Series(name, tuple(None if value is None else Decimal(value) for value in values))


def chart(
    *made: Series,
    band: Band | None = None,
    provisional: int = 0,
    shape: Shape = Shape.STACKED,
    currency: str = "USD",
) -> Chart:
    return Chart(
        title=words("{n} days by service, {currency} a day", n=len(made[0].values), currency=currency),
        alt=words("Costs by day."),
        currency=currency,
        labels=days(len(made[0].values)),
        series=made,
        shape=shape,
        band=band,
        provisional=provisional,
    )


def band(length: int, after: int, low: str, mean: str, high: str) -> Band:
    amounts = ((Decimal(each),) * length for each in (mean, low, high))
    return Band(days(length, FIRST + timedelta(days=after)), *amounts)


def sixty_days(number: int = 12) -> Chart:
    """Sixty days of so many services."""
    values = [[str(100 + at * 7 % 50 + one) for at in range(60)] for one in range(number)]
    made = (series(f"Service {one}", *amounts) for one, amounts in enumerate(values))
    return chart(*made, band=band(14, 60, "1200", "1500", "1800"), provisional=2)


def painter() -> Painter:
    return Painter(Languages.load(), ZoneInfo("Asia/Tokyo"))


def painted(drawn: Drawn, language: str = "en") -> Picture:
    return painter().paint(drawn, language)


class Seen:
    """A picture as its pixels; heights are counted from below, as the plot counts them."""

    def __init__(self, drawn: Chart, language: str = "en") -> None:
        self.plot = Plot.of(drawn)
        self.image = Image.open(BytesIO(painted(drawn, language).png)).convert("RGB")

    def column(self, at: int) -> list[Pixel]:
        """The middle of a label's bar, from below."""
        where = round(self.plot.x(at))
        return [self.pixel(where, height) for height in range(self.image.height)]

    def height(self, at: int, color: str) -> int:
        """How many pixels of exactly this colour a label's bar has."""
        return Counter(self.column(at))[rgb(color)]

    def at(self, label: int, amount: str) -> Pixel:
        """The pixel at an amount in the middle of a label's bar."""
        return self.pixel(round(self.plot.x(label)), round(self.plot.y(Decimal(amount))))

    def count(self, color: str) -> int:
        return sum(number for number, found in self.image.getcolors(1 << 20) or () if found == rgb(color))

    def pixel(self, across: int, up: int) -> Pixel:
        found = self.image.getpixel((across, self.image.height - 1 - up))
        assert isinstance(found, tuple)
        return found[0], found[1], found[2]


def rgb(color: str) -> Pixel:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red, green, blue
