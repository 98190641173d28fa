"""The scripts that spoil what an instance sends are run by a real shell; `tc` and its like are fakes there.

The kernel of this machine need not have any of it: what `tc` is told is compared, and that it is taken away.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from commands.changes.traffic_script import NO_TOOL, NOT_OURS, TOO_LATE, Shape, ending, shaping
from tests.commands.changes.box import DEFAULT, Box

LATE = Shape(delay_ms=200, jitter_ms=50)
FOR, SOON = timedelta(minutes=5), timedelta(seconds=20)


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box.made(tmp_path / "box")


def first(box: Box, what: str) -> int:
    return next(at for at, call in enumerate(box.calls) if what in call)


def test_the_timer_runs_before_anything_is_changed_and_the_fault_comes_last(box: Box) -> None:
    done = box.run(shaping(LATE, FOR, 7))
    assert done.returncode == 0, done.stderr
    assert first(box, "systemd-run") < first(box, "is-active") < first(box, "tc qdisc add")
    changes = [call for call in box.calls if call.startswith(("tc qdisc add", "tc filter add"))]
    assert changes[-1] == (
        "tc qdisc add dev eth0 parent 70ba:4 handle 70bb: netem limit 20000 delay 200ms 50ms"
    )
    assert "--on-active=300 --timer-property=AccuracySec=100ms" in box.calls[first(box, "systemd-run")]
    assert "toban-traffic-7.timer ends it in 300 s" in done.stdout
    assert "eth0 was qdisc mq 0: root" in done.stdout


def test_what_the_way_back_needs_is_spared(box: Box) -> None:
    box.run(shaping(LATE, FOR, 7))
    spared = [call for call in box.calls if call.endswith("flowid 70ba:1")]
    assert [call for call in spared if "169.254.0.0/16" in call]
    assert [call for call in spared if "protocol ip " in call and "dport 443" in call]
    assert [call for call in spared if "protocol ipv6 " in call and "dport 443" in call]
    assert max(map(box.calls.index, spared)) < first(box, "match u32 0 0 flowid 70ba:4")


def test_with_a_port_nothing_but_that_port_is_spoilt(box: Box) -> None:
    box.run(shaping(Shape(loss=10, port=5432), FOR, 7))
    spoilt = [call for call in box.calls if "flowid" in call]
    assert len(spoilt) == 4
    assert all("port 5432 0xffff flowid 70ba:4" in call for call in spoilt)
    assert "loss 10%" in box.text("qdiscs")


def test_the_way_back_takes_it_away_and_stops_the_timer_also_twice(box: Box) -> None:
    box.run(shaping(LATE, FOR, 7))
    done = box.run(ending(7))
    assert (done.returncode, box.text("qdiscs")) == (0, DEFAULT)
    assert not (box.at / "timer").exists()
    assert "eth0 is free again" in done.stdout
    assert done.stdout.endswith(DEFAULT)
    again = box.run(ending(7))
    assert (again.returncode, box.text("qdiscs")) == (0, DEFAULT)


def test_it_ends_by_the_timer_alone(box: Box) -> None:
    box.run(shaping(LATE, FOR, 7))
    box.ring()
    assert box.text("qdiscs") == DEFAULT


def test_without_systemd_a_process_of_its_own_is_the_timer(box: Box) -> None:
    box.breaks("systemd-run")
    done = box.run(shaping(LATE, FOR, 7))
    assert done.returncode == 0, done.stderr
    assert first(box, "setsid") < first(box, "tc qdisc add")
    assert "; sleep 300; tc" in box.text("sleeper").replace(f"{box.at}/bin/", "")
    assert "netem" in box.text("qdiscs")
    box.ring()
    assert box.text("qdiscs") == DEFAULT
    assert box.run(ending(7)).returncode == 0


@pytest.mark.parametrize("systemd", [True, False])
def test_killed_at_any_call_it_ends_by_the_timer_or_was_never_begun(tmp_path: Path, systemd: bool) -> None:
    whole = Box.made(tmp_path / "whole")
    if not systemd:
        whole.breaks("systemd-run")
    whole.run(shaping(LATE, SOON, 7))
    points = len(whole.calls)
    assert points > 12
    for die_at in range(1, points + 1):
        box = Box.made(tmp_path / f"dies-{die_at}")
        if not systemd:
            box.breaks("systemd-run")
        assert box.run(shaping(LATE, SOON, 7), die_at=die_at).returncode != 0, die_at
        box.ring()
        assert box.text("qdiscs") == DEFAULT, die_at
        assert box.run(ending(7)).returncode == 0  # which ends a process that is the timer, too


def test_killed_at_any_call_of_the_way_back_the_next_one_does_the_rest(tmp_path: Path) -> None:
    for die_at in range(1, 8):
        box = Box.made(tmp_path / f"dies-{die_at}")
        box.run(shaping(LATE, SOON, 7))
        box.run(ending(7), die_at=die_at)
        assert box.run(ending(7)).returncode == 0
        assert box.text("qdiscs") == DEFAULT, die_at


@pytest.mark.parametrize("call", ["tc qdisc add dev eth0 root", "flowid 70ba:4", "netem"])
def test_what_fails_on_the_way_leaves_nothing(box: Box, call: str) -> None:
    box.breaks(call)
    done = box.run(shaping(LATE, FOR, 7))
    assert done.returncode == 70
    assert box.text("qdiscs") == DEFAULT
    assert not (box.at / "timer").exists()
    assert "nothing is left of it" in done.stderr


def test_without_any_timer_nothing_is_begun(box: Box) -> None:
    box.breaks("systemd-run", "setsid")
    done = box.run(shaping(LATE, FOR, 7))
    assert (done.returncode, box.text("qdiscs")) == (70, DEFAULT)
    assert "no timer can be had" in done.stderr


def test_a_queue_of_somebody_elses_stays_as_it_is(box: Box) -> None:
    theirs = "qdisc htb 1: dev eth0 root refcnt 2 r2q 10 default 0x30 direct_packets_stat 0\n"
    (box.at / "qdiscs").write_text(theirs)
    done = box.run(shaping(LATE, FOR, 7))
    assert (done.returncode, box.text("qdiscs")) == (NOT_OURS, theirs)
    assert "another queue is on eth0: qdisc htb 1:" in done.stderr
    assert box.run(ending(7)).returncode == 0
    assert box.text("qdiscs") == theirs


def test_another_operation_neither_begins_nor_ends_what_is_there(box: Box) -> None:
    box.run(shaping(LATE, FOR, 7))
    there = box.text("qdiscs")
    assert box.run(shaping(Shape(loss=50), FOR, 8)).returncode == NOT_OURS
    assert box.run(ending(8)).returncode == 0
    assert box.text("qdiscs") == there


def test_a_command_that_comes_twice_is_one(box: Box) -> None:
    box.run(shaping(LATE, FOR, 7))
    assert box.run(shaping(LATE, FOR, 7)).returncode == 0
    assert not [call for call in box.calls if " add " in call]


def test_a_fault_that_comes_after_its_way_back_is_too_late(box: Box) -> None:
    box.run(ending(7))
    done = box.run(shaping(LATE, FOR, 7))
    assert (done.returncode, box.text("qdiscs")) == (TOO_LATE, DEFAULT)


def test_without_a_default_route_nothing_is_done(box: Box) -> None:
    (box.at / "route").write_text("")
    done = box.run(shaping(LATE, FOR, 7))
    assert (done.returncode, box.text("qdiscs")) == (NO_TOOL, DEFAULT)
    assert not (box.at / "timer").exists()
