"""Alarms by hand: events that mean what a test wants, taken in by the real path."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.event import Event
from bot.flow import troubles
from bot.store import troubles as stored
from bot.trouble import Phase, Reading, Rule, Seen, Severity, State, Trouble
from bot.words import words
from tests.commands.desk import DEV_ID, PROD_ID, TOKYO, Desk
from tests.house import APPROVER, CHANNEL, OPERATOR, OTHER, House

TOPIC = f"arn:aws:sns:{TOKYO}:{PROD_ID}:on-duty"
ALARMS = Rule(
    name="alarms",
    pattern={
        "source": ["aws.cloudwatch"],
        "detail": {"state": {"value": ["ALARM", "OK"]}, "alarmName": [{"prefix": "web-"}]},
    },
    channel=CHANNEL,
    mention=OTHER,
    after=(timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=15)),
    wider=APPROVER,
    topic=TOPIC,
)
ABUSE = Rule(
    name="abuse",
    pattern={"source": ["aws.health"], "detail": {"service": ["ABUSE"]}},
    channel=CHANNEL,
    severity=Severity.CRITICAL,
    do="ec2 stop {instance}",
    owner=OPERATOR,
)
REST = Rule(name="rest", pattern={"source": [{"anything-but": ["aws.trustedadvisor"]}]}, channel=CHANNEL)
RULES = (ALARMS, ABUSE, REST)
WEB, DISK = "arn:alarm:web-cpu", "arn:alarm:disk"


def come(
    at_home: Desk | House,
    subject: str = WEB,
    phase: Phase = Phase.BEGINS,
    *,
    rule: Rule = ALARMS,
    account: str = "prod",
    facts: int = 1,
    at: datetime | None = None,
    names: Mapping[str, str] | None = None,
) -> Trouble:
    """One event about something; returns its alarm as it stands then."""
    there = at_home.house if isinstance(at_home, Desk) else at_home
    happened = at or there.time()
    title = words("{alarm} is in alarm", alarm=subject.rpartition(":")[2])
    told = tuple(words("fact {n}", n=number) for number in range(1, facts + 1))
    reading = Reading(subject, phase, title, Severity.CRITICAL, told, names or {}, cause="prod CloudWatch")
    ids = {"dev": DEV_ID, "prod": PROD_ID}
    kind = {"source": "aws.cloudwatch", "detail-type": "CloudWatch Alarm State Change"}
    envelope = {**kind, "account": ids[account], "detail": {}}
    event = Event(f"{subject}/{happened.isoformat()}/{phase}", account, TOKYO, happened, envelope)
    troubles.take_in(there.path, "main", [Seen(event, reading, rule)])
    found = there.path.db.read(lambda tx: stored.newest(tx, rule.name, subject))
    assert found is not None
    return found


def lasted(desk: Desk, subject: str = WEB, **much: float) -> Trouble:
    """An alarm that began, lasted so long, and is over; an hour passes after it."""
    come(desk, subject)
    desk.house.time.pass_(**much)
    over = come(desk, subject, Phase.ENDS)
    desk.house.time.pass_(hours=1)
    assert over.state is State.OVER
    return over


def now(desk: Desk, number: int) -> Trouble:
    """An alarm as it stands now."""
    found = desk.house.path.troubles.get(number)
    assert found is not None
    return found


def lines(desk: Desk, line: str) -> list[str]:
    """What a plan says: its summary and its notes, in English."""
    plan = desk.plan(line)
    return [str(plan.summary), *map(str, plan.notes)]
