"""What AWS says during a drill: targets of a load balancer have states and no events, so changes are seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.drill import Source, Watched
from bot.store import drills as rows
from bot.store import marks
from jobs.drills import happenings
from playground.aws.server import LocalAws
from playground.aws.target_verdicts import Verdict
from tests.bot.drills import drill
from tests.commands.desk import DEV_ID, TOKYO, Desk
from tests.commands.failover.fleet import behind_a_balancer, group
from tests.commands.failover.lab import desk_for_drills


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with LocalAws() as local:
        for name, value in local.environment(DEV_ID, TOKYO).items():
            monkeypatch.setenv(name, value)
        with desk_for_drills(local, tmp_path) as there:
            yield there


def test_a_target_is_told_when_its_health_changes_and_not_in_between(lab: Desk) -> None:
    ids = group(lab)
    arn = behind_a_balancer(lab, *ids)
    number = lab.see_through(f"/failover run instance {ids[0]} --how stop --for 10m", turns=1)
    path = lab.house.path
    found = path.db.read(lambda tx: rows.get(tx, number)) or drill()
    assert Watched("dev", TOKYO, "targets", arn) in found.spec.watched

    def heard() -> list[str]:
        new, _ = happenings.look(path, found)
        path.db.write(lambda tx: marks.add(tx, number, new))
        return [str(one.said) for one in new if one.source is Source.AWS and one.key.startswith("elb/")]

    assert heard() == []
    targets = lab.local.control.times.targets
    targets.say(arn, {ids[1]: Verdict.TIMED_OUT})
    assert heard() == [f"front: {ids[1]} is unhealthy (Target.Timeout)"]
    assert heard() == []
    targets.say(arn, {})
    assert heard() == [f"front: {ids[1]} is healthy"]
