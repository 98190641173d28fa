"""What stories over real wires begin with: a config, people, instances, and time that can be pushed."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.policy.policy import DEFAULT
from playground.aws.server import LocalAws
from playground.slack.people import Person
from playground.slack.server import LocalSlack

OPERATOR, APPROVER, SECOND, READER, FIFTH = "U0SATO", "U0SUZUKI", "U0MILLER", "U0ITO", "U0ENDO"
OPS, ENGLISH = "C0OPS", "C0OPSPROD"  # the Japanese channel and the English one
TOKYO = "ap-northeast-1"
ACCOUNTS = {"prod": "111111111111", "dev": "222222222222"}
CONFIG = """
zone = "Asia/Tokyo"
language = "ja"
policy = "policy.cedar"

[accounts.prod]
id = "111111111111"
regions = ["ap-northeast-1"]
role = "arn:aws:iam::111111111111:role/toban"

[accounts.dev]
id = "222222222222"
regions = ["ap-northeast-1"]
role = "arn:aws:iam::222222222222:role/toban"

[channels.C0OPSPROD]
language = "en"

[groups]
operators = ["S0OPERATORS"]
approvers = ["S0APPROVERS"]
"""
TWO_AGREE = """
@id("critical-needs-two")
forbid (principal, action in Action::"change", resource)
when { resource.hasTag("critical") && resource.getTag("critical") == "yes" && context.approvals < 2 };
"""


@dataclass
class Time:
    """The bot's clock: it goes `speed` times as fast as the one on the wall, and can be pushed."""

    speed: float = 1.0
    begin: datetime = field(default_factory=lambda: datetime.now(UTC))
    began: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        """What time it is."""
        return self.begin + timedelta(seconds=(time.monotonic() - self.began) * self.speed)

    def push(self, **much: float) -> None:
        """Let this much time pass at once."""
        self.begin += timedelta(**much)


def write_config(folder: Path, more: str = "") -> None:
    """The config file and the policy beside it."""
    (folder / "toban.toml").write_text(CONFIG + more, encoding="utf-8")
    (folder / "policy.cedar").write_text(DEFAULT.read_text(encoding="utf-8") + TWO_AGREE, encoding="utf-8")


def hire(slack: LocalSlack, user: str, group: str) -> None:
    """One more person, who reads English and is in this user group."""
    room = slack.workspace
    room.people[user] = Person(user, user[2:].lower(), user, "en-US")
    for channel in (OPS, ENGLISH):
        room.channels[channel].members.add(user)
    members(slack, group, *room.groups[group].users, user)


def members(slack: LocalSlack, group: str, *users: str) -> None:
    """Let these people be in a user group, and nobody else."""
    old = slack.workspace.groups[group]
    slack.workspace.groups[group] = type(old)(old.id, old.handle, old.name, users)


def run_instances(aws: LocalAws, account: str, count: int = 1, **tags: str) -> tuple[str, ...]:
    """Instances that run, they and their volumes with these tags."""
    listed = [{"Key": key, "Value": value} for key, value in tags.items()]
    kinds = ("instance", "volume")
    made = aws.client("ec2", account=ACCOUNTS[account], region=TOKYO).run_instances(
        ImageId="ami-12c6146b",
        MinCount=count,
        MaxCount=count,
        TagSpecifications=[{"ResourceType": kind, "Tags": listed} for kind in kinds],
    )
    return tuple(one["InstanceId"] for one in made["Instances"])


def instances(aws: LocalAws, account: str) -> dict[str, str]:
    """The instances of an account with their states."""
    found = aws.client("ec2", account=ACCOUNTS[account], region=TOKYO).describe_instances()
    return {
        one["InstanceId"]: one["State"]["Name"]
        for reservation in found["Reservations"]
        for one in reservation["Instances"]
    }


def snapshots(aws: LocalAws, account: str) -> list[str]:
    """The volumes of an account's snapshots, one for each snapshot."""
    found = aws.client("ec2", account=ACCOUNTS[account], region=TOKYO).describe_snapshots(OwnerIds=["self"])
    return sorted(one["VolumeId"] for one in found["Snapshots"])
