"""Each right of each verb, refused alone, is named in what toban says: 600 of them, one at a time.

The stories are tests of the verbs themselves (`denied.txt`); `denials.py` tells each again without a right.
What none of them reaches is listed here, with the reason; another verb's story must reach that right, then.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

import commands
from tests.bot.iam.choosing import stories

ROOT = Path(__file__).parents[3]
Pair = tuple[str, str]
"""Who asks (noun.verb of a verb, @noun.verb of an action), and the right that is refused."""


@dataclass(frozen=True)
class Excuse:
    """Why these rights of these are not named by a story of their own; `*` stands for any."""

    why: str
    who: tuple[str, ...]
    rights: tuple[str, ...]

    def covers(self, pair: Pair) -> bool:
        return any(fnmatchcase(pair[0], one) for one in self.who) and any(
            fnmatchcase(pair[1], one) for one in self.rights
        )


EXCUSES = (
    Excuse(
        "a start has failed, and this is read to find out why: a cause that is found without it is told,"
        " and `/ec2 why` names what could not be read",
        ("@ec2.start", "@failover.start-instance", "ec2.preflight", "ec2.why"),
        (
            *(
                "cloudtrail:*",
                "ec2:Describe*",
                "ec2:GetConsoleOutput",
                "elasticloadbalancing:*",
                "iam:*",
                "kms:*",
            ),
            *("servicequotas:*", "sts:*"),
        ),
    ),
    Excuse(
        "a key that may not be looked at counts as closed, and the plan warns of it by its ARN",
        ("ec2.heal",),
        ("kms:*",),
    ),
    Excuse(
        "the plan is that of another line, which says it",
        ("failover.plan", "failover.run-experiment"),
        ("*",),
    ),
    Excuse(
        "the same code as of other verbs, whose stories reach it: what uses an image",
        ("ami.copy", "ami.prune", "backup.tonight"),
        (
            *("autoscaling:Describe*", "ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions"),
            "ssm:GetParameters",
        ),
    ),
    Excuse(
        "the same code as of other verbs: Spot, health, databases, the alarms that end a test, what waits",
        ("ec2.isolate", "ec2.keep", "ec2.resize", "failover.*", "@failover.steady", "@run.document"),
        (
            *("autoscaling:DescribeScalingActivities", "cloudwatch:DescribeAlarms"),
            *("ec2:DescribeSpotInstanceRequests", "elasticache:DescribeEvents"),
            *("elasticloadbalancing:Describe*", "rds:Describe*", "ssm:GetCommandInvocation"),
        ),
    ),
    Excuse(
        "the bill is asked for by the cost book, which is in these tests a fake that others hold against it",
        ("cost.last-month", "cost.month", "cost.today"),
        ("ce:GetCostAndUsage",),
    ),
    Excuse("only copies of copies ask for it", ("snapshot.copy",), ("ec2:DescribeInstances",)),
)
NOBODY = (
    Excuse(
        "a price that AWS does not tell is taken from the list that ships, and the answer gives its date",
        ("cost.of", "cost.waste", "failover.clean"),
        ("pricing:GetProducts",),
    ),
    Excuse(
        "moto has listeners whose rules need none of it",
        ("balancer.delete", "cost.waste"),
        ("elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeListeners"),
    ),
    Excuse(
        "asked only when a timer of that name is set already", ("@failover.hold-timer",), ("scheduler:*",)
    ),
)
"""Rights that no story reaches at all."""


def declared() -> set[Pair]:
    """Every right of every verb and action."""
    every = commands.load()
    return {(verb.action, name) for verb in every for name in verb.iam} | {
        (f"@{action.name}", name) for verb in every for action in verb.actions for name in action.iam
    }


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> set[Pair]:
    """What was named when it was refused."""
    found = tmp_path_factory.mktemp("denials") / "found.jsonl"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.bot.iam.denials", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [*command, f"--denials={found}", *stories()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-1000:]
    return {(row["who"], row["right"]) for row in rows(found) if row["named"]}


def rows(found: Path) -> Iterator[dict[str, str]]:
    yield from map(json.loads, found.read_text(encoding="utf-8").splitlines())


@pytest.mark.timeout(600)
def test_each_right_that_is_refused_is_named_or_there_is_a_reason(named: set[Pair]) -> None:
    left = declared() - named
    excused = {pair for pair in left for one in (*EXCUSES, *NOBODY) if one.covers(pair)}
    assert sorted(left - excused) == []
    elsewhere = {right for _, right in named}
    hidden = {
        pair for pair in left if pair[1] not in elsewhere and not any(one.covers(pair) for one in NOBODY)
    }
    assert hidden == set()
    assert [one.why for one in (*EXCUSES, *NOBODY) if not any(map(one.covers, left))] == []
    assert len(named & declared()) > 500
