"""The bill by mail, over real wires: a schedule asks, its channel and two people's mailboxes are told."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.config.mail import Tls
from playground.aws.server import LocalAws
from tests.mail_server import LocalMail, local_mail
from tests.scenarios.given import ENGLISH, OPERATOR
from tests.scenarios.whole import Whole, the_whole

OPS, CFO = "ops@example.com", "cfo@example.com"
CONFIG = """
[mail]
from = "toban@example.com"
smtp = "plain://127.0.0.1:{port}"

[schedules.bill]
line = "cost report"
days = "daily"
time = "09:00"
channel = "{channel}"
owner = "{owner}"
mail = ["ops@example.com", "cfo@example.com"]
"""


@pytest.fixture
def server() -> Iterator[LocalMail]:
    with local_mail(tls_context=None) as made:
        yield made


@pytest.fixture
def whole(local_aws: LocalAws, server: LocalMail, tmp_path: Path) -> Iterator[Whole]:
    assert server.relay(Tls.NONE).host == "127.0.0.1"
    config = CONFIG.format(port=server.port, channel=ENGLISH, owner=OPERATOR)
    with the_whole(local_aws, tmp_path, config=config, speed=10) as there:
        yield there


def test_a_mail_says_what_the_message_says_and_a_restart_between_makes_no_second(
    whole: Whole, server: LocalMail
) -> None:
    server.stop()
    whole.asks("/schedule run bill")
    whole.until(lambda: tries(whole) > 0, 40)
    whole.stop()
    server.start()
    whole.start()
    whole.until(lambda: len(server.inbox.came) == 2 and whole.all_sent())
    (message,) = [said for said in whole.slack.messages(ENGLISH) if said.text.startswith("The bill of")]
    for mail in (came(server, OPS), came(server, CFO)):
        assert message.text.startswith(str(mail["Subject"]))
        assert [figure for figure in figures(mail) if figure not in message.text] == []
        assert "image/png" in {part.get_content_type() for part in mail.walk()}


def tries(whole: Whole) -> int:
    ((most,),) = whole.rows("select coalesce(max(tries), 0) from outbox where kind = 'email'")
    return int(most)


def came(server: LocalMail, address: str) -> EmailMessage:
    (mail,) = [mail for to, mail in server.inbox.came if to == address]
    return mail


def figures(mail: EmailMessage) -> list[str]:
    """The amounts in its text."""
    body = mail.get_body(("plain",))
    assert body is not None
    found = [
        word.strip("(),;:.") for word in str(body.get_content()).split() if word.lstrip("(+-").startswith("$")
    ]
    assert len(found) > 3
    return found
