"""What is waste and what only looks like it: rules over a place made by hand, with the time handed in."""

from decimal import Decimal
from typing import Any

import pytest

from commands.cost._waste_finding import Finding, Rules
from commands.cost._waste_owner import by_tags, short
from commands.cost._waste_snapshots import left_out
from commands.cost._waste_volumes import stopped_since
from commands.prices import listed
from commands.prices.estimate import dollars
from tests.commands.cost import scrap
from tests.commands.cost.scrap import NOW, OREGON, TOKYO, ago, found, reasons, seen

TEST: dict[str, Any] = {"toban:test": "az-down"}


def amount(one: Finding) -> str:
    known = one.amount(listed.rate).amount
    return "unknown" if known is None else dollars(known)


def test_a_volume_that_is_attached_to_nothing() -> None:
    (one,) = found(seen(volumes=[scrap.volume(gib=500)]))
    assert (one.kind, one.line, amount(one)) == ("unattached", "volume delete vol-1", "$48.00")


@pytest.mark.parametrize(
    "one",
    [
        scrap.volume(instance_id="i-1"),
        scrap.volume(days=0.5),  # perhaps on its way to somebody
        scrap.volume(tags={"toban:exclude": "true"}),
    ],
)
def test_volumes_that_are_no_waste(one: Any) -> None:
    assert reasons(seen(volumes=[one])) == {}


def test_an_old_snapshot_whose_volume_is_gone() -> None:
    (one,) = found(seen(snapshots=[scrap.snapshot()]))
    assert (one.kind, one.line, amount(one)) == ("orphan", "snapshot prune snap-1", "$2.50")
    assert one.amount(listed.rate).at_most


@pytest.mark.parametrize(
    ("one", "images"),
    [
        (scrap.snapshot(of="vol-1"), ()),  # its volume is there
        (scrap.snapshot(days=89.9), ()),
        (scrap.snapshot(), ("snap-1",)),  # an image stands on it
        (scrap.snapshot(tags={"aws:backup:source-resource": "arn"}), ()),
        (scrap.snapshot(tags={"aws:dlm:lifecycle-policy-id": "policy-1"}), ()),
        (scrap.snapshot(tags={"toban:exclude": "true"}), ()),
        (scrap.snapshot(state="pending"), ()),
        (scrap.snapshot(description="[Copied snap-2 from us-west-2]"), ()),
        (scrap.snapshot(of="vol-ffffffff"), ()),
    ],
)
def test_snapshots_that_are_no_waste(one: Any, images: tuple[str, ...]) -> None:
    there = seen(volumes=[scrap.volume(instance_id="i-1")], snapshots=[one], images=frozenset(images))
    assert reasons(there) == {}


def test_at_ninety_days_to_the_second_a_snapshot_is_old_and_another_age_may_be_asked_for() -> None:
    assert reasons(seen(snapshots=[scrap.snapshot(days=90)])) == {"snap-1": "orphan"}
    longer = Rules(snapshots_older_than=NOW - ago(300))
    assert reasons(seen(snapshots=[scrap.snapshot()]), rules=longer) == {}


@pytest.mark.parametrize("missing", ["volumes", "images"])
def test_where_what_needs_a_snapshot_could_not_be_read_nothing_is_said_of_it(missing: str) -> None:
    nothing: dict[str, Any] = {missing: None}
    assert reasons(seen(snapshots=[scrap.snapshot()], **nothing)) == {}


def test_tobans_own_copy_is_an_orphan_only_when_its_volume_is_nowhere_in_the_account() -> None:
    copied = scrap.snapshot(of="vol-x", tags={"toban:kind": "copy", "toban:volume": "vol-home"})
    here, both = seen(snapshots=[copied]), (TOKYO, OREGON)
    home = seen(OREGON, volumes=[scrap.volume("vol-home", instance_id="i-1")])
    assert reasons(here, home, every=both) == {}
    assert reasons(here, seen(OREGON), every=both) == {"snap-1": "orphan"}
    assert reasons(here, seen(OREGON, volumes=None), every=both) == {}
    assert reasons(here, every=both) == {}  # the other region was not looked at


def test_what_is_left_out_is_counted() -> None:
    managed = scrap.snapshot(tags={"aws:backup:source-resource": "arn"})
    copied = scrap.snapshot(description="[Copied snap-2 from us-west-2]")
    assert left_out([seen(snapshots=[managed, copied, scrap.snapshot()])]) == (1, 1)


def test_what_a_snapshot_holds_is_told_by_ec2_where_it_tells() -> None:
    (one,) = found(seen(snapshots=[scrap.snapshot(full_bytes=10 * 1024**3)]))
    assert amount(one) == "$0.50"
    (archived,) = found(seen(snapshots=[scrap.snapshot(tier="archive", full_bytes=1)]))
    assert amount(archived) == "$0.63"


def test_an_instance_that_was_stopped_long_ago_with_large_disks() -> None:
    disks = [scrap.volume("vol-1", instance_id="i-1"), scrap.volume("vol-2", "gp2", 500, instance_id="i-1")]
    (one,) = found(seen(instances=[scrap.instance(keeps_public_ip=True)], volumes=disks))
    assert (one.kind, one.what, one.line) == ("stopped", "m5.large, 600 GiB", "")
    assert one.since == ago(200)
    assert amount(one) == "$73.25"  # 9.60, 60.00 and an address


@pytest.mark.parametrize(
    ("one", "gib"),
    [
        (scrap.instance(days=29.9), 500),
        (scrap.instance(), 99),
        (scrap.instance(state="running"), 500),
        (scrap.instance(transition=""), 500),  # EC2 does not say since when
        (scrap.instance(tags={"toban:exclude": "true"}), 500),
    ],
)
def test_instances_that_are_no_waste(one: Any, gib: int) -> None:
    disk = scrap.volume(gib=gib, instance_id="i-1")
    assert reasons(seen(instances=[one], volumes=[disk])) == {}


def test_since_when_an_instance_is_stopped_is_in_ec2s_reason() -> None:
    one = scrap.instance(transition="User initiated (2026-05-25 10:00:00 GMT)")
    assert f"{stopped_since(one)}" == "2026-05-25 10:00:00+00:00"
    assert stopped_since(scrap.instance(transition="Server.SpotInstanceShutdown")) is None


def test_an_address_that_belongs_to_nothing() -> None:
    (one,) = found(seen(addresses=[scrap.address()]))
    assert (one.kind, one.line, amount(one)) == ("unused", "address release eipalloc-1", "$3.65")
    assert reasons(seen(addresses=[scrap.address(used="i-1")])) == {}
    assert reasons(seen(addresses=[scrap.address(manager="nat")])) == {}


def test_a_load_balancer_that_sends_to_nobody() -> None:
    (one,) = found(seen(balancers=[scrap.balancer()]))
    assert (one.kind, one.line, amount(one)) == ("no targets", "balancer delete old", "$17.74")
    assert reasons(seen(balancers=[scrap.balancer(needed=True)])) == {}
    assert reasons(seen(balancers=[scrap.balancer(days=0.5)])) == {}


def test_one_that_is_called_all_gets_no_line_that_would_mean_all() -> None:
    (one,) = found(seen(balancers=[scrap.balancer("all")]))
    assert one.line == ""


def test_of_gp2_only_what_would_be_saved_counts() -> None:
    """60.00 as gp2; 48.00 and 125 MiB/s more than included, 6.00, as gp3."""
    (one,) = found(seen(volumes=[scrap.volume(kind="gp2", gib=500, instance_id="i-1")]))
    assert (one.kind, one.line, amount(one)) == ("gp2", "volume convert vol-1 --to gp3", "$6.00")


def test_gp2_that_would_cost_more_as_gp3_is_no_waste() -> None:
    assert reasons(seen(volumes=[scrap.volume(kind="gp2", gib=200, instance_id="i-1")])) == {}


def test_what_a_test_has_left_over_is_found_in_whichever_state_it_is() -> None:
    everything = seen(
        volumes=[scrap.volume("vol-1", tags=TEST), scrap.volume("vol-2", tags=TEST, instance_id="i-9")],
        snapshots=[scrap.snapshot(days=2, tags={"toban:failover": "shop"})],
        instances=[
            scrap.instance("i-1", state="running", tags=TEST),
            scrap.instance("i-2", state="terminated", tags=TEST),
        ],
        addresses=[scrap.address(used="i-9", **TEST), scrap.address("eipalloc-2", **TEST)],
        balancers=[scrap.balancer("web", needed=True, **TEST)],
    )
    assert {one.id: one.line for one in found(everything)} == {
        "vol-1": "volume delete vol-1",
        "vol-2": "",
        "snap-1": "snapshot prune snap-1",
        "i-1": "ec2 stop i-1",
        "eipalloc-1": "",
        "eipalloc-2": "address release eipalloc-2",
        "web": "",
    }
    assert set(reasons(everything).values()) == {"left over"}


def test_a_test_that_goes_on_has_left_nothing_over_yet() -> None:
    fresh = seen(
        volumes=[scrap.volume(tags=TEST, days=0.5)],
        snapshots=[scrap.snapshot(days=0.5, tags=TEST)],
        balancers=[scrap.balancer(days=0.5, **TEST)],
    )
    assert reasons(fresh) == {}


def test_nothing_is_counted_twice() -> None:
    """An old gp2 disk of an instance that is stopped is part of that; one of a test is of the test."""
    disk = scrap.volume(kind="gp2", gib=500, instance_id="i-1")
    loose = scrap.volume("vol-2", kind="gp2", gib=500, tags=TEST)
    there = seen(instances=[scrap.instance()], volumes=[disk, loose])
    assert reasons(there) == {"vol-2": "left over", "i-1": "stopped"}
    total = sum((one.amount(listed.rate).amount or Decimal(0) for one in found(there)), Decimal(0))
    assert total == Decimal(120)


@pytest.mark.parametrize(
    ("tags", "who"),
    [
        ({"Owner": "ana"}, "ana"),
        ({"team": "web", "CreatedBy": "bo"}, "web"),
        ({"created-by": "bo"}, "bo"),
        ({"aws:createdBy": "IAMUser:x:bo"}, "IAMUser:x:bo"),
        ({"owner": "", "Team": "web"}, "web"),
        ({"Name": "ana"}, ""),
    ],
)
def test_whose_it_is_by_its_tags(tags: dict[str, str], who: str) -> None:
    assert by_tags(tags) == who


@pytest.mark.parametrize(
    ("arn", "who"),
    [
        ("arn:aws:iam::111111111111:user/ana", "ana"),
        ("arn:aws:sts::111111111111:assumed-role/Admin/ana@example.com", "Admin/ana@example.com"),
        ("arn:aws:iam::111111111111:root", "arn:aws:iam::111111111111:root"),
        ("", ""),
    ],
)
def test_whom_an_arn_names(arn: str, who: str) -> None:
    assert short(arn) == who
