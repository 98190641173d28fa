"""Messages stay hidden for as long as they are worked on, and not for longer."""

import threading
import time

from aws.queue import Message
from jobs.kept import Kept
from tests.house import Time
from tests.jobs.box import URL, Box, until

SOON = 0.04  # seconds


def taken(box: Box) -> list[Message]:
    box.send("x")
    box.held[0].receipt = "r"
    return [Message("m-1", "r", "x", 1)]


def test_while_its_block_runs_the_messages_are_hidden_again_and_again() -> None:
    box = Box(Time())
    with Kept(box, URL, taken(box), SOON):
        assert until(lambda: box.log.count("hide") >= 2)


def test_when_its_block_has_ended_nothing_is_hidden_any_more() -> None:
    box = Box(Time())
    with Kept(box, URL, taken(box), SOON):
        pass
    time.sleep(2 * SOON)
    assert box.log == []


def test_a_block_that_ends_while_they_are_hidden_lets_them_go() -> None:
    box, inside, go_on = Box(Time()), threading.Event(), threading.Event()
    hide = box.change_message_visibility_batch

    def slow(**named: object) -> object:
        inside.set()
        go_on.wait(5)
        return hide(**named)

    box.change_message_visibility_batch = slow  # type: ignore[method-assign,assignment]
    with Kept(box, URL, taken(box), SOON) as _:
        assert inside.wait(5)
    go_on.set()
    assert until(lambda: box.log.count("hide") == 1)
    time.sleep(2 * SOON)
    assert box.log.count("hide") == 1


def test_where_they_cannot_be_hidden_they_come_again() -> None:
    box = Box(Time(), away={"hide"})
    with Kept(box, URL, taken(box), SOON):
        assert until(lambda: "hide" in box.log)
        time.sleep(2 * SOON)
    assert box.log.count("hide") == 1
