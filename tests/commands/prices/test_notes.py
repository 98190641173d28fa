"""Plans of other verbs say what they cost, by the prices at hand, and ask nobody for it."""

import pytest

from tests.commands.desk import Desk, left
from tests.commands.ec2.test_resize import a_server
from tests.commands.volume import disks

IMAGE = "ami-12c6146b"


def run(desk: Desk, type_: str = "m7i.large", *, stopped: bool = False) -> str:
    """An instance without a public address."""
    made = desk.ec2().run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1, InstanceType=type_)
    key = str(made["Instances"][0]["InstanceId"])
    interface = desk.local.backend("ec2", "123456789012", "ap-northeast-1").get_instance(key).nics[0]
    interface.public_ip_auto_assign, interface.public_ip = False, None
    if stopped:
        desk.ec2().stop_instances(InstanceIds=[key])
        desk.local.control.settle()
    return key


def said(desk: Desk, line: str) -> list[str]:
    return [str(note) for note in desk.plan(line).notes]


def test_a_start_says_what_runs_then_costs(desk: Desk) -> None:
    one = run(desk, stopped=True)
    assert "while they run: about $0.13 an hour, $95.05 a month" in said(desk, f"/ec2 start {one}")


def test_a_stop_says_what_is_saved(desk: Desk) -> None:
    one = run(desk)
    saved = "stopped they save about $0.13 an hour, $95.05 a month; their disks cost as before"
    assert saved in said(desk, f"/ec2 stop {one}")


def test_what_is_left_alone_costs_nothing_more(desk: Desk) -> None:
    one = run(desk, stopped=True)
    assert left(desk.plan(f"/ec2 stop {one}"))
    assert said(desk, f"/ec2 stop {one}") == []


def test_a_resize_says_what_it_costs_before_and_after(desk: Desk) -> None:
    one = a_server(desk, stopped=True)
    assert "while they run: about $90.52 a month now, $181.04 then" in said(
        desk, f"/ec2 resize {one} --to m5.xlarge"
    )


def test_a_snapshot_says_what_it_costs_at_most(desk: Desk) -> None:
    first, second = disks.loose(desk, 100), disks.loose(desk, 20)
    most = "120 GiB of snapshots cost at most $6.00 a month; less where blocks have not changed"
    assert said(desk, f"/snapshot create {first} {second}") == [most]


@pytest.mark.parametrize("line", ["start", "stop"])
def test_where_no_price_is_known_nothing_is_said_of_money(desk: Desk, line: str) -> None:
    one = run(desk, "x2idn.16xlarge", stopped=line == "start")
    assert said(desk, f"/ec2 {line} {one}") == []


def test_of_some_that_have_no_price_the_count_is_said(desk: Desk) -> None:
    one, other = run(desk), run(desk, "x2idn.16xlarge")
    notes = said(desk, f"/ec2 stop {one} {other}")
    assert "of 1 no price is known" in notes


def test_it_costs_no_call(desk: Desk) -> None:
    one = run(desk, stopped=True)
    desk.plan(f"/ec2 start {one}")
    assert {call.action for call in desk.local.control.calls()} - {"AssumeRole"} == {"DescribeInstances"}
