"""toban is killed at any commit and request; after a restart there is one effect, honestly told.

All verbs go one path, so each takes a spread of its moments, other ones than the next: some hundreds in all.
All of them are asked for with TOBAN_EVERY_POINT=1 (`points`).
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

import commands
from playground.aws.server import LocalAws
from tests.scenarios import alarms_given as alarms
from tests.scenarios import backups_given as backups
from tests.scenarios import drills_given as drills
from tests.scenarios import groups_given as groups
from tests.scenarios import instances_given as instances
from tests.scenarios import waste_given as waste
from tests.scenarios.conftest import ACCOUNT, TOKYO
from tests.scenarios.points import some_of
from tests.scenarios.stories import ELSEWHERE, STORIES

A_FEW = 6


def test_every_verb_that_changes_something_has_a_story_here_or_is_killed_elsewhere() -> None:
    assert {*STORIES, *ELSEWHERE} == {verb.action for verb in commands.load() if verb.actions}
    assert not STORIES.keys() & ELSEWHERE.keys()
    assert all(Path(__file__).with_name(f"{file}.py").exists() for file in ELSEWHERE.values())


@pytest.fixture(scope="module")
def lives(one_local_aws: LocalAws) -> Iterator[Callable[..., dict[str, Any]]]:
    environment = {**os.environ, **one_local_aws.environment(ACCOUNT, TOKYO)}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.scenarios.dying"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

        def live(
            folder: Path, line: str, *, die_at: int = 0, later: int = 0, ready: str = ""
        ) -> dict[str, Any]:
            life = {"folder": str(folder), "line": line, "die_at": die_at, "later": later, "ready": ready}
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(life) + "\n")
            process.stdin.flush()
            told: dict[str, Any] = json.loads(process.stdout.readline())
            return told

        yield live
        process.stdin.close()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("verb", sorted(STORIES))
def test_killed_at_any_moment_it_goes_on_where_it_stopped(
    verb: str, local_aws: LocalAws, lives: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    story = STORIES[verb]

    def begin(name: str) -> tuple[Path, str]:
        local_aws.reset()
        folder = tmp_path / name
        folder.mkdir()
        line = story.line.format(story.prepare(local_aws))
        if story.ready:
            assert lives(folder, line, ready=story.ready)["ended"]
        local_aws.control.log.clear()
        return folder, line

    folder, line = begin("undisturbed")
    told = lives(folder, line)
    assert told["ended"], told
    wanted = what_is_so(local_aws, folder)
    assert told["points"] >= 5

    for die_at in some_of(told["points"], A_FEW, verb):
        folder, line = begin(f"dies-{die_at}")
        first = lives(folder, line, die_at=die_at)
        if first["died"]:
            assert lives(folder, line, later=60)["ended"], die_at
        else:  # writes that met shared a commit, so that there was one point less
            assert first["ended"], die_at
        lost = unknown_of(wanted, story.of) if story.of else unknown(wanted)
        ends = [wanted, lost, lost | {"told": []}] if story.once else [wanted]
        assert what_is_so(local_aws, folder) in ends, die_at
        assert not story.once or local_aws.control.count(story.once) <= 1, die_at
        nothing_changed_without_an_audit_line(local_aws, folder)


def what_is_so(aws: LocalAws, folder: Path) -> dict[str, object]:
    """AWS and the rows, without ids and times."""
    aws.control.settle()
    running = aws.backend("ec2", ACCOUNT, TOKYO).all_instances()
    snapshots = [
        (region, one.status, sorted(tag["key"] for tag in one.get_tags()))
        for region in (TOKYO, backups.OREGON)
        for one in aws.backend("ec2", ACCOUNT, region).snapshots.values()
    ]
    with closing(create_engine(f"sqlite:///{folder}/toban.db").connect()) as tx:
        rows = {
            name: [tuple(row) for row in tx.execute(text(query))]
            for name, query in {
                "operations": "select id, state from operations order by id",
                "steps": "select action, state, count(*) from steps group by 1, 2 order by 1, 2",
                "batches": "select action, state, count(*) from batches group by 1, 2 order by 1, 2",
                "waits": "select count(*) from waits",
                "ends": "select operation, event, outcome, count(*) from audit"
                " where event in ('step.ended', 'operation.ended') group by 1, 2, 3 order by 1, 2, 3",
                "letters": "select operation, kind, count(*) from outbox group by 1, 2 order by 1, 2",
                "agreed": "select name, person from schedule_approvals",
                "added": "select name, line, owner from chat_schedules",
                "standing": "select name, paused_by, skips from schedules",
                "budgets": "select account, amount, currency, person from budgets",
                **alarms.ROWS,
            }.items()
        }
    return {
        "instances": sorted((one.state, one.instance_type) for one in running),
        "snapshots": sorted(snapshots),
        **alarms.there(aws),
        **backups.there(aws),
        **drills.there(aws),
        **groups.there(aws),
        **instances.there(aws),
        **waste.there(aws),
        **rows,
    }


def unknown(so: dict[str, object]) -> dict[str, object]:
    """The same where the answer to a call that is made at most once was lost."""
    instead = {"done": "unknown", "answered": "unknown"}
    told = ("operations", "steps", "batches", "ends")
    rows: dict[str, Any] = {name: so[name] for name in told}
    return so | {
        name: [tuple(instead.get(value, value) for value in row) for row in each]
        for name, each in rows.items()
    }


def unknown_of(so: dict[str, Any], action: str) -> dict[str, object]:
    """The same where that was so of the one step of an action, and the others ended as they should."""
    step_ended = [row for row in so["ends"] if row[1] == "step.ended"]
    ((number, event, done, count),) = step_ended
    ends = [row for row in so["ends"] if row not in step_ended]
    return so | {
        "operations": [(id_, "unknown") for id_, _ in so["operations"]],
        "steps": [(name, "unknown" if name == action else state, n) for name, state, n in so["steps"]],
        "batches": [(name, "unknown" if name == action else state, n) for name, state, n in so["batches"]],
        "ends": [
            *((one, which, "unknown", n) for one, which, _, n in ends),
            (number, event, done, count - 1),
            (number, event, "unknown", 1),
        ],
    }


CHANGES = {
    *("SendCommand", "CancelCommand"),
    *("StopInstances", "StartInstances", "CreateSnapshot", "CreateSnapshots", "DeleteSnapshot"),
    *(
        "CopySnapshot",
        "CreateImage",
        "CopyImage",
        "DeregisterImage",
        "RunInstances",
        "CreateVolume",
        "ModifySnapshotTier",
    ),
    *("PutMetricData", "PutMetricAlarm", "CreateCanary", "StartCanary"),
    *instances.CHANGES,
    *groups.CHANGES,
    *waste.CHANGES,
    *alarms.CHANGES,
    *drills.CHANGES,
}


def nothing_changed_without_an_audit_line(aws: LocalAws, folder: Path) -> None:
    """Every call that changes AWS, also the repeated one, has intents that were committed before it."""
    with closing(create_engine(f"sqlite:///{folder}/toban.db").connect()) as tx:
        query = "select count(distinct detail) from audit where event = 'step.intended'"
        intended = tx.execute(text(query)).scalar_one()
    made = [call for call in aws.control.calls() if call.action in CHANGES]
    assert len(made) <= intended
