"""A desk: lines are planned, and carried out, over the local AWS by the real path."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from aws.account import AccountConfig
from bot.command import Verb
from bot.console import PAGES, WITHOUT
from bot.grammar.grammar import Parsed
from bot.operation import StepRow
from bot.plan import Plan, Resource, Step, Table
from commands import here
from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.house import APPROVER, CHANNEL, OPERATOR, House

TOKYO, OREGON = "ap-northeast-1", "us-west-2"
DEV_ID, PROD_ID = "123456789012", "111111111111"
DEV = AccountConfig("dev", DEV_ID, (TOKYO, OREGON))
PROD = AccountConfig("prod", PROD_ID, (TOKYO,), role_arn=f"arn:aws:iam::{PROD_ID}:role/toban")
IMAGE = "ami-12c6146b"


@dataclass
class Desk:
    """The house, the local AWS at its side, and hands for both."""

    house: House
    local: LocalAws

    def ec2(self, account: str = DEV_ID, region: str = TOKYO) -> Any:
        """A client of this AWS that is nobody's of toban."""
        return self.local.client("ec2", account=account, region=region)

    def run(
        self, count: int = 1, *, account: str = DEV_ID, region: str = TOKYO, **tags: str
    ) -> tuple[str, ...]:
        """Instances that run, they and their volumes with these tags; `group` is their Auto Scaling group."""
        if "group" in tags:
            tags["aws:autoscaling:groupName"] = tags.pop("group")
        listed = [{"Key": key, "Value": value} for key, value in tags.items()]
        kinds = [{"ResourceType": kind, "Tags": listed} for kind in ("instance", "volume") if listed]
        made = self.ec2(account, region).run_instances(
            ImageId=IMAGE, MinCount=count, MaxCount=count, TagSpecifications=kinds
        )
        return tuple(one["InstanceId"] for one in made["Instances"])

    def volumes_of(self, instance: str) -> tuple[str, ...]:
        """The ids of the volumes attached to an instance."""
        wanted = [{"Name": "attachment.instance-id", "Values": [instance]}]
        return tuple(one["VolumeId"] for one in self.ec2().describe_volumes(Filters=wanted)["Volumes"])

    def deny(self, action: str, account: str = PROD_ID) -> None:
        """Let this call be refused in an account from now on."""
        self.local.control.order(Fault(Kind.DENY, action=action, account=account))

    def parse(self, line: str) -> Parsed:
        """The line as the grammar reads it."""
        parsed = self.house.path.grammar.parse(line)
        assert isinstance(parsed, Parsed), parsed
        return parsed

    def plan(self, line: str, person: str = OPERATOR) -> Plan:
        """What the line would do; every call it makes is one that its verb declares."""
        parsed, path = self.parse(line), self.house.path
        self.local.control.log.clear()
        try:
            plan = parsed.verb.plan(parsed.args, replace(path.observer(), asker=person, channel=CHANNEL))
            _are_known([*(step.target for step in plan.steps), *(left.target for left in plan.left)])
            return plan
        finally:
            self._only(parsed.verb.iam)

    def carry_out(self, line: str, *, turns: int = 6, passing: float = 20) -> tuple[StepRow, ...]:
        """Ask, approve where that is needed, and work; every call is one that verb and actions declare."""
        verb: Verb[Any] = self.parse(line).verb
        self.local.control.log.clear()
        number = self.see_through(line, turns=turns, passing=passing)
        self._only([*verb.iam, *(name for action in verb.actions for name in action.iam)])
        rows = self.house.steps(number)
        _are_known(row.step.target for row in rows)
        return rows

    def see_through(self, line: str, *, turns: int = 6, passing: float = 20) -> int:
        """Ask, approve where that is needed, and work at whatever there is to do; returns the number."""
        number = self.house.asked(line)
        self.house.click(number, APPROVER)
        for _ in range(turns):
            self.local.control.advance(passing)
            self.house.work(passing=passing)
        return number

    def _only(self, iam: Iterable[str]) -> None:
        declared = {name.partition(":")[2] for name in iam} | {"AssumeRole"}
        assert {call.action for call in self.local.control.calls()} - declared == set()


def _are_known(resources: Iterable[Resource]) -> None:
    """Of every kind that a verb names it is settled whether the AWS console has a page."""
    kinds = {one.type for one in resources if one.account != here.ACCOUNT}
    assert kinds - set(PAGES) - WITHOUT == set()


def targets(steps: Iterable[Step]) -> set[str]:
    """The ids the steps act on."""
    return {step.target.id for step in steps}


def in_english(table: Table | None) -> list[tuple[str, ...]]:
    """A table's rows as they read in English; none without a table."""
    return [tuple(map(str, row)) for row in table.rows] if table else []


def left(plan: Plan) -> dict[str, str]:
    """What is left alone, and why."""
    return {one.target.id: str(one.why) for one in plan.left}


def unread(plan: Plan) -> dict[tuple[str, str], str]:
    """What could not be read, and why."""
    return {(one.place.account, one.place.region): str(one.why) for one in plan.unread}
