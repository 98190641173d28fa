"""People who type commands: at a steady rate, or all at once."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from playground.slack.office import Outcome

Typed = Callable[[], Outcome]
PEOPLE = 64  # threads


def steadily(typed: Sequence[Typed], a_second: float) -> list[Outcome]:
    """Type each at its moment, whether or not the one before was acknowledged."""
    begin = time.monotonic()
    with ThreadPoolExecutor(PEOPLE, "person") as people:
        waiting = []
        for number, each in enumerate(typed):
            time.sleep(max(0.0, begin + number / a_second - time.monotonic()))
            waiting.append(people.submit(each))
        return [one.result() for one in waiting]


def at_once(typed: Sequence[Typed]) -> list[Outcome]:
    """Type all of them as fast as so many people can."""
    with ThreadPoolExecutor(PEOPLE, "person") as people:
        return [one.result() for one in [people.submit(each) for each in typed]]
