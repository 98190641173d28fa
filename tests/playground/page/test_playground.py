"""The whole playground: the page at once, then AWS, then the real bot in a process of its own."""

import os
from urllib.request import urlopen

import psutil
import pytest

from bot.policy.policy import DEFAULT
from playground.__main__ import CONFIG, playground
from playground.page.bot_process import Doing
from tests.playground.page.conftest import Browser


@pytest.mark.timeout(180)
def test_the_page_comes_first_and_the_bot_follows_answers_and_ends_with_it() -> None:
    with playground() as stage:
        browser = Browser(stage.slack.url)
        assert 'data-testid="composer"' in browser.get("/")
        stage.slack.wait_until(lambda: stage.doing is Doing.RUNNING, timeout=90)
        assert 'data-testid="instance-web-01"' in browser.get("/part/aws")
        assert 'data-testid="shop" data-state="well"' in browser.get("/part/aws")
        assert {one.name for one in stage.schedules} == {
            "nightly-backup",
            "morning-report",
            "bill",
            "office-hours",
            "dev-off",
        }
        bot = stage.bot.pid
        assert bot is not None

        sato = stage.slack.as_person("U0SATO")
        assert sato.types("C0OPS", "/ec2 list tag:env=staging").acked
        stage.slack.wait_for_ephemeral("C0OPS", "U0SATO", lambda m: "stg-web-01" in str(m.blocks), timeout=30)

        pushed = browser.post("/page/clock", {"at": "01:00"})
        assert [one["line"] for one in pushed["typed"]] == ["/schedule run nightly-backup"]
        assert pushed["typed"][0]["trouble"] == ""

        here = {
            one.laddr.ip for one in psutil.Process(os.getpid()).net_connections() if one.status == "LISTEN"
        }
        assert here == {"127.0.0.1"}
    assert not psutil.pid_exists(bot)


def test_the_playgrounds_policy_is_the_usual_one_and_a_rule_of_its_own() -> None:
    own = CONFIG.with_name("policy.cedar").read_text(encoding="utf-8")
    assert own.startswith(DEFAULT.read_text(encoding="utf-8"))
    assert "the-main-database-needs-two" in own
    assert "a-failure-test-takes-two-people" in own


def test_two_playgrounds_have_addresses_of_their_own() -> None:
    from playground.slack.server import LocalSlack

    with LocalSlack() as one, LocalSlack() as other:
        assert one.url != other.url
        for each in (one, other):
            with urlopen(f"{each.api_url}api.test", timeout=5) as answer:
                assert answer.status == 200
