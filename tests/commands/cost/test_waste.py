import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from aws.account import AccountConfig
from bot.grammar.grammar import Parsed
from bot.operation import State, StepState
from playground.aws.estate import plant
from playground.aws.faults import Fault, Kind
from playground.aws.fleet import DEVELOPMENT, PRODUCTION, VIRGINIA
from playground.aws.server import LocalAws
from playground.aws.trail import TrailEvent
from tests.commands.balancer import scales
from tests.commands.desk import DEV_ID, OREGON, PROD_ID, TOKYO, Desk, in_english, unread
from tests.commands.volume import disks
from tests.house import house

ANA = f"arn:aws:sts::{DEV_ID}:assumed-role/Admin/ana"


@pytest.fixture
def waste(desk: Desk) -> Any:
    """One of each: a large volume, a snapshot whose volume is gone, an address, a load balancer."""
    volume = disks.loose(desk, 500, "gp2", Name="old-data", Owner="web")
    gone = disks.loose(desk, 50)
    shot = desk.ec2().create_snapshot(VolumeId=gone)["SnapshotId"]
    desk.ec2().delete_volume(VolumeId=gone)
    free = desk.ec2().allocate_address(Domain="vpc")["AllocationId"]
    scales.send(desk, scales.balancer(desk, "old"), scales.group(desk, "old"))
    age(desk, 200)
    return volume, shot, free


def age(desk: Desk, days: int) -> None:
    """Let everything there is have been made so long ago."""
    when = (desk.house.time() - timedelta(days=days)).replace(tzinfo=None)
    backend = desk.local.backend("ec2", DEV_ID, TOKYO)
    for one in backend.volumes.values():
        one.create_time = when
    for one in backend.snapshots.values():
        one.start_time = when
    for one in desk.local.backend("elbv2", DEV_ID, TOKYO).load_balancers.values():
        one.created_time = f"{when:%Y-%m-%dT%H:%M:%S.000Z}"


def rows(desk: Desk, line: str = "/cost waste") -> list[tuple[str, ...]]:
    return in_english(desk.plan(line).table)


def test_the_dearest_stands_first_with_its_owner_and_its_price(desk: Desk, waste: Any) -> None:
    volume, shot, free = waste
    since = "2026-05-05"
    assert rows(desk) == [
        ("unattached", volume, "old-data", "500 GiB gp2", since, "dev", TOKYO, "web", "$60.00"),
        ("no targets", "old", "", "application load balancer", since, "dev", TOKYO, "", "$17.74"),
        ("unused", free, "", address_of(desk, free), "", "dev", TOKYO, "", "$3.65"),
        ("orphan", shot, "", f"50 GiB of {volume_of(desk, shot)}", since, "dev", TOKYO, "", "≤ $2.50"),
    ]


def address_of(desk: Desk, key: str) -> str:
    return str(desk.ec2().describe_addresses(AllocationIds=[key])["Addresses"][0]["PublicIp"])


def volume_of(desk: Desk, shot: str) -> str:
    return str(desk.ec2().describe_snapshots(SnapshotIds=[shot])["Snapshots"][0]["VolumeId"])


def test_the_sum_is_that_of_the_rows_and_says_what_it_stands_on(desk: Desk, waste: Any) -> None:
    plan = desk.plan("/cost waste")
    assert str(plan.summary) == "4 things that nobody seems to need: at most $83.89 a month"
    said = [str(note) for note in plan.notes]
    assert said[:5] == [
        "unattached: 1 volume that is attached to nothing, about $60.00 a month",
        "orphan: 1 old snapshot whose volume is gone and on which no image stands, at most $2.50 a month",
        "unused: 1 address that belongs to nothing, about $3.65 a month",
        "no targets: 1 load balancer that sends to nobody, about $17.74 a month",
        "list prices of 2025-03-02, an estimate",
    ]
    assert "could not be asked" in said[5]  # the Price List of the local AWS refuses
    assert said[-1] == "only listings and prices were asked for, which cost nothing"


def test_each_button_asks_a_line_that_plans_just_that(desk: Desk, waste: Any) -> None:
    volume, shot, free = waste
    offers = desk.plan("/cost waste").offers
    assert [(str(one.label), one.line) for one in offers] == [
        ("Delete old-data: $60.00", f"volume delete {volume} --account dev --region {TOKYO}"),
        ("Delete old: $17.74", f"balancer delete old --account dev --region {TOKYO}"),
        (f"Release {free}: $3.65", f"address release {free} --account dev --region {TOKYO}"),
        (f"Delete {shot}: ≤ $2.50", f"snapshot prune {shot} --account dev --region {TOKYO}"),
    ]
    for one in offers:
        assert isinstance(desk.house.path.grammar.parse(one.line), Parsed)
        assert desk.plan(f"/{one.line}").steps


def test_a_click_ends_in_an_approved_deletion(desk: Desk, waste: Any) -> None:
    offers = desk.plan("/cost waste").offers
    numbers = [desk.see_through(f"/{one.line}") for one in offers]
    assert {desk.house.operation(number).state for number in numbers} == {State.DONE}
    plan = desk.plan("/cost waste")
    assert (str(plan.summary), plan.table, plan.offers) == ("nothing is wasted", None, ())


def test_what_could_not_be_read_is_named_and_the_rest_is_found(desk: Desk, waste: Any) -> None:
    desk.deny("DescribeVolumes", DEV_ID)
    desk.deny("DescribeLoadBalancers", PROD_ID)
    plan = desk.plan("/cost waste")
    assert plan.table is not None
    assert [row[0] for row in plan.table.rows] == ["no targets", "unused"]
    missing = unread(plan)
    assert set(missing) == {("dev", TOKYO), ("dev", OREGON), ("prod", TOKYO)}
    assert missing["dev", TOKYO].startswith("volumes could not be read: ")
    assert "lacks elasticloadbalancing:DescribeLoadBalancers" in missing["prod", TOKYO]


def test_an_account_whose_role_is_gone_is_named_once(desk: Desk, waste: Any) -> None:
    desk.local.control.order(Fault(Kind.DENY, action="AssumeRole"))
    plan = desk.plan("/cost waste")
    assert len(rows(desk)) == 4
    assert [(one.place.account, one.place.region) for one in plan.unread] == [("prod", TOKYO)]


def test_nothing_found_where_not_everything_could_be_read_is_not_nothing(desk: Desk) -> None:
    desk.deny("DescribeAddresses", "*")
    assert str(desk.plan("/cost waste").summary) == "nothing is wasted as far as could be looked"


def test_of_many_there_is_a_file_with_all_and_ten_buttons(desk: Desk) -> None:
    for _ in range(24):
        disks.loose(desk, 10)
    disks.loose(desk, 100, Name="=cmd()")
    age(desk, 30)
    plan = desk.plan("/cost waste")
    assert plan.table is not None
    assert plan.file is not None
    assert (len(plan.table.rows), len(plan.offers), plan.file.name) == (20, 10, "waste-2026-11-21.csv")
    lines = list(csv.DictReader(io.StringIO(plan.file.text)))
    assert len(lines) == 25
    assert (lines[0]["name"], lines[0]["usd_a_month"]) == ("'=cmd()", "9.60")
    assert lines[0]["how"].startswith("volume delete vol-")


def test_who_made_it_is_asked_of_cloudtrail_where_no_tag_says_it_and_it_is_new_enough(desk: Desk) -> None:
    new, old = disks.loose(desk, 20), disks.loose(desk, 10)
    age(desk, 30)
    disks.kept(desk, old).create_time -= timedelta(days=90)
    when = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=30)
    for volume in (new, old):
        made = TrailEvent(
            DEV_ID, TOKYO, "CreateVolume", "ec2.amazonaws.com", ANA, (volume,), "", code="", when=when
        )
        desk.local.control.times.trail.note(made)
    assert [row[7] for row in rows(desk)] == ["Admin/ana", ""]
    assert desk.local.control.count("LookupEvents") == 1


def test_without_the_right_to_cloudtrail_it_is_said_once(desk: Desk) -> None:
    for _ in range(3):
        disks.loose(desk)
    age(desk, 30)
    desk.deny("LookupEvents", DEV_ID)
    notes = [str(note) for note in desk.plan("/cost waste").notes]
    assert len([note for note in notes if note.startswith("could not look who made it: ")]) == 1
    assert desk.local.control.count("LookupEvents") == 1


def test_an_instance_of_half_a_year_ago_is_found_and_has_no_button(desk: Desk) -> None:
    (instance,) = desk.run(1, Name="tmp")
    desk.ec2().stop_instances(InstanceIds=[instance])
    desk.local.control.settle()
    kept = desk.local.backend("ec2", DEV_ID, TOKYO).get_instance(instance)
    kept._reason = "User initiated (2026-05-25 10:00:00 GMT)"
    (volume,) = desk.volumes_of(instance)
    desk.ec2().modify_volume(VolumeId=volume, Size=500, VolumeType="gp3")
    plan = desk.plan("/cost waste")
    assert plan.table is not None
    assert [row[:5] for row in plan.table.rows] == [
        ("stopped", instance, "tmp", "m1.small, 500 GiB", "2026-05-25")
    ]
    assert plan.offers == ()


def test_only_free_calls_are_made(desk: Desk, waste: Any) -> None:
    desk.plan("/cost waste")
    made = {call.action for call in desk.local.control.calls()}
    free = ("Describe", "Lookup", "GetProducts", "AssumeRole")
    assert {name for name in made if not name.startswith(free)} == set()


def test_the_playgrounds_estate_has_some_and_a_button_ends_in_an_approved_deletion(
    local_aws: LocalAws, tmp_path: Path
) -> None:
    estate = plant(local_aws, datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
    production = AccountConfig(
        "production", PRODUCTION, (TOKYO, VIRGINIA), f"arn:aws:iam::{PRODUCTION}:role/toban"
    )
    development = AccountConfig(
        "development", DEVELOPMENT, (TOKYO,), f"arn:aws:iam::{DEVELOPMENT}:role/toban"
    )
    with house(tmp_path, [production, development]) as there:
        desk = Desk(there, local_aws)
        found = {row[1]: (row[0], row[7], row[8]) for row in rows(desk)}
        waste = estate.waste
        assert found == {
            estate.servers["tmp-migration-01"].id: ("stopped", "", "$242.88"),
            estate.unattached_volume: ("unattached", "", "$60.00"),
            waste["db-02-restored"]: ("unattached", "Operator/tanaka", "$48.00"),
            waste["campaign-2025"]: ("no targets", "marketing", "$17.74"),
            waste["old-partner"]: ("unused", "web", "$3.65"),
            waste["az-outage-check"]: ("left over", "", "$3.20"),
            estate.orphan_snapshot: ("orphan", "", "≤ $2.50"),
            estate.servers["poc-kafka-01"].volumes[0]: ("gp2", "", "$2.26"),
        }
        offer = next(one for one in desk.plan("/cost waste").offers if waste["db-02-restored"] in one.line)
        number = desk.see_through(f"/{offer.line}")
        assert [row.state for row in there.steps(number)] == [StepState.DONE, StepState.DONE]
        assert there.operation(number).state is State.DONE
