"""One playground and one browser for all stories; each has instances of its own."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from playground.__main__ import playground
from playground.chromium import chromium, find
from playground.page.stage import Stage
from tests.browser.seat import Seat
from tests.conftest import FORGOTTEN
from tests.scenarios.given import APPROVER, OPERATOR, READER, SECOND

PATIENCE = 15_000  # milliseconds until something that should be seen is missed; never waited out in vain
NO_TOUR = "try { localStorage.setItem('tour', '0') } catch {}"

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
            yield there


@pytest.fixture(scope="package")
def browser(program: str) -> Iterator[Browser]:
    before = expect._timeout  # Playwright has a setter only
    expect.set_options(timeout=PATIENCE)
    with chromium(program) as opened:
        yield opened
    expect.set_options(timeout=before)


@pytest.fixture
def sits(stage: Stage, browser: Browser) -> Iterator[Sits]:
    """Give somebody a seat; what is said beside the person and the channel describes their browser."""
    contexts = []
    wrong: list[str] = []

    def sits(person: str, channel: str = "C0OPSPROD", /, **described: Any) -> Seat:  # Playwright's options
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | described))
        context.set_default_timeout(PATIENCE)
        context.add_init_script(NO_TOUR)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        contexts.append(context)
        return Seat(context.new_page(), stage.slack.url).sits(person, channel)

    yield sits
    for context in contexts:
        context.close()
    for person in PEOPLE:  # an open form is shown again wherever its person sits down next
        for view in stage.slack.views(person):
            stage.slack.as_person(person).closes(view.id)
    assert wrong == []  # the page's own script failed nowhere
