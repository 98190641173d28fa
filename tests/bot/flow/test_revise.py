"""An answer that was not final is made anew, and its message edited in place."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from aws.account import AccountConfig
from aws.errors import Throttled
from aws.said import Said
from bot.arguments import UsageError
from bot.command import Risk, Verb, World
from bot.engine import Engine
from bot.grammar.grammar import Grammar, Vocabulary
from bot.operation import Door, State
from bot.plan import Plan, Step
from bot.policy.policy import Policy
from bot.store.schema import operations
from bot.words import words
from tests.bot.flow.crowd import ANYBODY, HERE
from tests.bot.flow.stage import act
from tests.by_name import by_name
from tests.house import House, Time, house

NOON = datetime(2026, 11, 21, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOBODY = '@id("nobody") forbid (principal, action, resource);'


@dataclass(frozen=True, slots=True)
class Args:
    """What /news read is told: nothing."""


@dataclass
class News:
    """What the verb of these tests answers, each time that it is asked."""

    says: str = "half of it"
    again: datetime | None = NOON + DAY
    fails: Exception | None = None
    steps: tuple[Step, ...] = ()
    seen: list[World] = field(default_factory=list)

    def plan(self, _args: Args, world: World) -> Plan:
        self.seen.append(world)
        if self.fails:
            raise self.fails
        return Plan(words("{news}", news=self.says), self.steps, again=self.again)


@contextmanager
def reading(folder: Path, news: News, time: Time) -> Iterator[House]:
    """The house with one more noun; opening it a second time is a restart."""
    account = AccountConfig(HERE.account, "123456789012", (HERE.region,))
    verb = Verb("news", "read", words("Read."), Args, Risk.NONE, (), news.plan, ("/news read",))
    with house(folder, [account], time=time) as there:
        path = replace(
            there.path,
            grammar=Grammar(by_name([verb]), Vocabulary((HERE.account,), (HERE.region,))),
            policy=Policy.load(ANYBODY, [(verb.action, verb.risk)]),
            verbs=by_name([verb]),
        )
        yield House(path, Engine(path, there.engine._bell), time)


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture
def there(tmp_path: Path, news: News) -> Iterator[House]:
    with reading(tmp_path, news, Time()) as opened:
        yield opened


def asked(there: House, door: Door = Door.CLOCK) -> int:
    there.ask("/news read", door=door, key="news")
    there.work()
    return there.number_of("news")


def said(there: House, number: int) -> str:
    """What the stored answer says."""
    operation = there.operation(number)
    assert operation.state is State.ANSWERED
    assert operation.plan is not None
    return str(operation.plan.summary)


def wake(there: House, number: int) -> datetime | None:
    query = select(operations.c.wake).where(operations.c.id == number)
    return there.path.db.read(lambda tx: tx.execute(query).scalar())


def letters(there: House) -> list[tuple[str, int]]:
    """Each letter's kind and version."""
    with there.path.db.engine.connect() as tx:
        return [tuple(row) for row in tx.exec_driver_sql("select kind, version from outbox order by id")]


@pytest.mark.parametrize("door", [Door.CLOCK, Door.MENTION, Door.EVENT, Door.BUTTON])
def test_what_everybody_sees_is_made_anew_at_its_moment_and_edited(
    there: House, news: News, door: Door
) -> None:
    number = asked(there, door)
    news.says, news.again = "all of it", None
    there.work(passing=DAY.total_seconds() - 1)
    assert (said(there, number), letters(there)) == ("half of it", [("answer", 1)])
    there.work(passing=1)
    assert (said(there, number), letters(there)) == ("all of it", [("answer", 2)])


@pytest.mark.parametrize("door", [Door.SLASH, Door.FORM, Door.CLI])
def test_what_one_person_alone_was_told_stays_as_it_was(there: House, news: News, door: Door) -> None:
    number = asked(there, door)
    news.says = "all of it"
    there.work(passing=2 * DAY.total_seconds())
    assert (said(there, number), len(news.seen), wake(there, number)) == ("half of it", 1, None)


def test_it_is_planned_as_of_the_moment_that_it_was_asked(there: House, news: News) -> None:
    asked(there)
    there.work(passing=DAY.total_seconds())
    first, anew = news.seen
    assert (first.asked, first.now) == (NOON, NOON)
    assert (anew.asked, anew.due, anew.now) == (NOON, NOON, NOON + DAY)
    assert first.asker == anew.asker
    assert (first.by_the_clock, anew.by_the_clock) == (True, True)


def test_a_restart_forgets_no_answer_that_is_to_be_made_anew(tmp_path: Path, news: News) -> None:
    with ExitStack() as process:
        number = asked(process.enter_context(reading(tmp_path, news, Time())))
    news.says, news.again = "all of it", None
    with reading(tmp_path, news, Time(NOON + 3 * DAY)) as there:
        there.work()
        assert (said(there, number), letters(there)) == ("all of it", [("answer", 2)])


def test_an_answer_that_says_the_same_is_not_edited_and_is_looked_at_again(there: House, news: News) -> None:
    number = asked(there)
    news.again = NOON + 2 * DAY
    there.work(passing=DAY.total_seconds())
    assert (letters(there), wake(there, number)) == ([("answer", 1)], NOON + 2 * DAY)
    news.says, news.again = "all of it", None
    there.work(passing=DAY.total_seconds())
    assert (letters(there), wake(there, number)) == ([("answer", 2)], None)


def test_a_final_answer_is_never_looked_at_again(there: House, news: News) -> None:
    news.again = None
    number = asked(there)
    there.work(passing=30 * DAY.total_seconds())
    assert (wake(there, number), len(news.seen)) == (None, 1)


@pytest.mark.parametrize(
    "fails",
    [Throttled("reading", Said("slow down", code="Throttling")), UsageError(words("no such account"))],
    ids=["AWS says no", "the line fits no more"],
)
def test_what_cannot_be_made_anew_is_put_off_for_an_hour_and_nobody_is_told(
    there: House, news: News, fails: Exception
) -> None:
    number = asked(there)
    news.fails = fails
    there.work(passing=DAY.total_seconds())
    assert (said(there, number), letters(there)) == ("half of it", [("answer", 1)])
    assert wake(there, number) == NOON + DAY + HOUR
    news.fails, news.says = None, "all of it"
    there.work(passing=HOUR.total_seconds())
    assert (said(there, number), letters(there)) == ("all of it", [("answer", 2)])


def test_who_may_not_ask_any_more_is_told_nothing_more(there: House, news: News) -> None:
    number = asked(there)
    denied = replace(there.path, policy=Policy.load(ANYBODY + NOBODY, [("news.read", Risk.NONE)]))
    news.says = "all of it"
    there.time.pass_(days=1)
    Engine(denied, there.engine._bell).run_until_idle()
    assert (said(there, number), letters(there)) == ("half of it", [("answer", 1)])
    assert wake(there, number) is None


def test_a_plan_that_would_change_something_is_no_answer(there: House, news: News) -> None:
    number = asked(there)
    news.steps = (act("up"),)
    action = next(one for one in there.path.actions.values() if one.risk is Risk.CHANGE)
    policy = Policy.load(ANYBODY, [("news.read", Risk.NONE), ("play.do", action.risk)])
    path = replace(there.path, actions={"play.do": action}, policy=policy)
    there.time.pass_(days=1)
    Engine(path, there.engine._bell).run_until_idle()
    assert (said(there, number), letters(there)) == ("half of it", [("answer", 1)])
    assert (wake(there, number), there.steps(number)) == (None, ())


def test_a_mistake_of_ours_ends_it_and_is_for_the_log_alone(
    there: House, news: News, caplog: pytest.LogCaptureFixture
) -> None:
    number = asked(there)
    news.fails = ZeroDivisionError("no such bill")
    there.work(passing=DAY.total_seconds())
    assert (said(there, number), letters(there)) == ("half of it", [("answer", 1)])
    assert (wake(there, number), "stumbled" in caplog.text) == (None, True)


def test_after_fourteen_days_an_answer_stays_as_it_is(there: House, news: News) -> None:
    number = asked(there)
    for n in range(1, 15):
        news.says, news.again = f"day {n}", NOON + (n + 1) * DAY
        there.work(passing=DAY.total_seconds())
    assert (said(there, number), wake(there, number)) == ("day 14", None)
    assert letters(there) == [("answer", 15)]


def test_after_fourteen_days_of_errors_nobody_tries_any_more(there: House, news: News) -> None:
    number = asked(there)
    news.fails = Throttled("reading", Said("slow down", code="Throttling"))
    there.time.pass_(days=14)
    there.work()
    assert wake(there, number) is None


def test_a_moment_that_has_passed_already_does_not_keep_the_bot_busy(there: House, news: News) -> None:
    """A minute lies between two looks, whatever the verb says."""
    news.again = NOON - DAY
    number = asked(there)
    assert wake(there, number) == NOON + timedelta(minutes=1)
    there.work(passing=60)
    assert (len(news.seen), wake(there, number)) == (2, NOON + timedelta(minutes=2))


def test_an_answer_whose_moment_is_too_far_away_is_final(there: House, news: News) -> None:
    news.again = NOON + 14 * DAY + timedelta(seconds=1)
    assert wake(there, asked(there)) is None
