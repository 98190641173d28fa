"""What the shop writes down of itself is what somebody sees who asks fifty times a second."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playground.aws.server import LocalAws
from playground.shop import truth
from playground.shop.shop import Shop
from playground.shop.truth import Change, Truth, Window
from tests.playground.shop import breaking
from tests.playground.shop.observer import Observer, is_broken, is_well, observing, wait_until
from tests.playground.shop.test_shop import A

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CLOSE = timedelta(milliseconds=60)  # between a change and what an answer under way makes of it
NEAR = 0.3  # seconds: some pages at fifty a second, and a busy machine


def at(second: float) -> datetime:
    return NOON + timedelta(seconds=second)


def possible(changes: tuple[Change, ...], when: datetime) -> set[str]:
    """How a page may end that was asked for at this moment."""
    around = [one for one in changes if one.at <= when - CLOSE][-1:]
    around += [one for one in changes if when - CLOSE < one.at <= when + CLOSE]
    well = any(sum(one.shares.values()) < 0.999 for one in around)
    return {kind for one in around for kind in one.shares} | ({"200"} if well else set())


def agrees(shop: Shop, observer: Observer) -> None:
    """Each answer was possible, and the first and the last error are where the outage begins and ends."""
    changes = shop.truth.changes()
    wrong = [(when, status) for when, status in observer.seen if str(status) not in possible(changes, when)]
    assert wrong == []
    for outage in shop.truth.outages():
        assert outage.end is not None
        within = [when for when, _ in observer.errors() if outage.begin - CLOSE <= when <= outage.end + CLOSE]
        assert abs((within[0] - outage.begin).total_seconds()) < NEAR
        assert abs((within[-1] - outage.end).total_seconds()) < NEAR


def test_a_zone_that_is_cut_off_and_comes_back(aws: LocalAws, shop: Shop) -> None:
    wall = breaking.deny_all(aws)
    cut = breaking.subnets(aws, A, "web")
    with observing(shop) as observer:
        time.sleep(0.3)
        before = breaking.associate(aws, cut, wall)
        wait_until(lambda: is_broken(shop))
        wait_until(lambda: is_well(shop))
        breaking.associate(aws, cut, before)
        wait_until(lambda: set(breaking.health(aws).values()) == {("healthy", "")})
        time.sleep(0.3)
    assert {status for _, status in observer.seen} == {200, 504}
    agrees(shop, observer)


def test_a_failover(aws: LocalAws, shop: Shop) -> None:
    aws.control.databases_fail_over(scale=0.04)
    shop.timing.scale = 0.04
    with observing(shop) as observer:
        time.sleep(0.3)
        breaking.fail_over(aws)
        wait_until(lambda: is_broken(shop))
        wait_until(lambda: is_well(shop))
        time.sleep(0.3)
    assert {status for _, status in observer.seen} == {200, 502, 504}
    agrees(shop, observer)


def test_it_is_a_file_too(tmp_path: Path) -> None:
    moments = iter([at(0), at(1), at(2), at(4), at(4)])
    told = Truth(tmp_path / "truth.jsonl", lambda: next(moments))
    told.note("front", {"": 1.0})
    told.note("front", {"": 0.5, "504": 0.5})
    told.note("front", {"504": 0.5, "": 0.5})  # nothing new: nothing is written
    told.note("front", {"502": 1.0})
    told.note("front", {"slow": 0.25, "": 1.0})
    told.note("picture", {"403": 1.0})
    assert truth.read(tmp_path / "truth.jsonl") == told.changes()
    assert told.windows() == (
        Window("504", at(1), at(2), 0.5),
        Window("502", at(2), at(4), 1.0),
        Window("slow", at(4), None, 0.25),
    )
    assert told.outages() == (Window("any", at(1), at(4), 1.0),)
    assert told.windows("picture") == (Window("403", at(4), None, 1.0),)


def test_a_shop_that_nobody_asks_takes_hardly_anything(aws: LocalAws) -> None:
    """As the playground has it: at most 2 % of a core; a busy machine may double it."""
    with Shop(aws):
        begun = time.process_time()
        time.sleep(2)
        assert time.process_time() - begun < 2 * 0.04
