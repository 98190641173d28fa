"""CloudWatch's picture first, toban's own whenever that one does not come.

The replies of CloudWatch are canned, since moto knows no GetMetricWidgetImage.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from aws.account import AccountConfig
from aws.widget import PNG
from bot.flow.path import Path as Ways
from bot.store import outbox, pictures
from bot.store.pictures import Kept
from jobs import context
from jobs.widget import Widgets
from tests.canned import CannedAccounts, Refusal
from tests.happened import DISK, RULE, WEB, come, newest
from tests.house import House, house
from tests.jobs.test_context import METRIC, NOTHING

CALL, DATA = "monitoring.GetMetricWidgetImage", "monitoring.GetMetricData"
PICTURE = PNG + b"drawn by AWS"
GIVEN = {"MetricWidgetImage": PICTURE}


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", "123456789012", ("ap-northeast-1",))], rules=(RULE,)) as made:
        yield made


def ways(there: House, widget: Any, **more: Any) -> Ways:
    """The path, where CloudWatch has two values and answers so about its picture."""
    at = [there.time() - timedelta(minutes=n) for n in (2, 1)]
    data = {"MetricDataResults": [{"Id": "m", "Timestamps": at, "Values": [12.5, 97.25]}]}
    replies = {**NOTHING, DATA: data, CALL: widget, **more}
    return replace(there.path, aws=CannedAccounts(replies, role=None))


def kept(there: House, number: int = 1) -> Kept | None:
    """What is known of the picture of a trouble's message."""

    def read(tx: Any) -> Kept | None:
        letter = outbox.with_key(tx, f"trouble:{number}")
        return pictures.of(tx, letter.id) if letter else None

    return there.path.db.read(read)


def shown(there: House, widget: Any, patience: float = 5.0, data: Any = None) -> bytes:
    """What is brought for the message of a trouble that begins now."""
    come(there, metric=METRIC)
    path = ways(there, widget, **({DATA: data} if data else {}))
    assert context.look(path, Widgets(path, patience).take) == 1
    found = kept(there)
    return found.png if found else b""


def asks(path: Ways) -> int:
    assert isinstance(path.aws, CannedAccounts)
    return path.aws.asked.count(CALL)


def test_where_it_is_allowed_the_message_shows_cloudwatchs_own_picture(there: House) -> None:
    assert shown(there, GIVEN) == PICTURE
    chart, found = newest(there).chart, kept(there)
    assert chart is not None
    assert found is not None
    assert found.chart == pictures.digest("en", chart)
    assert str(chart.alt).startswith("CPUUtilization: from 12.5"), (
        "what it shows is said in words all the same"
    )


@pytest.mark.parametrize(
    "answer",
    [
        Refusal("AccessDenied", status=403),
        Refusal("Throttling"),
        Refusal("InvalidAction"),
        Refusal("UnknownOperationException", status=404),
        Refusal("InternalServiceFault", status=500),
        {},
        {"MetricWidgetImage": b""},
        {"MetricWidgetImage": b"<html>"},
        {"MetricWidgetImage": PNG + bytes(600_000)},
    ],
    ids=lambda answer: getattr(answer, "code", "no picture"),
)
def test_whatever_keeps_it_away_toban_draws_its_own(there: House, answer: Any) -> None:
    assert shown(there, answer) == b""
    chart = newest(there).chart
    assert chart is not None
    assert len(chart.series) == 2


def test_what_comes_too_late_is_not_waited_for(there: House) -> None:
    def late(_: Any) -> dict[str, bytes]:
        time.sleep(0.5)
        return GIVEN

    assert shown(there, late, patience=0.01) == b""
    assert newest(there).chart is not None


def test_who_may_read_no_values_still_sees_the_picture(there: House) -> None:
    assert shown(there, GIVEN, data=Refusal("AccessDenied", status=403)) == PICTURE
    chart = newest(there).chart
    assert chart is not None
    assert str(chart.alt) == "CPUUtilization (Average)"


@pytest.mark.parametrize(
    ("answer", "times"), [(Refusal("AccessDenied"), 1), (Refusal("Throttling"), 2), ({}, 2)]
)
def test_who_says_no_is_not_asked_again_for_an_hour(there: House, answer: Any, times: int) -> None:
    path = ways(there, answer)
    take = Widgets(path).take
    for subject in (WEB, DISK):
        come(there, subject=subject, metric=METRIC)
        context.look(path, take)
    assert asks(path) == times
    there.time.pass_(hours=1, minutes=1)
    come(there, subject="arn:alarm:third", metric=METRIC)
    context.look(path, take)
    assert asks(path) == times + 1


def test_who_wants_tobans_own_asks_for_no_other(there: House) -> None:
    come(there, metric=METRIC)
    path = ways(there, GIVEN)
    context.look(path)
    assert (asks(path), kept(there)) == (0, None)
