"""What was received too often lies in another queue, and somebody is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aws.account import AccountConfig
from jobs.dead_letters import Watch
from tests.happened import letters, said
from tests.house import House, house
from tests.jobs.box import MAIN, Box, Boxed, Held


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", "123456789012", ("ap-northeast-1",))]) as made:
        yield made


def watching(there: House, lie: int, *, channel: str = "C0REPORTS") -> tuple[Watch, Box]:
    box = Box(there.time)
    box.dead = [Held(f"m-{n}", "x", there.time()) for n in range(lie)]
    path = replace(there.path, aws=Boxed(box))
    return Watch(path, [MAIN, replace(MAIN, name="bare", dead_letters="")], channel), box


def test_what_lies_there_is_told_once_an_hour(there: House) -> None:
    watch, _ = watching(there, 3)
    for _ in range(13):  # an hour, and five minutes
        watch.look()
        there.time.pass_(minutes=5)
    first, second = letters(there, "notice")
    assert said(there, first) == (
        f"⚠️ 3 messages could not be taken in from the queue main; they lie in {MAIN.dead_letters}."
    )
    assert first != second


def test_it_is_looked_every_five_minutes_and_only_where_there_is_such_a_queue(there: House) -> None:
    watch, box = watching(there, 0)
    for _ in range(60):
        watch.look()
        there.time.pass_(seconds=5)
    assert box.log == ["attributes"]
    assert letters(there) == []


def test_a_queue_that_cannot_be_looked_at_is_looked_at_later(there: House) -> None:
    watch, box = watching(there, 1)
    box.away = {"attributes"}
    watch.look()
    assert letters(there) == []
    box.away = ()
    there.time.pass_(minutes=5)
    watch.look()
    assert len(letters(there)) == 1


def test_without_a_channel_nobody_is_told(there: House) -> None:
    watch, _ = watching(there, 1, channel="")
    watch.look()
    assert letters(there) == []
