"""The README's pictures, taken from the playground by a script: ``python -m playground.screenshots``.

Each shows a moment of one story, with the real bot at work.  docs/pictures/ holds what it takes.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Browser, Locator, Page, expect

from playground.__main__ import playground
from playground.chromium import chromium, find

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
DESK, TALL, HIGH, LONG, PHONE = (1400, 740), (1400, 1060), (1400, 1280), (1400, 1540), (390, 844)
"""CSS pixels."""
PATIENCE = 60_000  # milliseconds
WAITS, DONE = re.compile("waiting for approval|承認待ち"), re.compile("· (done|完了)")
OVER = re.compile("· (done|partly done|完了|一部完了)")
BAD_NIGHT = "/backup tonight name:dev-web-* --keep 2 --copy-to us-east-1"
FAILURE = "/failover run zone ap-northeast-1a --probe shop"
NO_TOUR = "try { localStorage.setItem('tour', '0') } catch {}"


def main() -> int:
    """Take every picture; returns the exit code."""
    program = find()
    if not program:
        click.echo("There is no Chromium on this machine; TOBAN_BROWSER can name one.", err=True)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with playground() as stage, chromium(program) as browser:
        stage.slack.socket.wait_for_connections(2, timeout=60)
        _in_english(browser, stage.slack.url)
        _in_japanese(browser, stage.slack.url)
        _the_bill(browser, f"{stage.slack.url}/?person=U0SATO&channel=C0BILLING", "bill.ja")
        _the_bill(browser, f"{stage.slack.url}/?person=U0MILLER&channel=C0OPSPROD", "bill")
        _an_alarm(browser, f"{stage.slack.url}/?person=U0SATO&channel=C0OPS")
        _the_night(browser, stage.slack.url)
        _a_failure(browser, f"{stage.slack.url}/?person=U0SATO&channel=C0OPS", "U0SATO", "failure.ja")
        _a_failure(browser, f"{stage.slack.url}/?person=U0MILLER&channel=C0OPSPROD", "U0MILLER", "failure")
        _why(browser, f"{stage.slack.url}/?person=U0MILLER&channel=C0OPSPROD", "stg-batch-01", "why")
        _why(browser, f"{stage.slack.url}/?person=U0SATO&channel=C0OPS", "dev-batch-01", "why.ja")
        _tabs(browser, stage.slack.url)
    return 0


def _in_english(browser: Browser, url: str) -> None:
    """A plan that waits, and the approved stop with the estate beside it."""
    with _desk(browser, f"{url}/?person=U0MILLER&channel=C0OPSPROD") as page:
        card = _asked(page, "/ec2 stop name:batch-*")
        _taken(page, "plan")
        page.get_by_test_id("person-U0SUZUKI").click()
        card.get_by_test_id("button-toban.approve").click()
        page.get_by_test_id("person-U0MILLER").click()
        expect(page.get_by_test_id("instance-batch-01")).to_have_attribute("data-state", "stopped")
        expect(card).to_contain_text(DONE)
        _taken(page, "done")


def _in_japanese(browser: Browser, url: str) -> None:
    """The same for a Japanese team, and how it looks on a phone at night."""
    with _desk(browser, f"{url}/?person=U0SATO&channel=C0OPS") as page:
        card = _asked(page, "/ec2 stop name:search-*")
        _taken(page, "plan.ja")
        page.get_by_test_id("person-U0SUZUKI").click()
        card.get_by_test_id("button-toban.approve").click()
        page.get_by_test_id("person-U0SATO").click()
        expect(card).to_contain_text(DONE)
        _taken(page, "done.ja")
        _asked(page, "/ec2 stop name:db-02")
        address = page.url.replace("U0SATO", "U0SUZUKI")
    with _desk(browser, address, PHONE, dark=True) as page:
        expect(page.get_by_test_id("button-toban.approve").last).to_be_visible()
        _taken(page, "phone.ja")


def _the_night(browser: Browser, url: str) -> None:
    """The clock's, for the Japanese team; then a small one that a person asks for, which goes wrong."""
    with _desk(browser, f"{url}/?person=U0SATO&channel=C0OPS") as page:
        _happens(page, "clock-nightly-backup")
        page.get_by_test_id("panel-aws").click()
        _opened(page, _card(page, "/backup tonight --keep 7 --copy-to us-east-1"))
        _taken(page, "night.ja")
    with _desk(browser, f"{url}/?person=U0MILLER&channel=C0OPSPROD") as page:
        page.get_by_test_id("panel-happen").click()
        page.get_by_test_id("target-snapshot-fails").select_option(label="dev-web-02 · 30 GiB")
        for each in ("happen-snapshot-fails", "happen-copy-kms"):
            _happens(page, each)
        _typed(page, BAD_NIGHT)
        _opened(page, _card(page, BAD_NIGHT))
        _taken(page, "night")


def _the_bill(browser: Browser, address: str, picture: str) -> None:
    """The morning's post, as the clock asks for it; in English, as somebody asks for it."""
    with _desk(browser, address, LONG) as page:
        if picture == "bill":
            _typed(page, "/cost report")
        else:
            _happens(page, "clock-bill")
            page.get_by_test_id("panel-aws").click()
        post = _card(page, "/cost report")
        expect(post.get_by_role("img").first).to_be_visible()
        expect(post).to_contain_text("EC2 - Other")
        expect(page.locator(".toast")).to_have_count(0)
        _taken(page, picture)


def _an_alarm(browser: Browser, address: str) -> None:
    """An alarm that rings, with its metric and what was deployed before."""
    with _desk(browser, address, TALL) as page:
        page.get_by_test_id("panel-happen").click()
        page.get_by_test_id("target-cpu-alarm").select_option(label="web-01")
        page.get_by_test_id("happen-cpu-alarm").click()
        page.get_by_test_id("panel-aws").click()
        alarm = page.get_by_test_id("message").filter(has_text=re.compile(r"#A\d+ ·")).last
        expect(alarm.get_by_role("img").first).to_be_visible()
        expect(alarm).to_contain_text("CodeDeploy")
        _taken(page, "alarm.ja")
        page.get_by_test_id("panel-happen").click()
        page.get_by_test_id("target-cpu-recovers").select_option(label="web-01")
        page.get_by_test_id("happen-cpu-recovers").click()


def _a_failure(browser: Browser, address: str, asker: str, picture: str) -> None:
    """A zone is lost: what users see, in the middle of it; then somebody ends it."""
    with _desk(browser, address, HIGH) as page:
        card = _asked(page, FAILURE)
        page.get_by_test_id("person-U0SUZUKI").click()
        card.get_by_test_id("button-toban.approve").click()
        page.get_by_test_id("confirm-yes").click()
        page.get_by_test_id(f"person-{asker}").click()
        abort = page.get_by_test_id("button-toban.abort")
        drill = page.get_by_test_id("message").filter(has=abort).last
        expect(drill).to_contain_text("failover completed", timeout=90_000)
        expect(drill.get_by_role("img").first).to_be_visible()
        expect(page.locator(".toast")).to_have_count(0)
        abort.scroll_into_view_if_needed()
        _taken(page, picture)
        abort.click()
        expect(abort).to_have_count(0, timeout=300_000)


def _why(browser: Browser, address: str, name: str, picture: str) -> None:
    """An instance that KMS keeps down: the start that failed, and the statement that is missing."""
    with _desk(browser, address, TALL) as page:
        page.get_by_test_id("panel-happen").click()
        page.get_by_test_id("target-start-kms").select_option(label=name)
        page.get_by_test_id("happen-start-kms").click()
        page.get_by_test_id("then-start-kms").click()
        composer = page.get_by_test_id("composer")
        line = composer.input_value()
        composer.press("Enter")
        expect(_card(page, line)).to_contain_text("kms:CreateGrant")
        why = line.replace("start", "why")
        _typed(page, why)
        expect(_card(page, why).locator("pre")).to_contain_text("kms:GrantIsForAWSResource")
        _taken(page, picture)
        page.get_by_test_id("all-well").click()
        expect(page.get_by_test_id("then-start-kms")).to_have_count(0)


def _tabs(browser: Browser, url: str) -> None:
    """The home tabs of two who may approve, while something waits for both, and an alarm rings."""
    with _desk(browser, f"{url}/?person=U0SATO&channel=C0OPS") as page:
        _asked(page, "/ec2 stop name:db-01")
        _happens(page, "happen-cpu-alarm")
        alarm = page.get_by_test_id("message").filter(has_text=re.compile(r"#A\d+ ·")).last
        expect(alarm.get_by_role("img").first).to_be_visible()
    for who, picture in (("MILLER", "home"), ("SUZUKI", "home.ja")):
        with _desk(browser, f"{url}/?person=U0{who}&channel=D0{who}&tab=home", HIGH) as page:
            tab = page.get_by_test_id("home")
            expect(tab.get_by_test_id("button-toban.approve").first).to_be_visible()
            expect(tab).to_contain_text("#A")
            _taken(page, picture)


def _happens(page: Page, what: str) -> None:
    page.get_by_test_id("panel-happen").click()
    page.get_by_test_id(what).click()


def _opened(page: Page, card: Locator) -> None:
    """Wait for the end of an operation, and open its thread once the file is there."""
    expect(card).to_contain_text(OVER)
    card.get_by_test_id("replies").click()
    expect(page.get_by_test_id("thread").locator(".file").filter(has_text="backup-")).to_be_visible()
    expect(page.locator(".toast")).to_have_count(0)


@contextmanager
def _desk(
    browser: Browser, address: str, size: tuple[int, int] = DESK, *, dark: bool = False
) -> Iterator[Page]:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        timezone_id="Asia/Tokyo",
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(NO_TOUR)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def _asked(page: Page, line: str) -> Locator:
    """Type a line; return its card once it waits for somebody."""
    _typed(page, line)
    card = _card(page, line)
    expect(card).to_contain_text(WAITS)
    return card


def _typed(page: Page, line: str) -> None:
    composer = page.get_by_test_id("composer")
    composer.fill(line)
    composer.press("Enter")


def _card(page: Page, line: str) -> Locator:
    return page.get_by_test_id("message").filter(has=page.get_by_text(line, exact=True)).last


def _taken(page: Page, name: str) -> None:
    page.evaluate("document.activeElement?.blur()")  # no caret that blinks
    page.mouse.move(0, 0)
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    click.echo(f"{path.name}  {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    sys.exit(main())
