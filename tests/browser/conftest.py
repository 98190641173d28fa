"""One playground and one browser for all stories; each has instances of its own.

Set TOBAN_PICTURES to a folder, and each story leaves there what its windows showed in the end.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from playground.__main__ import playground
from playground.chromium import chromium, find
from playground.page.stage import Stage
from tests.browser.seat import Seat
from tests.browser.windows import Windows
from tests.conftest import FORGOTTEN
from tests.scenarios.given import APPROVER, OPERATOR, READER, SECOND

PATIENCE = 15_000  # milliseconds until something that should be seen is missed; never waited out in vain
PICTURES = os.environ.get("TOBAN_PICTURES", "")  # before each test forgets this machine's settings
PEOPLE = (OPERATOR, APPROVER, SECOND, READER)

Sits = Callable[..., Seat]


@pytest.fixture(scope="package")
def program() -> str:
    """The browser, or the story is left out."""
    found = find()
    if not found:
        pytest.skip("no Chromium here: browser tests left out (TOBAN_BROWSER can name one)")
    return found


@pytest.fixture(scope="package")
def stage(program: str) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(FORGOTTEN) or name.lower().endswith("_proxy"):
                patch.delenv(name)
        with playground() as there:
            there.slack.socket.wait_for_connections(2, timeout=60)
            there.world.aws.control.instances_take()  # no time at all: toban looks at once, then every 5 s
            there.world.aws.control.snapshots_take(0)  # as above, every 15 s
            yield there
            there.bot.kill()  # nobody waits for its good-bye


@pytest.fixture(scope="package")
def browser(program: str) -> Iterator[Browser]:
    before = expect._timeout  # Playwright has a setter only
    expect.set_options(timeout=PATIENCE)
    with chromium(program) as opened:
        yield opened
    expect.set_options(timeout=before)


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Windows:
    return Windows(browser, PATIENCE)


@pytest.fixture
def sits(stage: Stage, windows: Windows, request: pytest.FixtureRequest) -> Iterator[Sits]:
    """Give somebody a seat; what is said beside the person and the channel describes their browser."""
    taken: list[Seat] = []

    def sits(person: str, channel: str = "C0OPSPROD", /, **described: Any) -> Seat:  # Playwright's options
        taken.append(Seat(windows.take(**described), stage.slack.url).sits(person, channel))
        return taken[-1]

    yield sits
    if PICTURES:
        leave_pictures(taken, request.node.name)
    for person in PEOPLE:  # an open form is shown again wherever its person sits down next
        for view in stage.slack.views(person):
            stage.slack.as_person(person).closes(view.id)
    assert windows.give_back() == []  # the page's own script failed nowhere


def leave_pictures(seats: list[Seat], story: str) -> None:
    """What each window shows, under the story's name."""
    name = re.sub(r"[^\w-]+", "-", story).strip("-")
    for number, seat in enumerate(seats, 1):
        seat.page.screenshot(path=Path(PICTURES) / f"{name}-{number}.png")
