"""What toban looks after in this story: three accounts with what each kind of operation needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.policy.policy import DEFAULT
from playground.aws.server import LocalAws
from playground.slack.people import Channel
from playground.slack.server import LocalSlack

TOKYO, OREGON = "ap-northeast-1", "us-west-2"
ACCOUNTS = {"prod": "111111111111", "dev": "222222222222", "lab": "333333333333"}
CHANNELS = tuple(f"C0CHAOS{number:02}" for number in range(16))
"""A channel takes a message a second: so many of them do not wait for it."""
TEAM = {"U0SATO", "U0SUZUKI", "U0MILLER", "U0ITO", "U0TOBAN"}
APPROVAL = "60s"  # the shortest that toban takes
MACHINES = 12  # of each account
DATABASE_CLASS, LOGIN = "db.t4g.micro", ("admin", "not-a-secret")
_ACCOUNT = """
[accounts.{name}]
id = "{id}"
regions = {regions}
role = "arn:aws:iam::{id}:role/toban"
"""
_CONFIG = """\
zone = "Asia/Tokyo"
language = "en"
policy = "policy.cedar"

[limits]
approval = "{approval}"

[groups]
operators = ["U0SATO", "U0SUZUKI", "U0MILLER"]
approvers = ["U0SUZUKI", "U0MILLER"]

[probes.slack]
tcp = "{probed}"

[hours.office]
begin = "09:00"
end = "20:00"
days = ["mon", "tue", "wed", "thu", "fri"]
"""


@dataclass(frozen=True, slots=True)
class Estate:
    """The ids of what is there, by account; what can be used up is handed out once."""

    machines: dict[str, tuple[str, ...]]
    breakable: tuple[str, ...]
    volumes: list[str]
    addresses: list[str]
    snapshots: tuple[str, ...]

    def machine(self, dice: Random, account: str = "") -> str:
        """Any machine, of this account or of those where nobody need agree."""
        return dice.choice(self.machines[account or dice.choice(("dev", "lab"))])


def write_config(folder: Path, probed: str) -> None:
    """The config file and the policy beside it; `probed` is an address that answers."""
    regions = {"lab": f'["{TOKYO}", "{OREGON}"]'}
    text = _CONFIG.format(approval=APPROVAL, probed=probed)
    for name, number in ACCOUNTS.items():
        text += _ACCOUNT.format(name=name, id=number, regions=regions.get(name, f'["{TOKYO}"]'))
    (folder / "toban.toml").write_text(text, encoding="utf-8")
    (folder / "policy.cedar").write_text(DEFAULT.read_text(encoding="utf-8"), encoding="utf-8")


def furnish(slack: LocalSlack) -> None:
    """The channels."""
    for channel in CHANNELS:
        slack.workspace.channels[channel] = Channel(channel, channel.lower(), set(TEAM), locale="en-US")


def build(aws: LocalAws, operations: int) -> Estate:
    """Everything, and of what is used up enough for so many operations."""
    machines = {name: _machines(aws, name) for name in ACCOUNTS}
    used_up = max(4, operations // 25)
    ec2 = aws.client("ec2", account=ACCOUNTS["lab"], region=TOKYO)
    volumes = [_volume(ec2) for _ in range(used_up)]
    addresses = [ec2.allocate_address(Domain="vpc")["AllocationId"] for _ in range(used_up)]
    for name in ("dev", "lab"):
        _database(aws, name)
        _group(aws, name)
    loose = _volume(ec2)
    snapshots = tuple(ec2.create_snapshot(VolumeId=loose)["SnapshotId"] for _ in range(4))
    return Estate(machines, machines["lab"][:2], volumes, addresses, snapshots)


def _machines(aws: LocalAws, name: str) -> tuple[str, ...]:
    """An account's; the first two of the lab may be broken by failure tests."""
    return tuple(_machine(aws, name, number) for number in range(MACHINES))


def _machine(aws: LocalAws, name: str, number: int) -> str:
    tags = {"env": name, "Name": f"{name}-{number:02}", "pair": f"{name}{number // 2}"}
    if name == "lab" and number < 2:
        tags |= {"toban:chaos": "allowed"}
    made = aws.client("ec2", account=ACCOUNTS[name], region=TOKYO).run_instances(
        ImageId="ami-12c6146b",
        MinCount=1,
        MaxCount=1,
        InstanceType="m5.large",
        TagSpecifications=[{"ResourceType": kind, "Tags": _listed(tags)} for kind in ("instance", "volume")],
    )
    key = str(made["Instances"][0]["InstanceId"])
    there = aws.backend("ec2", ACCOUNTS[name], TOKYO).get_instance(key)
    there.ena_support, there.virtualization_type = True, "hvm"
    there.launch_time -= timedelta(hours=1)
    return key


def _listed(tags: dict[str, str]) -> Sequence[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _volume(ec2: Any) -> str:
    return str(ec2.create_volume(AvailabilityZone=f"{TOKYO}a", Size=8, VolumeType="gp2")["VolumeId"])


def _database(aws: LocalAws, name: str) -> None:
    user, password = LOGIN
    aws.client("rds", account=ACCOUNTS[name], region=TOKYO).create_db_instance(
        DBInstanceIdentifier=f"shop-{name}",
        DBInstanceClass=DATABASE_CLASS,
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername=user,
        MasterUserPassword=password,
        Tags=_listed({"env": name}),
    )


def _group(aws: LocalAws, name: str) -> None:
    client = aws.client("autoscaling", account=ACCOUNTS[name], region=TOKYO)
    client.create_launch_configuration(
        LaunchConfigurationName="web", ImageId="ami-12c6146b", InstanceType="t3.micro"
    )
    client.create_auto_scaling_group(
        AutoScalingGroupName=f"web-{name}",
        LaunchConfigurationName="web",
        MinSize=0,
        MaxSize=4,
        DesiredCapacity=1,
        AvailabilityZones=[f"{TOKYO}a"],
    )
