"""Every method of the local Slack beside Slack's pages and slack_sdk's own signatures and models."""

import inspect
from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.slack.methods.table import WITH_APP_TOKEN, WITHOUT_TOKEN, methods
from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from playground.slack.web_api import Tokens
from tests.playground.slack.documented import PAGES, SEEN, allowed
from tests.playground.slack.working import WORKING, Stage, odd_values

METHODS = sorted(methods(str, Tokens("", "")))


def python_name(method: str) -> str:
    return method.replace(".", "_")


def arguments(method: str) -> dict[str, inspect.Parameter]:
    """The arguments that slack_sdk's client knows for a method; the token is none of them."""
    found = inspect.signature(getattr(WebClient, python_name(method))).parameters
    return {n: p for n, p in found.items() if p.kind is p.KEYWORD_ONLY and n != "app_token"}


def token(slack: LocalSlack, method: str) -> str:
    return slack.app_token if method in WITH_APP_TOKEN else slack.bot_token


def ask(slack: LocalSlack, method: str, args: Json) -> Json:
    """Call a method with a JSON body; an answer that is no JSON, or another status than 200, raises."""
    client = WebClient(token(slack, method), base_url=slack.api_url, timeout=5, retry_handlers=[])
    try:
        answer = client.api_call(method, json=args)
    except SlackApiError as error:
        answer = error.response
    assert answer.status_code == 200
    assert isinstance(answer.data, dict)
    return answer.data


def test_every_method_has_a_page_and_a_working_call() -> None:
    assert METHODS == sorted(PAGES) == sorted(WORKING)


def test_what_is_only_seen_is_not_also_documented() -> None:
    assert not [(method, code) for method, code in SEEN if code in PAGES[method].errors]


@pytest.mark.parametrize("method", METHODS)
def test_slack_sdk_and_slacks_page_need_the_same_arguments(method: str) -> None:
    needed = {name for name, each in arguments(method).items() if each.default is each.empty}
    assert needed == PAGES[method].needs


@pytest.mark.parametrize("method", METHODS)
def test_slack_sdks_own_call_gives_what_the_page_shows(slack: LocalSlack, method: str) -> None:
    client = WebClient(token(slack, method), base_url=slack.api_url, timeout=5, retry_handlers=[])
    args = WORKING[method](Stage(slack))
    if method in WITH_APP_TOKEN:
        args["app_token"] = slack.app_token
    answer = getattr(client, python_name(method))(**args)
    assert answer["ok"] is True
    shown = {key: type(value) for key, value in answer.data.items() if key in PAGES[method].gives}
    assert shown == PAGES[method].gives


@pytest.mark.parametrize(
    ("method", "left_out", "code"),
    [(method, name, code) for method, page in PAGES.items() for name, code in page.without.items()],
)
def test_an_argument_left_out_is_said(slack: LocalSlack, method: str, left_out: str, code: str) -> None:
    args = WORKING[method](Stage(slack))
    del args[left_out]
    assert ask(slack, method, args)["error"] == code


@pytest.mark.parametrize("method", sorted(set(METHODS) - WITHOUT_TOKEN))
def test_no_token_a_wrong_one_and_the_other_one_are_refused(slack: LocalSlack, method: str) -> None:
    other = slack.bot_token if method in WITH_APP_TOKEN else slack.app_token
    codes = []
    for each in ("", "xoxb-wrong", other):
        with pytest.raises(SlackApiError) as error:
            WebClient(each, base_url=slack.api_url, timeout=5).api_call(method)
        codes.append(error.value.response["error"])
    assert codes == ["not_authed", "invalid_auth", "not_allowed_token_type"]


def oddly(slack: LocalSlack, method: str) -> Iterator[tuple[str, object, str]]:
    """Call a method with one argument after another at odds, and yield what was odd and the error."""
    for name in arguments(method):
        for value in odd_values(name):
            answer = ask(slack, method, WORKING[method](Stage(slack)) | {name: value})
            yield name, value, "" if answer["ok"] else str(answer["error"])


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"api.test"}))
def test_whatever_is_wrong_is_said_in_a_documented_code(slack: LocalSlack, method: str) -> None:
    """api.test is left out, since it answers with any code that it is told."""
    strange = [each for each in oddly(slack, method) if each[2] not in allowed(method) | {""}]
    assert strange == []
