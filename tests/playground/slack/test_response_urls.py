"""Response urls: five uses, thirty minutes."""

import pytest
from slack_sdk.webhook import WebhookClient

from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.conftest import PushedClock
from tests.playground.slack.words import section


@pytest.fixture
def hook(slack: LocalSlack) -> WebhookClient:
    outcome = slack.as_person("U0SATO").types("C0OPS", "/ec2 list")
    return WebhookClient(outcome.payload["response_url"], retry_handlers=[])


def said(slack: LocalSlack) -> list[str]:
    """What Sato alone read, but for Slackbot's note that nobody was connected."""
    return [message.text for message in slack.ephemerals("C0OPS", "U0SATO")][1:]


def test_it_works_five_times(slack: LocalSlack, hook: WebhookClient) -> None:
    codes = [hook.send(text=str(number)).status_code for number in range(6)]
    assert codes == [200] * 5 + [404]
    assert said(slack) == ["0", "1", "2", "3", "4"]
    assert "used_url" in hook.send(text="more").body


def test_it_works_for_thirty_minutes(slack: LocalSlack, hook: WebhookClient, clock: PushedClock) -> None:
    clock.push(minutes=30)
    assert hook.send(text="in time").status_code == 200
    clock.push(seconds=1)
    late = hook.send(text="late")
    assert (late.status_code, said(slack)) == (404, ["in time"])
    assert "expired_url" in late.body


def test_it_may_speak_to_the_channel(slack: LocalSlack, hook: WebhookClient) -> None:
    hook.send(text="all", response_type="in_channel")
    assert [message.text for message in slack.messages("C0OPS")] == ["all"]


def test_it_replaces_and_deletes_what_it_said(slack: LocalSlack, hook: WebhookClient) -> None:
    hook.send(text="one")
    hook.send(text="two", replace_original=True)
    assert said(slack) == ["two"]
    hook.send(delete_original=True)
    assert said(slack) == []


@pytest.mark.parametrize("body", [{}, {"blocks": [section("x" * 3001)]}])
def test_what_slack_cannot_show_is_refused_and_costs_no_use(
    slack: LocalSlack, hook: WebhookClient, body: Json
) -> None:
    for _ in range(6):
        assert '"ok":false' in hook.send_dict(body).body
    assert hook.send(text="fine").body == "ok"
