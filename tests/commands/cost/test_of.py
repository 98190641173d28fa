from datetime import time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.arguments import UsageError
from bot.hours import Hours, Span
from bot.schedule import Schedule
from commands.cost._of_kept import kept, of_instance
from commands.prices import listed
from playground.aws.server import LocalAws
from tests.commands.cost import scrap
from tests.commands.cost.scrap import NOW, TOKYO
from tests.commands.desk import DEV, DEV_ID, IMAGE, PROD, Desk, in_english
from tests.commands.volume import disks
from tests.house import CHANNEL, OTHER, house

OFFICE = Hours("office", Span(time(9), time(19)), ("mon", "tue", "wed", "thu", "fri"), ZoneInfo("Asia/Tokyo"))
DAYS = ("mon", "tue", "wed", "thu", "fri")
LINES = {
    "dev-off": "ec2 stop tag:env=dev",
    "dev-on": "ec2 start tag:env=dev",
    "office": "ec2 hours office",
    "db-off": "rds stop tag:env=dev",
    "nightly": "snapshot create all --keep 7",
}


@pytest.fixture
def desk(local_aws: LocalAws, tmp_path: Path) -> "object":
    schedules = [
        Schedule(name, line, DAYS, "20:00", "Asia/Tokyo", CHANNEL, OTHER) for name, line in LINES.items()
    ]
    with house(tmp_path, [DEV, PROD], schedules=schedules, hours={OFFICE.name: OFFICE}) as there:
        yield Desk(there, local_aws)


def run(desk: Desk, type_: str = "m7i.large", gib: int = 100, **tags: str) -> str:
    """An instance with one disk of gp3 and no public address."""
    listed_ = [{"Key": key.replace("__", ":"), "Value": value} for key, value in tags.items()]
    made = desk.ec2().run_instances(
        ImageId=IMAGE,
        MinCount=1,
        MaxCount=1,
        InstanceType=type_,
        TagSpecifications=[{"ResourceType": "instance", "Tags": listed_}] if listed_ else [],
        BlockDeviceMappings=[{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": gib, "VolumeType": "gp3"}}],
    )
    key = str(made["Instances"][0]["InstanceId"])
    interface = desk.local.backend("ec2", DEV_ID, "ap-northeast-1").get_instance(key).nics[0]
    interface.public_ip_auto_assign, interface.public_ip = False, None
    return key


def rows(desk: Desk, line: str) -> list[tuple[str, ...]]:
    return in_english(desk.plan(line).table)


def test_an_instance_costs_what_runs_and_its_disks(desk: Desk) -> None:
    """0.1302 * 730 = 95.046 and 9.60."""
    one = run(desk, Name="web")
    plan = desk.plan(f"/cost of {one}")
    assert str(plan.summary) == "1 thing as it is kept costs about $104.65 a month"
    assert rows(desk, f"/cost of {one}") == [
        (one, "web", "m7i.large, 100 GiB", "running", "", "dev", "$104.65", "")
    ]
    assert "list prices of 2025-03-02, an estimate" in map(str, plan.notes)


def test_one_that_is_stopped_costs_its_disks(desk: Desk) -> None:
    one = run(desk)
    desk.ec2().stop_instances(InstanceIds=[one])
    desk.local.control.settle()
    assert rows(desk, f"/cost of {one}")[0][6] == "$9.60"


def test_a_volume_by_itself(desk: Desk) -> None:
    volume = disks.loose(desk, 500, "gp2")
    assert rows(desk, f"/cost of {volume}") == [
        (volume, "", "500 GiB gp2", "available", "", "dev", "$60.00", "")
    ]


def test_a_tag_means_instances_with_their_disks_and_loose_volumes_each_once(desk: Desk) -> None:
    one, volume = run(desk, env="dev"), disks.loose(desk, 100, env="dev")
    (disk,) = desk.volumes_of(one)
    desk.ec2().create_tags(Resources=[disk], Tags=[{"Key": "env", "Value": "dev"}])
    assert [row[0] for row in rows(desk, "/cost of tag:env=dev")] == [one, volume]
    assert (
        str(desk.plan("/cost of tag:env=dev").summary)
        == "2 things as they are kept cost about $114.25 a month"
    )


def test_under_office_hours_it_costs_their_share_and_the_rest_is_saved(desk: Desk) -> None:
    """50 of 168 hours: 28.29 of 95.05, and the disk."""
    one = run(desk, toban__hours="office")
    assert rows(desk, f"/cost of {one}")[0][4:] == ("office 30 %", "dev", "$37.89", "$66.76")
    said = [str(note) for note in desk.plan(f"/cost of {one}").notes]
    assert "office hours save about $66.76 a month on 1 of them" in said


def test_what_it_costs_and_what_its_hours_save_is_what_it_would_cost(desk: Desk) -> None:
    machine = of_instance(TOKYO, scrap.instance(tags={"toban:hours": "office"}), [scrap.volume()])
    one = kept(machine, {"office": OFFICE}, listed.rate, NOW)
    assert one.amount.amount is not None
    assert one.saved is not None
    whole = Decimal("0.124") * 730 + Decimal("9.6")
    assert abs(one.amount.amount + one.saved - whole) < Decimal("0.000001")


def test_a_type_without_a_price_is_unknown_and_never_nothing(desk: Desk) -> None:
    one = run(desk, "x2idn.16xlarge")
    assert rows(desk, f"/cost of {one}")[0][6] == "?"
    assert (
        str(desk.plan(f"/cost of {one}").summary) == "1 thing as it is kept costs an unknown amount a month"
    )


def test_another_system_than_linux_is_unknown() -> None:
    machine = of_instance(TOKYO, scrap.instance(state="running", platform="Windows"), [])
    assert kept(machine, {}, listed.rate, NOW).amount.amount is None


def test_databases_of_a_tag_are_in_it_and_without_the_right_the_rest_is_told(desk: Desk) -> None:
    one = run(desk, env="dev")
    desk.local.client("rds", account=DEV_ID, region="ap-northeast-1").create_db_instance(
        DBInstanceIdentifier="shop", DBInstanceClass="db.m5.large", Engine="mysql", AllocatedStorage=20,
        MasterUsername="admin", MasterUserPassword="not-a-secret", Tags=[{"Key": "env", "Value": "dev"}],
    )  # fmt: skip
    assert [row[0] for row in rows(desk, "/cost of tag:env=dev")] == [one, "shop"]
    desk.deny("DescribeDBInstances", DEV_ID)
    plan = desk.plan("/cost of tag:env=dev")
    assert plan.table is not None
    assert [row[0] for row in plan.table.rows] == [one]
    assert any(str(note).startswith("databases are not in it: ") for note in plan.notes)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("dev-off", "each hour that 1 is stopped saves about $0.13; a whole month $95.05"),
        ("dev-on", "each hour that 1 runs costs about $0.13; a whole month $95.05"),
    ],
)
def test_what_a_line_that_stops_or_starts_saves_or_costs(desk: Desk, name: str, says: str) -> None:
    run(desk, env="dev")
    run(desk, env="prod")
    said = [str(note) for note in desk.plan(f"/cost of schedule:{name}").notes]
    assert said[:2] == [f"{name}: `/{LINES[name]}`, weekdays 20:00 Asia/Tokyo", says]


def test_what_a_calendar_saves(desk: Desk) -> None:
    run(desk, toban__hours="office")
    run(desk, toban__hours="office")
    run(desk)
    said = [str(note) for note in desk.plan("/cost of schedule:office").notes]
    assert said[1] == "its hours save about $133.52 a month: 2 run 30 % of the time"


def test_of_a_line_that_starts_and_stops_nothing_it_says_so(desk: Desk) -> None:
    plan = desk.plan("/cost of schedule:nightly")
    assert str(plan.summary) == (
        "nightly: `/snapshot create all --keep 7` starts and stops nothing, so nothing can be told"
        " of what it saves"
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/cost of schedule:nigthly", "There is no schedule nigthly"),
        ("/cost of schedule:nightly vol-0123456789abcdef0", "Name one schedule by itself"),
        ("/cost of i-0123456789abcdef0", "cannot be found"),
        ("/cost of tag:env=nobody", "Nothing that runs or stores something fits tag:env=nobody"),
        ("/cost of snap-0123456789abcdef0", "is a snapshot"),
    ],
)
def test_what_is_nowhere_is_said(desk: Desk, line: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        desk.plan(line)
