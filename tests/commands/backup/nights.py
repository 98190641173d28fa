"""Nights to tell of: steps as they ended, made by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from aws.account import Place
from bot.brief import MISSED, NightBrief
from bot.command import Ended
from bot.plan import Left, Resource, Step
from bot.words import Words, words
from commands.backup._night import tell
from commands.changes.put_metric import signal_step

TOKYO = Place("prod", "ap-northeast-1")
NIGHT = "2026-11-22"


def volume(id_: str, name: str = "") -> Resource:
    return Resource(*_at(), "volume", id_, name)


def _at() -> tuple[str, str]:
    return TOKYO.account, TOKYO.region


def ended(step: Step, state: str = "done", result: str = "", why: str = "") -> Ended:
    return Ended(step, state, words("{it}", it=why) if why else None, result)


def create(id_: str, name: str = "", night: str = NIGHT) -> Step:
    return Step(f"snapshot.create/{id_}", "snapshot.create", volume(id_, name), (), (), (("night", night),))


def image(id_: str) -> Step:
    target = Resource(*_at(), "instance", id_, "web-1")
    return Step(f"ami.create/{id_}", "ami.create", target, (), (), (("night", NIGHT),))


def copy(id_: str, to: str = "us-west-2") -> Step:
    there = Resource("prod", to, "volume", id_)
    inputs = (("source_region", TOKYO.region),)
    return Step(f"snapshot.copy/{to}/{id_}", "snapshot.copy", there, (), (), inputs, about=id_)


def delete(snapshot: str, of: str) -> Step:
    target = Resource(*_at(), "snapshot", snapshot)
    return Step(f"snapshot.delete/{snapshot}", "snapshot.delete", target, (), (), about=of)


def thaw(instance: str) -> Step:
    target = Resource(*_at(), "instance", instance, "db-1")
    return Step(f"snapshot.after/{instance}", "snapshot.after", target, (), (), about="vol-1")


def signal(needs: Sequence[Step], targets: int) -> Step:
    return signal_step(TOKYO, [one.key for one in needs], night=NIGHT, targets=targets)


def left(target: Resource, why: str) -> Left:
    return Left(target, words("{it}", it=why))


# -- as the ledger tells of them ----------------------------------------------------------------------

NOW = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # 08:30 in Tokyo, on the 22nd
ONE_O_CLOCK = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)  # 01:00 in Tokyo, on the 22nd


def good(days_ago: int = 0, number: int = 7) -> NightBrief:
    told = tell([ended(create("vol-1"), result="snap-1"), ended(create("vol-2"), result="snap-2")], ())
    return brief(days_ago, number, "done", summary=told.summary, well=True)


def bad(days_ago: int = 0, number: int = 8) -> NightBrief:
    told = tell([ended(create("vol-1"), result="snap-1"), ended(create("vol-2"), "failed", why="no key")], ())
    return brief(days_ago, number, "partly", summary=told.summary, lines=told.lines)


def lost(days_ago: int = 0) -> NightBrief:
    return brief(days_ago, None, MISSED, why=words("nobody was there"), took=None)


def brief(
    days_ago: int,
    number: int | None,
    state: str,
    *,
    summary: Words | None = None,
    lines: tuple[Words, ...] = (),
    well: bool = False,
    why: Words | None = None,
    took: timedelta | None = timedelta(minutes=12),
    line: str = "/backup tonight",
) -> NightBrief:
    at = ONE_O_CLOCK - timedelta(days=days_ago)
    return NightBrief(at, number, state, line, "U0MILLER", "nightly", took, summary, lines, well, why)
