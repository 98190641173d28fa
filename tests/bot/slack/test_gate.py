"""Only what Slack signed a moment ago comes in, once; nothing else reaches a listener."""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Iterator

import pytest
from slack_bolt import BoltRequest, BoltResponse

from bot.slack.http_server import HEADERS, LARGEST
from bot.slack.once import HOLDS, Once
from playground.slack.signed_http import JSON, signature
from tests.bot.slack.by_http import COMMAND, SECRET, There, served


@pytest.fixture
def there() -> Iterator[There]:
    with served() as made:
        yield made


def at(seconds: float, secret: str = SECRET, body: bytes = COMMAND) -> dict[str, str]:
    """The signature of a request of so many seconds ago."""
    when = str(int(time.time() - seconds))
    signed = hmac.new(secret.encode(), f"v0:{when}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": when, "X-Slack-Signature": f"v0={signed}"}


def test_what_slack_signed_reaches_the_listener(there: There) -> None:
    assert there.signed(COMMAND) == (200, "taken")
    assert there.reached == [COMMAND.decode()]


def bad() -> dict[str, dict[str, str]]:
    """What is refused, by what is wrong with it, as of now."""
    good = at(0)
    return {
        "not signed": {},
        "no time": {"X-Slack-Signature": good["X-Slack-Signature"]},
        "no signature": {"X-Slack-Request-Timestamp": good["X-Slack-Request-Timestamp"]},
        "another's secret": at(0, secret="0" * 32),
        "another body": at(0, body=b"command=%2Fec2&text=list"),
        "six minutes old": at(360),
        "six minutes ahead": at(-360),
        "a new time under an old signature": {**at(360), "X-Slack-Request-Timestamp": str(int(time.time()))},
        "a time that is none": {**good, "X-Slack-Request-Timestamp": "now"},
        "a negative time": {**good, "X-Slack-Request-Timestamp": "-1"},
        "an endless time": {**good, "X-Slack-Request-Timestamp": "9" * 5000},
        "a time of other digits": {**good, "X-Slack-Request-Timestamp": "\u00b2"},
        "a signature that is none": {**good, "X-Slack-Signature": "v0=\u00e4"},
        "another version": {**good, "X-Slack-Signature": good["X-Slack-Signature"].replace("v0", "v1")},
    }


@pytest.mark.parametrize("wrong", bad())
def test_what_is_not_signed_as_slack_signs_is_refused(there: There, wrong: str) -> None:
    assert there.post(COMMAND, **bad()[wrong])[0] == 401
    assert there.reached == []


def test_what_was_recorded_on_its_way_is_refused_the_second_time(there: There) -> None:
    headers = signature(SECRET, COMMAND)
    assert there.post(COMMAND, **headers)[0] == 200
    assert there.post(COMMAND, **headers)[0] == 401
    assert len(there.reached) == 1


def test_what_was_not_taken_may_come_again_within_the_same_second() -> None:
    answers = [BoltResponse(status=500), BoltResponse(status=200)]
    with served(lambda _: answers.pop(0)) as there:
        headers = signature(SECRET, COMMAND)
        assert there.post(COMMAND, **headers)[0] == 500
        assert there.post(COMMAND, **headers, X_Slack_Retry_Num="1")[0] == 200


def test_a_signature_is_forgotten_when_its_time_is_over() -> None:
    now = [0.0]
    once = Once(lambda: now[0])
    assert [once.is_first("a"), once.is_first("a"), once.is_first("b")] == [True, False, True]
    now[0] = HOLDS + 1
    assert once.is_first("c")
    assert list(once._seen) == ["c"]


def test_what_is_too_large_is_refused_before_it_is_read(there: There) -> None:
    with there.connection() as line:
        head = f"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: {LARGEST + 1}\r\n\r\n"
        line.sendall(head.encode())
        assert line.recv(1000).startswith(b"HTTP/1.1 413 ")
    with there.connection() as line:
        line.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        line.sendall(f"{LARGEST + 1:x}\r\n".encode() + b"x" * (LARGEST + 1) + b"\r\n0\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 413 ")
    assert there.post(COMMAND, X_Long="x" * HEADERS)[0] == 431
    assert there.reached == []


def test_the_largest_that_slack_sends_is_taken(there: There) -> None:
    body = b"text=" + b"x" * (LARGEST - 100)
    assert there.signed(body)[0] == 200


def test_slack_is_told_the_challenge_when_somebody_enters_the_address(there: There) -> None:
    there.gate.is_open.clear()  # also before the app is installed, when no token is good
    body = json.dumps({"type": "url_verification", "token": "x", "challenge": "3eZbrw1a"}).encode()
    status, said = there.signed(body, **{"Content-Type": JSON})
    assert (status, json.loads(said)) == (200, {"challenge": "3eZbrw1a"})
    assert there.post(body, **{"Content-Type": JSON})[0] == 401
    assert there.reached == []


def test_slack_may_look_at_the_certificate_and_nothing_comes_in_with_it(there: There) -> None:
    assert there.post(b"token=x&ssl_check=1") == (200, "")
    assert there.post(b"ssl_check=1&" + COMMAND)[0] == 401
    assert there.reached == []


def test_there_is_one_address_and_one_way_to_use_it(there: There) -> None:
    assert there.post(COMMAND, path="/")[0] == 404
    assert there.post(COMMAND, path="/slack/events/..", **signature(SECRET, COMMAND))[0] == 404
    assert there.post(b"", method="GET")[0] == 405
    assert there.post(b"\xff")[0] == 400
    assert there.reached == []


def test_before_it_is_known_who_may_what_nothing_is_taken(there: There) -> None:
    there.gate.is_open.clear()
    assert there.signed(COMMAND)[0] == 503
    there.gate.is_open.set()
    assert there.signed(COMMAND)[0] == 200


def test_a_mistake_of_ours_is_no_acknowledgement(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: BoltRequest) -> BoltResponse:
        raise RuntimeError("a mistake")

    with served(broken) as there:
        assert there.signed(COMMAND)[0] == 500
    assert any(getattr(one, "action", "") == "slack.delivery-failed" for one in caplog.records)


def test_refusals_are_said_seldom_and_without_what_stood_in_them(
    there: There, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "toban")
    for _ in range(20):
        assert there.post(COMMAND, X_Slack_Signature="v0=hush")[0] == 401
    said = [one.getMessage() for one in caplog.records if getattr(one, "action", "") == "slack.unsigned"]
    assert len(said) == 1
    assert "SLACK_SIGNING_SECRET" in said[0]
    assert "hush" not in caplog.text
    assert "tag%3Aenv" not in caplog.text


def test_how_long_slack_waited_is_measured_from_the_last_byte(there: There) -> None:
    took: list[float] = []
    there.gate.took = took.append
    before = time.monotonic()
    assert there.signed(COMMAND)[0] == 200
    assert there.post(COMMAND)[0] == 401  # nobody waits for that
    assert len(took) == 1
    assert 0 < took[0] < time.monotonic() - before
