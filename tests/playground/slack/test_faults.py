"""What goes wrong on demand."""

from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.slack.server import LocalSlack
from tests.playground.slack.conftest import PushedClock


def post(web: WebClient, channel: str = "C0OPS") -> int:
    try:
        return web.chat_postMessage(channel=channel, text="hi").status_code
    except SlackApiError as error:
        return int(error.response.status_code)


@pytest.mark.parametrize("status", [429, 500])
def test_the_next_calls_of_a_method_are_answered_with_a_status(
    slack: LocalSlack, web: WebClient, status: int
) -> None:
    slack.faults.answer("chat.postMessage", status=status, times=2)
    assert web.auth_test()["ok"]
    assert [post(web) for _ in range(3)] == [status, status, 200]
    assert slack.faults.happened == {str(status): 2}
    assert len(slack.messages("C0OPS")) == 1


def test_a_429_tells_how_long_to_wait(slack: LocalSlack, web: WebClient) -> None:
    slack.faults.answer(status=429, retry_after=7)
    with pytest.raises(SlackApiError) as error:
        web.auth_test()
    assert error.value.response.headers["retry-after"] == "7"
    assert error.value.response["error"] == "ratelimited"


def test_a_method_can_be_refused_in_slacks_words(slack: LocalSlack, web: WebClient) -> None:
    slack.faults.refuse("chat.update", "edit_window_closed")
    with pytest.raises(SlackApiError, match="edit_window_closed"):
        web.chat_update(channel="C0OPS", ts="1.2", text="hi")


def test_a_timeout_does_nothing(slack: LocalSlack) -> None:
    slack.faults.hang("chat.postMessage")
    hasty = WebClient(slack.bot_token, base_url=slack.api_url, timeout=1, retry_handlers=[])
    with pytest.raises((TimeoutError, URLError)):
        post(hasty)
    assert slack.messages("C0OPS") == []
    assert post(hasty) == 200


def test_a_cut_answer_has_done_its_work(slack: LocalSlack, web: WebClient) -> None:
    slack.faults.cut("chat.postMessage")
    with pytest.raises((RemoteDisconnected, ConnectionResetError, URLError)):
        post(web)
    assert len(slack.messages("C0OPS")) == 1


def test_a_share_of_all_calls_goes_wrong_the_same_way_each_time(slack: LocalSlack, web: WebClient) -> None:
    runs = []
    for _ in range(2):
        slack.faults.share(0.3, kinds=["429", "500"], seed=7)
        runs.append([post(web) for _ in range(40)])
    assert runs[0] == runs[1]
    assert {429, 500, 200} == set(runs[0])
    assert 4 <= 40 - runs[0].count(200) <= 20


def test_a_channel_takes_one_message_a_second_when_told_so(
    slack: LocalSlack, web: WebClient, clock: PushedClock
) -> None:
    slack.faults.one_a_second = True
    assert [post(web), post(web), post(web, "C0BILLING")] == [200, 429, 200]
    clock.push(seconds=1)
    assert post(web) == 200


def test_after_clearing_everything_goes_well(slack: LocalSlack, web: WebClient) -> None:
    slack.faults.share(1.0, kinds=["500"])
    slack.faults.answer(status=500, times=99)
    slack.faults.clear()
    assert post(web) == 200
