"""A report of abuse that is none: whoever ignores it says why, in a form, and everybody reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.views.form import FIELD
from bot.views.trouble import ACKNOWLEDGE, IGNORE
from playground.aws import saying
from playground.aws.server import LocalAws
from playground.slack.message import Message
from playground.slack.views import View
from tests.scenarios.given import ACCOUNTS, ENGLISH, FIFTH, OPERATOR, READER, TOKYO
from tests.scenarios.whole import Whole, the_whole

CONFIG = """
[queues.main]
account = "{name}"
region = "{region}"
url = "https://sqs.{region}.amazonaws.com/{account}/toban"

[rules.abuse]
pattern = {{ source = ["aws.health"] }}
channel = "{channel}"
"""
REASON = f"reason/{FIELD}"


@contextmanager
def listening(aws: LocalAws, folder: Path, name: str) -> Iterator[Whole]:
    """The whole, with a queue in this account; a receive outlives its bot, so each story has its own."""
    saying.open_queue(aws, ACCOUNTS[name])
    where = {"name": name, "account": ACCOUNTS[name], "region": TOKYO, "channel": ENGLISH}
    with the_whole(aws, folder, config=CONFIG.format(**where)) as there:
        yield there


def reported(whole: Whole, name: str) -> Message:
    account = ACCOUNTS[name]
    saying.say(whole.aws, account, saying.abuse(account, "i-0123456789abcdef0", whole.time()))
    return whole.slack.wait_for_message(ENGLISH, lambda each: "#A1 · AWS reports abuse" in each.text)


def opened(whole: Whole, report: Message, person: str) -> View:
    assert whole.slack.as_person(person).clicks(report, IGNORE).acked
    whole.until(lambda: bool(whole.slack.views(person)))
    return whole.slack.views(person)[-1]


def test_it_is_ignored_with_a_reason_that_stands_in_its_thread_and_in_the_audit_log(
    local_aws: LocalAws, tmp_path: Path
) -> None:
    with listening(local_aws, tmp_path, "dev") as whole:
        report = reported(whole, "dev")
        form = opened(whole, report, FIFTH)
        fifth = whole.slack.as_person(FIFTH)
        assert "Say why" in fifth.submits(form.id, {REASON: "  "}).shown
        assert whole.rows("select count(*) from operations") == [(0,)]
        assert fifth.submits(form.id, {REASON: "our own scanner, no abuse"}).shown == ""
        number = whole.number(f"form:{form.id}")
        whole.slack.wait_for_ephemeral(ENGLISH, FIFTH, lambda each: f"#{number}: " in each.text)
        assert whole.ended(number) == ["done"]
        assert whole.rows("select state, acknowledged_by from troubles") == [("acknowledged", FIFTH)]
        thread = [each.text for each in whole.slack.messages(ENGLISH) if each.thread_ts == report.ts]
        assert f"<@{FIFTH}> looks at it: our own scanner, no abuse" in thread
        assert whole.card(number).thread_ts == report.ts
        line = 'alarm acknowledge A1 --reason "our own scanner, no abuse"'
        assert whole.rows("select line from asks") == [(line,)]
        assert (line, FIFTH) in whole.rows("select line, person from audit where operation = ?", number)


def test_who_cannot_ignore_it_is_told_why_alone(local_aws: LocalAws, tmp_path: Path) -> None:
    with listening(local_aws, tmp_path, "prod") as whole:
        report = reported(whole, "prod")
        assert "alarm.acknowledge" in whole.clicks(report, READER, IGNORE)
        whole.slack.faults.answer("views.open", status=503, times=1)
        assert "did not open" in whole.clicks(report, FIFTH, IGNORE)
        assert whole.slack.views(READER) == whole.slack.views(FIFTH) == []
        form = opened(whole, report, FIFTH)
        whole.clicks(report, OPERATOR, ACKNOWLEDGE)
        already = f"<@{OPERATOR}> looks at #A1 already"
        assert whole.slack.as_person(FIFTH).submits(form.id, {REASON: "our own"}).shown == ""
        whole.slack.wait_for_ephemeral(ENGLISH, FIFTH, lambda each: already in each.text)
