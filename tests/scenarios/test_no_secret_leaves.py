"""Secrets are planted wherever one may come in, all is used, and all that leaves is searched for them.

What is searched: all logs at DEBUG, also those of libraries, every table, the audit log's export, every
message and file in Slack, the mails, and the pages for monitors.
"""

import io
import json
import logging
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bot import cli
from bot.hush import Hush
from bot.logs import AsJson
from bot.operation import State
from bot.settings import load_without_slack
from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.mail_server import LocalMail, local_mail, wants_login
from tests.scenarios.given import ENGLISH, FIFTH, OPERATOR, SECOND, run_instances
from tests.scenarios.whole import Whole, the_whole

SESSION = "IQoJb3JpZ2luX2VjEPlantedSessionTokenOfTheProcess0123456789=="
THEIRS = "IQoJb3JpZ2luX2VjEPlantedSessionTokenThatAwsRepeats9876543210=="
MINE = {
    "TOBAN_AUDIT_KEY": "planted-audit-key-0123456789abcdef",
    "TOBAN_SMTP_USER": "planted-smtp-user",
    "TOBAN_SMTP_PASSWORD": "planted-smtp-password",
    "AWS_SECRET_ACCESS_KEY": "planted-secret-access-key",
    "AWS_SESSION_TOKEN": SESSION,
}
BESIDE = {"SLACK_SIGNING_SECRET": "planted-signing-secret"}  # settings take it with [http] only
PRINTED, TYPED, WRITTEN = (f"planted-password-{how}" for how in ("printed", "typed", "written"))
PEOPLE = (OPERATOR, SECOND, FIFTH)
CONFIG = """
[mail]
from = "toban@example.com"
smtp = "plain://127.0.0.1:{mail}"

[health]
listen = "127.0.0.1:{health}"

[schedules.bill]
line = "cost report"
days = "daily"
time = "09:00"
channel = "{channel}"
owner = "{owner}"
mail = ["ops@example.com"]
"""


@pytest.fixture
def log() -> Iterator["logging.StreamHandler[io.StringIO]"]:
    """What would stand on standard error if everybody logged everything."""
    handler, root = logging.StreamHandler(io.StringIO()), logging.getLogger()
    quiet = {name: logging.getLogger(name).level for name in ("toban", "slack_bolt", "botocore", "slack_sdk")}
    before = root.level
    root.addHandler(handler)
    for name in ("", *quiet):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in quiet.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def server() -> Iterator[LocalMail]:
    login = wants_login(MINE["TOBAN_SMTP_USER"], MINE["TOBAN_SMTP_PASSWORD"])
    options = {**login, "auth_required": False, "auth_require_tls": False}
    with local_mail(tls_context=None, **options) as made:
        yield made


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def whole(
    local_aws: LocalAws, server: LocalMail, port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Whole]:
    for name, value in (MINE | BESIDE).items():
        monkeypatch.setenv(name, value)
    given = Whole.environ.fget  # type: ignore[attr-defined]  # a property
    monkeypatch.setattr(Whole, "environ", property(lambda self: {**given(self), **MINE}))
    config = CONFIG.format(mail=server.port, health=port, channel=ENGLISH, owner=OPERATOR)
    with the_whole(local_aws, tmp_path, config=config, speed=10, running=False) as there:
        yield there


def page(port: int, path: str) -> str:
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    asking.request("GET", path)
    with closing(asking):
        return asking.getresponse().read().decode()


def test_no_secret_is_in_anything_that_leaves(
    whole: Whole,
    server: LocalMail,
    port: int,
    log: "logging.StreamHandler[io.StringIO]",
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planted = {
        **MINE,
        **BESIDE,
        "SLACK_BOT_TOKEN": whole.slack.bot_token,
        "SLACK_APP_TOKEN": whole.slack.app_token,
    }
    log.setFormatter(AsJson(Hush(planted)))
    whole.start()
    try:
        urls = use_everything(whole, server, planted, monkeypatch)
        pages = page(port, "/metrics") + page(port, "/healthz")
    finally:
        whole.stop()
    settings = load_without_slack(whole.environ)
    with closing(sqlite3.connect(whole.folder / "toban.db")) as db:
        tables = "\n".join(db.iterdump())
    room = whole.slack
    said = [one for channel in room.workspace.channels for one in room.messages(channel)]
    left = {
        "log": log.stream.getvalue(),
        "tables": tables,
        "export": "".join([*cli.export(settings, "csv"), *cli.export(settings, "jsonl")]),
        "pages": pages,
        "settings": f"{settings} {settings!r}",
        "messages": str([one for one in said if one.user not in PEOPLE]),
        "whispers": str([one for who in (OPERATOR, SECOND) for one in room.ephemerals(ENGLISH, who)]),
        "files": str([file.content for file in room.files()]),
        "mails": str([mail.as_string() for _to, mail in server.inbox.came]),
    }
    assert all(left.values()), [name for name, text in left.items() if not text]
    secrets = {**planted, "printed": PRINTED, "typed": TYPED, "written": WRITTEN, "theirs": THEIRS}
    found = {(where, name) for where, text in left.items() for name, one in secrets.items() if one in text}
    assert found == set()
    # Slack's addresses for an answer are kept for their half hour, and stand nowhere else
    assert {where for where, text in left.items() if any(url in text for url in urls)} <= {"tables"}
    assert "nobody caught" not in left["log"]
    assert "it went wrong with [redacted]" in left["log"]


def use_everything(
    whole: Whole, server: LocalMail, planted: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Returns the addresses for answers that Slack handed out."""
    well, ill = run_instances(whole.aws, "prod", 2, env="prod")
    urls = [str(whole.types("/ec2 list").payload["response_url"])]

    refused = whole.types(f'/run "mysql --password={TYPED}" on tag:env=prod', FIFTH).shown
    assert "looks like a secret" in refused
    refused = whole.types(f'/ec2 stop {well} --emergency "the password: {TYPED}"', FIFTH).shown
    assert "looks like a secret" in refused
    for line in (f"@toban ec2 stop {well} --emergency password={TYPED}", f"@toban nothing password={TYPED}"):
        assert whole.slack.as_person(OPERATOR).mentions(ENGLISH, line).acked

    whole.aws.control.commands_say(f"DB_PASSWORD={PRINTED}\n", well)
    whole.aws.control.commands_say(f"postgres://app:{PRINTED}@db: refused", ill)
    number = whole.asks('/run "df -h; env" on tag:env=prod')
    whole.clicks(whole.card(number, "waiting for approval"), SECOND)
    assert whole.ended(number) == [State.DONE]

    signed = f"The request signature does not match. 'x-amz-security-token:{THEIRS}'"
    whole.aws.control.order(
        Fault(Kind.ERROR, "StopInstances", code="SignatureDoesNotMatch", message=signed, status=403)
    )
    number = whole.asks(f"/ec2 stop {well}")
    whole.clicks(whole.card(number, "waiting for approval"), SECOND)
    assert whole.ended(number) == [State.FAILED]
    whole.aws.control.clear()

    number = whole.asks(f"/ec2 stop {well}")
    whole.slack.as_person(SECOND).clicks(whole.card(number, "waiting for approval"), "toban.deny")
    (form,) = whole.slack.views(SECOND)
    said = {"reason/text": f"no: password={WRITTEN}, and xoxb-{WRITTEN}"}
    assert whole.slack.as_person(SECOND).submits(form.id, said).acked
    assert whole.ended(number) == [State.DENIED]

    stumbles(whole, planted, monkeypatch)
    whole.asks("/schedule run bill")
    whole.until(lambda: bool(server.inbox.came) and whole.all_sent(), timeout=20)
    return urls


def stumbles(whole: Whole, planted: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours, whose trace has all that it should not have."""

    def wrong(*_: object) -> None:
        raise RuntimeError(f"it went wrong with {' '.join(planted.values())} {json.dumps(planted)}")

    with monkeypatch.context() as patch:
        patch.setattr("bot.flow.plan.make", wrong)
        assert whole.ended(whole.asks("/ec2 list"), timeout=40) == [State.FAILED]
