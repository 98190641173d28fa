"""In which order a failure test is asked for, aborted, killed and started again."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.scenarios.drill_lives import Life, Story


def whole(life: Life) -> None:
    """Nobody does anything: the timer ends it."""
    life.arm()
    life.begin()
    life.until(life.is_over)


def aborted_before(life: Life) -> None:
    """Somebody aborts it while it is looked whether all is well."""
    life.arm()
    life.begin()
    life.turn(1)
    life.abort()
    life.until(life.is_over)


def aborted_while(life: Life) -> None:
    """The abort comes in the very moment in which the first fault is called."""
    life.arm()
    life.before_fault = _once(life.abort)
    life.begin()
    life.until(life.is_over)


def aborted_after(life: Life) -> None:
    """Somebody aborts it once a fault is in."""
    life.arm()
    life.begin()
    life.until(life.is_in)
    life.abort()
    life.until(life.is_over)


def aborted_twice(life: Life) -> None:
    """Two people abort it, by a click and by a line."""
    life.arm()
    life.begin()
    life.until(life.is_in)
    life.abort()
    life.turn(1)
    life.abort_by_line()
    life.until(life.is_over)


def dying_from_the_abort_on(life: Life) -> None:
    """Moments are counted only from the abort on."""
    life.begin()
    life.until(life.is_in)
    life.arm()
    life.abort()
    life.until(life.is_over)


def rest(life: Life) -> None:
    """Slack asks once more, as it may; all else goes on by itself."""
    life.arm()
    life.begin()
    life.until(life.is_over, 5)


def aborted_first(life: Life) -> None:
    """The first thing after the restart is that somebody aborts it."""
    life.arm()
    if not life.is_asked():
        life.begin()
    life.abort()
    life.until(life.is_over, 5)


@dataclass(frozen=True, slots=True)
class Order:
    """A life that is killed, and the one after it; once more killed in between, if it dies twice."""

    first: Story
    then: Story = rest
    twice: bool = False
    away: int = 0  # seconds between the two


ORDERS = {
    "its time is over": Order(whole),
    "aborted before the fault": Order(aborted_before),
    "aborted while the fault goes in": Order(aborted_while),
    "aborted after the fault": Order(aborted_after),
    "aborted twice": Order(aborted_twice),
    "aborted after the restart": Order(whole, aborted_first),
    "killed during the abort": Order(dying_from_the_abort_on),
    "away for ten minutes": Order(whole, away=600),
    "killed twice": Order(whole, twice=True),
    "killed twice, then aborted": Order(whole, aborted_first, twice=True),
}


def _once(do: Callable[[], None]) -> Callable[[], None]:
    """The same, the first time only."""
    left = [do]

    def first() -> None:
        if left:
            left.pop()()

    return first
