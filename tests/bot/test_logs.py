"""What reaches the logs, also when everything is logged: what it is about, never what others could use."""

import json
import logging
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot import logs
from bot.logs import AsJson, Threads
from bot.outbox.post import Away, Refused
from bot.slack.post import SlackPost
from bot.store.database import Database
from bot.store.schema import asks, metadata
from bot.views.message import Message
from playground.slack.server import LocalSlack

SAID = Message("done", ())


def test_a_response_url_is_never_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever reads it may write in our name for half an hour."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "toban")
    with LocalSlack() as slack:
        post = SlackPost.connect(slack.bot_token, slack.api_url, patience=2)
        good = str(slack.as_person("U0SATO").types("C0OPS", "/ec2 list").payload["response_url"])
        post.respond(good, SAID)
        for bad in (f"{slack.url}/respond/T0/hush", "http://127.0.0.1:9/respond/hush", "respond/hush"):
            with pytest.raises((Away, Refused)) as no:
                post.respond(bad, SAID)
            logging.getLogger("toban").error("it stumbled: %s", no.value, exc_info=no.value)
    assert "it stumbled" in caplog.text
    assert "hush" not in caplog.text
    assert good.rpartition("/")[2] not in caplog.text


def test_an_error_of_the_database_shows_nothing_that_is_stored(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path}/toban.db")
    db.write(metadata.create_all)
    with pytest.raises(IntegrityError) as raised:
        db.write(lambda tx: tx.execute(insert(asks), {"response_url": "https://slack.example/hush"}))
    db.close()
    assert "hush" not in str(raised.value)


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [json.loads(text) for text in caplog.text.splitlines() if text.startswith("{")]


@pytest.fixture
def as_json(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What is logged, as it would stand on standard error."""
    caplog.handler.setFormatter(AsJson())
    caplog.set_level(logging.INFO, "toban")
    return caplog


def test_what_a_line_is_about_is_said_once_and_stands_on_every_line(
    as_json: pytest.LogCaptureFixture,
) -> None:
    log = logging.getLogger("toban.aws")
    with logs.about(operation=17):
        log.info("one")
        logs.also_about(ask="slash:1.2", letter=None)
        log.info("two", extra={"request_id": "req-1"})
    log.info("three")
    one, two, three = lines(as_json)
    assert one["operation"] == 17
    assert (two["operation"], two["ask"], two["request_id"]) == (17, "slash:1.2", "req-1")
    assert "letter" not in two
    assert "operation" not in three


def test_threads_go_on_with_what_their_work_is_about(as_json: pytest.LogCaptureFixture) -> None:
    with Threads(2) as pool:
        for number in (1, 2):
            with logs.about(operation=number):
                pool.submit(logging.getLogger("toban").info, "a call of %d", number).result()
        pool.submit(logging.getLogger("toban").info, "nobody's").result()
    assert [(each["said"], each.get("operation")) for each in lines(as_json)] == [
        ("a call of 1", 1), ("a call of 2", 2), ("nobody's", None),
    ]  # fmt: skip
