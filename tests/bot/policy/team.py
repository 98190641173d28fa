"""A small team, what it may name, and steps to judge."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.command import Risk
from bot.operation import Door
from bot.plan import Resource, Step
from bot.policy.decision import Decision, Person
from bot.policy.policy import DEFAULT, Policy

ACTIONS = (
    ("ec2.list", Risk.NONE),
    ("ec2.start", Risk.CHANGE),
    ("ec2.stop", Risk.CHANGE),
    ("failover.cut-subnet", Risk.CHANGE),
    ("failover.run-zone", Risk.CHANGE),
    ("snapshot.list", Risk.NONE),
    ("snapshot.create", Risk.CHANGE),
    ("snapshot.prune", Risk.DESTROY),
    ("snapshot.delete", Risk.DESTROY),
)
RISKS = dict(ACTIONS)
OPERATOR = Person("U1OPERATOR", ("operators",))
COLLEAGUE = Person("U2OPERATOR", ("operators",))
APPROVER = Person("U3APPROVER", ("approvers",))
GUEST = Person("U4GUEST")


TUESDAY = datetime(2026, 11, 24, 14, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


def load(text: str, groups: tuple[str, ...] | None = None, now: datetime = TUESDAY) -> Policy:
    return Policy.load(text, ACTIONS, groups=groups, now=lambda: now)


def default() -> Policy:
    return load(DEFAULT.read_text(encoding="utf-8"), ("operators", "approvers"))


def step(action: str = "ec2.stop", id_: str = "i-1", **tags: str) -> Step:
    target = Resource("main", "ap-northeast-1", "instance", id_, "web", tuple(sorted(tags.items())))
    return Step(f"{action} {id_}", action, target, (("state", "running"),), (("state", "stopped"),))


def ask(policy: Policy, person: Person, action: str) -> Decision:
    return policy.may_ask(person, action, RISKS[action], Door.SLASH)


def judge(policy: Policy, person: Person, *steps: Step, verb: str = "", door: Door = Door.SLASH) -> Decision:
    return policy.judge(person, verb or steps[0].action, steps, RISKS, door)
