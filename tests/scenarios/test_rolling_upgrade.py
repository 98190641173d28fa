"""An upgrade while people work: old and new replicas side by side, none of their commands refused.

The new version is this tree with one more migration: a table, a column that old inserts do not name, an
index.  `TOBAN_ROLLING=60` has both side by side for a minute.  `TOBAN_ROLLING_FROM=e86702a` begins with the
version of that commit, out of the history, and ends with this one; it counts as it did before there was a
rule, so one of it that is started anew in the middle is refused.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot import cli
from bot.operation import State
from bot.settings import load_without_slack
from playground.aws.server import LocalAws
from tests.bot.store.next_migration import CONTRACTS, EXPANDS, NEXT
from tests.new_database import ELSEWHERE, put_on
from tests.postgres import Server
from tests.scenarios.given import run_instances
from tests.scenarios.rolling import Load, Process, Replicas, judged
from tests.scenarios.versions import HERE, former_version, next_version
from tests.scenarios.whole import Whole, the_whole

SECONDS = float(os.environ.get("TOBAN_ROLLING", "4"))
FROM = os.environ.get("TOBAN_ROLLING_FROM", "")


@pytest.fixture
def whole(
    local_aws: LocalAws, postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Whole]:
    monkeypatch.chdir(tmp_path)  # where their anchors lie
    if FROM:
        (tmp_path / ELSEWHERE).write_text(postgres.new(), encoding="utf-8")
    else:
        put_on(postgres, tmp_path)  # not given back: its tables become others
    with the_whole(local_aws, tmp_path, running=False) as there:
        yield there


@pytest.fixture
def in_a_file(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, running=False) as there:
        yield there


@pytest.fixture
def replicas(whole: Whole) -> Iterator[Replicas]:
    with ExitStack() as stack:
        yield Replicas(whole, stack)


@pytest.mark.timeout(400)
def test_old_and_new_side_by_side_no_command_is_refused_and_nothing_done_twice(
    whole: Whole, replicas: Replicas, tmp_path: Path
) -> None:
    old = former_version(tmp_path / "old", FROM) if FROM else HERE
    new = HERE if FROM else next_version(tmp_path / "new", EXPANDS)
    free, guarded = int(5 + SECONDS / 3), int(2 + SECONDS / 6)
    for n in range(free):
        run_instances(whole.aws, "dev", 1, env=f"f{n}")
    for n in range(guarded):
        run_instances(whole.aws, "prod", 1, env="prod", team=f"g{n}")
    first = [replicas.start(old), replicas.start(old)]
    with Load(whole, free, guarded) as load:
        load.go_on(1)
        newer = [replicas.start(new)]
        load.go_on(SECONDS)
        one_of_before_again(whole, replicas, first, old)
        newer.append(replicas.start(new))
        for one in first:
            replicas.stop(one)
        load.go_on(1)
    assert load.failed == []
    found = judged(whole, load)
    lines = [f"{SECONDS:.0f} s side by side:", *(f"{name}: {found[name]}" for name in found)]
    print("", *lines, sep="\n  ")  # noqa: T201 - the counts are what a reader runs it for
    assert load.refused == []
    assert found["commands"] > 20
    assert found["clicks"] >= 1
    assert found["of these done"] == found["machines to stop"] == found["calls to AWS that stop one"] > 5
    none = ("acknowledged and lost", "intended twice", "ended twice", "messages missing", "messages twice")
    assert {name: found[name] for name in none} == dict.fromkeys(none, 0)
    assert cli.verify(load_without_slack(whole.environ))[0]


def one_of_before_again(whole: Whole, replicas: Replicas, first: list[Process], old: Path) -> None:
    """In the middle of it one of the old ones is started anew, by a host, or to take a version back."""
    if not FROM:
        assert whole.rows("select version_num from alembic_version") == [(NEXT,)]
        first.append(replicas.start(old))
        replicas.stop(first.pop(0))
        return
    refused = replicas.begin(old)
    _, said = refused.communicate(timeout=60)
    assert refused.returncode != 0
    assert b"a newer toban works on this database" in said


@pytest.mark.skipif(bool(FROM), reason="of this version and the next one")
def test_a_version_that_takes_something_away_lets_the_old_ones_finish_first(
    whole: Whole, replicas: Replicas, tmp_path: Path
) -> None:
    taking = next_version(tmp_path / "new", CONTRACTS, kind="contract", oldest=NEXT)
    old = replicas.start(HERE)
    early = replicas.begin(taking)
    _, said = early.communicate(timeout=60)
    assert early.returncode != 0
    assert b"an older toban" in said
    assert b"is at work on this database" in said
    number = whole.asks("/ec2 list")
    whole.until(lambda: whole.state(number) is State.ANSWERED, 30)
    replicas.stop(old)
    replicas.start(taking)
    assert whole.rows("select version_num from alembic_version") == [(NEXT,)]
    late = replicas.begin(HERE)
    _, said = late.communicate(timeout=60)
    assert late.returncode != 0
    assert b"a newer toban works on this database" in said


@pytest.mark.skipif(bool(FROM), reason="of this version and the next one")
def test_in_a_file_the_next_version_goes_on_from_what_is_there_and_is_taken_back(
    in_a_file: Whole, tmp_path: Path
) -> None:
    whole = in_a_file
    with ExitStack() as stack:
        replicas = Replicas(whole, stack)
        new = replicas.start(next_version(tmp_path / "new", EXPANDS))
        first = whole.asks("/ec2 list")
        whole.until(lambda: whole.state(first) is State.ANSWERED)
        replicas.stop(new)
        assert whole.rows("select version_num from alembic_version") == [(NEXT,)]
        replicas.start(HERE)
        second = whole.asks("/ec2 list")
        assert second == first + 1
        whole.until(lambda: whole.state(second) is State.ANSWERED)
