import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.arguments import UsageError
from bot.operation import StepState
from bot.store import outbox
from bot.trouble import Phase
from commands.alarm import page
from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.commands.alarm.alarms import ALARMS, DISK, REST, TOPIC, WEB, come, lines
from tests.commands.desk import DEV, PROD, PROD_ID, TOKYO, Desk
from tests.house import CHANNEL, OTHER, house


@pytest.fixture
def telephone(desk: Desk) -> str:
    """The URL of a queue that hears what the topic is told."""
    sns = desk.local.client("sns", account=PROD_ID, region=TOKYO)
    sqs = desk.local.client("sqs", account=PROD_ID, region=TOKYO)
    assert sns.create_topic(Name="on-duty")["TopicArn"] == TOPIC
    url: str = sqs.create_queue(QueueName="telephone")["QueueUrl"]
    sns.subscribe(TopicArn=TOPIC, Protocol="sqs", Endpoint=f"arn:aws:sqs:{TOKYO}:{PROD_ID}:telephone")
    return url


def heard(desk: Desk, url: str) -> list[tuple[str, str]]:
    """Subjects and texts that arrived."""
    sqs = desk.local.client("sqs", account=PROD_ID, region=TOKYO)
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    bodies = [json.loads(one["Body"]) for one in found]
    return [(one["Subject"], one["Message"]) for one in bodies]


def test_the_topic_is_told_what_where_since_when_and_where_to_look(desk: Desk, telephone: str) -> None:
    come(desk)
    letter = desk.house.path.db.read(lambda tx: outbox.with_key(tx, "trouble:1"))
    assert letter is not None
    posted = "update outbox set ts = '1700.5', channel = 'C0OPS'"
    desk.house.path.db.write(lambda tx: tx.exec_driver_sql(posted))
    (row,) = desk.carry_out("/alarm page A1")
    assert row.state is StepState.DONE
    ((subject, text),) = heard(desk, telephone)
    assert subject == "toban #A1 critical prod/ap-northeast-1"
    first, link = text.splitlines()
    assert first.startswith("🔴 #A1 web-cpu is in alarm (prod/ap-northeast-1, since ")
    assert link == f"https://slack.com/app_redirect?channel={CHANNEL}"


def test_it_is_told_in_the_language_of_the_channel(local_aws: LocalAws, tmp_path: Path) -> None:
    with house(tmp_path, [DEV, PROD], rules=[ALARMS]) as there:
        object.__setattr__(there.path, "language", "ja")
        desk = Desk(there, local_aws)
        come(desk)
        text = dict(desk.plan("/alarm page A1").steps[0].inputs)["text"]
    assert "11月21日" in text
    assert "12:00" in text  # in the team's zone


def test_a_cut_answer_is_never_followed_by_a_second_message(desk: Desk, telephone: str) -> None:
    come(desk)
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="Publish"))
    (row,) = desk.carry_out("/alarm page A1")
    assert row.state is StepState.UNKNOWN
    assert len(heard(desk, telephone)) == 1


def test_nobody_is_woken_when_somebody_looks_at_it_by_then(desk: Desk, telephone: str) -> None:
    come(desk)
    desk.house.ask("/alarm page A1", key="page")  # as a rule's third call asks
    desk.house.path.troubles.acknowledge(1, OTHER)
    desk.house.work()
    assert heard(desk, telephone) == []
    assert lines(desk, "/alarm page A1")[0] == f"{OTHER} looks at #A1 already."


def test_nor_when_that_happens_between_the_plan_and_the_call(desk: Desk, telephone: str) -> None:
    come(desk)
    (step,) = desk.plan("/alarm page A1").steps
    desk.house.path.troubles.acknowledge(1, OTHER)
    world = desk.house.path.observer()
    shows = page.look(world, step.target.place, [step])
    assert shows[step.key] != step.before
    assert not set(step.after) <= set(shows[step.key])


def test_somebody_who_needs_help_may_have_it_told_all_the_same(desk: Desk, telephone: str) -> None:
    come(desk)
    desk.house.path.troubles.acknowledge(1, OTHER)
    desk.carry_out("/alarm page A1 --anyway")
    assert len(heard(desk, telephone)) == 1


def test_a_rule_without_a_topic_tells_nobody(desk: Desk) -> None:
    come(desk, DISK, rule=REST)
    with pytest.raises(UsageError, match="The rule rest has no topic"):
        desk.plan("/alarm page A1")


def test_a_rule_that_is_gone_or_a_topic_that_is_not_ours_is_a_sentence(
    local_aws: LocalAws, tmp_path: Path
) -> None:
    foreign = replace(REST, topic="arn:aws:sns:ap-northeast-1:999999999999:on-duty")
    with house(tmp_path, [DEV, PROD], rules=[foreign]) as there:
        desk = Desk(there, local_aws)
        come(desk)
        come(desk, DISK, rule=foreign)
        with pytest.raises(UsageError, match="has no rule alarms any more"):
            desk.plan("/alarm page A1")
        with pytest.raises(UsageError, match="of an account that the config does not name"):
            desk.plan("/alarm page A2")


def test_what_is_over_calls_nobody(desk: Desk) -> None:
    come(desk)
    desk.house.time.pass_(minutes=1)
    come(desk, WEB, Phase.ENDS)
    assert lines(desk, "/alarm page A1") == ["#A1 is over."]
