"""What people ask for: every kind of operation there is, each with its weight."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.chaos.estate import OREGON, TOKYO, Estate

Line = Callable[[Estate, Random], str]
SIZES = ("m5.large", "m5.xlarge")
READS = (
    "/ec2 list",
    "/snapshot list",
    "/ami list",
    "/volume list",
    "/address list",
    "/rds list",
    "/asg list",
    "/schedule list",
    "/failover list",
    "/alarm list",
    "/toban pending",
    "/toban whoami",
    "/backup status",
)


def _of(pattern: str, account: str = "") -> Line:
    """A line about one machine."""
    return lambda estate, dice: pattern.format(estate.machine(dice, account))


def _used_up(pattern: str, which: str) -> Line:
    """A line about something that is there for it alone; a read, once there is none left."""

    def line(estate: Estate, dice: Random) -> str:
        left: list[str] = getattr(estate, which)
        return pattern.format(left.pop()) if left else dice.choice(READS)

    return line


def _any(*lines: str) -> Line:
    return lambda _estate, dice: dice.choice(lines)


def _pair(pattern: str) -> Line:
    """A line about two machines, found by their tag."""
    return lambda _estate, dice: pattern.format(f"tag:pair={dice.choice(('dev', 'lab'))}{dice.randrange(6)}")


def _keep(estate: Estate, dice: Random) -> str:
    soon = datetime.now(ZoneInfo("Asia/Tokyo")) + timedelta(minutes=2)
    return f"/ec2 keep running {estate.machine(dice)} until {soon:%Y-%m-%dT%H:%M}"


def _schedule(*patterns: str) -> Line:
    """A line about one of a few schedules."""
    return lambda _estate, dice: dice.choice(patterns).format(f"look-{dice.randrange(8)}")


def _recent(pattern: str, back: int) -> Line:
    """A line about one of the operations that were asked for last."""
    return lambda _estate, dice: pattern.format(f"{{recent-{dice.randint(1, back)}}}")


KINDS: Mapping[str, tuple[int, Line]] = {
    "read": (14, _any(*READS)),
    "show": (4, _of("/ec2 show {}")),
    "audit": (2, _of("/toban audit --resource {}")),
    "stop": (6, _of("/ec2 stop {}")),
    "start": (7, _of("/ec2 start {}")),
    "stop two": (3, _pair("/ec2 stop {}")),
    "start two": (4, _pair("/ec2 start {}")),
    "stop in production": (6, _of("/ec2 stop {}", "prod")),
    "start in production": (6, _of("/ec2 start {}", "prod")),
    "break-glass": (1, _of('/ec2 stop {} --emergency "it burns"', "prod")),
    "reboot": (4, _of("/ec2 reboot {}")),
    "resize": (3, lambda estate, dice: f"/ec2 resize {estate.machine(dice)} --to {dice.choice(SIZES)}"),
    "office hours": (2, _of("/ec2 hours office {}")),
    "keep": (2, _keep),
    "isolate": (1, _of("/ec2 isolate {}")),
    "release": (1, _of("/ec2 release {}")),
    "snapshot": (4, _of("/snapshot create {} --keep 2")),
    "snapshots in production": (2, _of("/snapshot create {} --keep 2", "prod")),
    "prune": (2, _of("/snapshot prune {} --keep 1")),
    "copy": (2, lambda estate, dice: f"/snapshot copy {dice.choice(estate.snapshots)} --to {OREGON}"),
    "restore": (1, lambda estate, dice: f"/snapshot restore {dice.choice(estate.snapshots)} --zone {TOKYO}a"),
    "image": (3, _of("/ami create {} --keep 2")),
    "prune images": (2, _of("/ami prune {} --keep 1")),
    "convert": (1, _used_up("/volume convert {} --to gp3", "volumes")),
    "delete a volume": (2, _used_up("/volume delete {}", "volumes")),
    "release an address": (2, _used_up("/address release {}", "addresses")),
    "run": (3, _of('/run "df -h" on {}')),
    "database": (
        3,
        _any("/rds stop shop-dev", "/rds start shop-dev", "/rds stop shop-lab", "/rds start shop-lab"),
    ),
    "group": (
        3,
        _any(
            "/asg suspend web-dev --process Launch",
            "/asg resume web-dev",
            "/asg scale web-lab --desired 1",
            "/asg scale web-lab --desired 2",
        ),
    ),
    "a schedule": (3, _schedule('/schedule add "daily 09:00" /ec2 list --name {}')),
    "schedules": (
        5,
        _schedule(
            "/schedule run {}",
            "/schedule pause {}",
            "/schedule resume {}",
            "/schedule skip {}",
            "/schedule remove {}",
        ),
    ),
    "cancel": (4, _recent("/toban cancel {}", 6)),
    "failure test": (
        1,
        lambda estate, dice: (
            f"/failover run-instance {dice.choice(estate.breakable)} --for 20s --how stop --anyway"
        ),
    ),
    "abort": (1, _any("/failover abort")),
}
"""Kind -> how often, of all their sum; and its line."""
LINGER = ("keep", "reboot", "failure test")
"""Kinds that take minutes by themselves."""


def lines(dice: Random, estate: Estate, count: int, but: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """So many kinds and lines, each made when its turn comes; every kind once, where there is room."""
    names = [name for name in KINDS if name not in but]
    chosen = dice.choices(names, [KINDS[name][0] for name in names], k=count)
    chosen[: len(names)] = names[:count]
    dice.shuffle(chosen)
    for name in chosen:
        yield name, KINDS[name][1](estate, dice)
