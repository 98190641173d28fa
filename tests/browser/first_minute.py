"""The first minute of somebody new: from `make play` in a clean clone to the first approved stop.

`python -m tests.browser.first_minute` prints each step and the seconds it took.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Page, expect

from playground.chromium import chromium, find
from tests.browser.seat import APPROVE, Seat

ROOT = Path(__file__).parents[2]
LINE = "/ec2 stop name:web-01"  # what the tour proposes
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def steps(page: Page, url: str) -> Iterator[str]:
    """Do what the tour says, knowing nothing else; tell each step when it is done."""
    page.goto(url)
    tour = page.get_by_test_id("tour")
    expect(tour).to_be_visible()
    yield "the page is open, and the tour begins"
    tour.locator("[data-step='1'] button").click()
    expect(page.get_by_test_id("composer")).to_have_value(LINE)
    expect(page.get_by_test_id("bot")).to_have_attribute("data-doing", "running")
    yield "the bot is on duty"
    seat = Seat(page, url)
    page.get_by_test_id("composer").press("Enter")
    expect(seat.card(LINE).get_by_test_id(APPROVE)).to_be_visible()
    yield "the plan is there"
    for _ in range(2):
        page.get_by_test_id("tour-next").click()
    tour.locator("[data-step='3'] a").click()
    expect(page.get_by_test_id("person-U0SUZUKI")).to_have_attribute("aria-current", "true")
    yield "a colleague sits down"
    seat.approves(seat.card(LINE))
    seat.sees("web-01", "stopped")
    expect(seat.card(LINE)).to_contain_text("done")
    yield "approved, stopped and said so"


def main() -> int:
    """Run it with a clean clone of what is committed; returns the exit code."""
    program = find()
    if not program:
        click.echo("There is no Chromium on this machine.", err=True)
        return 1
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="toban-") as folder, made_to_play(Path(folder)) as url:
        click.echo(f"{time.monotonic() - began:6.1f} s  make play has printed the address")
        with chromium(program) as browser:
            page = browser.new_page()
            expect.set_options(timeout=60_000)
            for step in steps(page, url):
                click.echo(f"{time.monotonic() - began:6.1f} s  {step}")
    return 0


@contextmanager
def made_to_play(folder: Path) -> Iterator[str]:
    """`make play` in a clean clone; its address."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), "toban"], cwd=folder, check=True)
    plain = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "MAKEFLAGS"}}
    with subprocess.Popen(
        ["make", "play"],
        cwd=folder / "toban",
        env={**plain, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield next(found[0] for line in process.stdout if (found := ADDRESS.search(line)))
        finally:
            os.killpg(process.pid, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
