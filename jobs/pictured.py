"""The metric of an alarm around the moment at which it began: a chart, and CloudWatch's own picture."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal

from aws.account import Place
from aws.errors import AwsError
from aws.metric import client, points
from bot.chart import Chart, Series, Shape
from bot.flow.path import Path
from bot.trouble import Trouble
from bot.words import words
from jobs.widget import Take

log = logging.getLogger("toban.events")
POINTS = 60  # of a picture
BEFORE = timedelta(hours=1)  # at least, before it began


@dataclass(frozen=True, slots=True)
class Shows:
    """The metric of an alarm: as a chart, which also says it in words, and as CloudWatch draws it."""

    chart: Chart
    png: bytes = b""  # b"": toban draws the chart


def picture(take: Take, path: Path, trouble: Trouble) -> Iterator[Shows]:
    """The metric before the trouble began, beside its threshold; none where it may not be read."""
    metric = trouble.metric
    if not metric or not int(metric["period"]):
        return
    cloudwatch = client(path.aws, Place(trouble.account, trouble.region))
    since = trouble.began - max(BEFORE, POINTS * timedelta(seconds=int(metric["period"])))
    try:
        found = points(cloudwatch, metric, since, path.now())[-POINTS:]
    except AwsError as error:
        log.info("no values for #A%s: %s", trouble.number, error, extra={"action": "events.no-picture"})
        if png := take(trouble, since):
            yield Shows(_unread(trouble), png)
        return
    if found:
        yield Shows(_chart(trouble, found, path.zone), take(trouble, since))


def _unread(trouble: Trouble) -> Chart:
    """A chart of which nothing is known but its name: toban may not read the values."""
    name, statistic = trouble.metric["name"], trouble.metric["statistic"]
    title = words("{metric} ({statistic})", metric=name, statistic=statistic)
    return Chart(title=title, alt=title, currency="", labels=(), series=(), shape=Shape.LINES)


def _chart(trouble: Trouble, found: Sequence[tuple[datetime, float]], zone: tzinfo) -> Chart:
    metric, values = trouble.metric, [Decimal(repr(value)) for _, value in found]
    series = [Series(metric["name"], tuple(values))]
    if "threshold" in metric:
        series.append(Series(words("threshold"), (Decimal(metric["threshold"]),) * len(values)))
    return Chart(
        title=words("{metric} ({statistic})", metric=metric["name"], statistic=metric["statistic"]),
        alt=words(
            "{metric}: from {low} to {high}, {last} last.",
            metric=metric["name"],
            low=_said(min(values)),
            high=_said(max(values)),
            last=_said(values[-1]),
        ),
        currency="",
        labels=tuple(f"{at.astimezone(zone):%H:%M}" for at, _ in found),
        series=tuple(series),
        shape=Shape.LINES,
    )


def _said(value: Decimal) -> str:
    """A number as people say it: 97.25, and bytes by the million in full."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"
