"""What reaches the logs, also when everything is logged: never what lets others write as us."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

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
