"""Whatever breaks, every operation ends once, every effect is there once or is unknown, nothing is lost."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from playground.aws.server import LocalAws
from tests.chaos.story import Size, told
from tests.new_database import put_on
from tests.postgres import Server
from tests.scenarios.conftest import local_aws, one_local_aws

__all__ = ["local_aws", "one_local_aws"]
Capture = pytest.CaptureFixture[str]
WHOLE = int(os.environ.get("TOBAN_CHAOS", "0"))
SEED = int(os.environ.get("TOBAN_CHAOS_SEED", "9"))
ROLES: dict[str, tuple[str, ...]] = {"three equal ones": ("all", "all", "all")}
if WHOLE:
    ROLES["two fronts and two workers"] = ("front", "front", "worker", "worker")


def size(slice_: int) -> Size:
    """The whole, or a slice of it."""
    if WHOLE:
        return Size(
            WHOLE, pause=30.0, every=2.5, seed=SEED, lasts=60.0 + 2.5 * WHOLE, rests=720.0, lingers=True
        )
    return Size(slice_, pause=16.0, every=1.2, seed=SEED, lasts=120.0, rests=120.0, lingers=False)


@pytest.mark.timeout(7200 if WHOLE else 300)
@pytest.mark.parametrize("roles", ROLES.values(), ids=ROLES)
def test_several_processes_on_one_postgresql(
    roles: Sequence[str],
    postgres: Server,
    local_aws: LocalAws,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    monkeypatch.chdir(tmp_path)  # where their anchors lie
    put_on(postgres, tmp_path)
    with told(local_aws, tmp_path, postgres, roles, size(60), monkeypatch) as story:
        story.play()
        with capsys.disabled():
            sys.stdout.write("\n".join(["", story.table(), *story.verdict.wrong, ""]))
        assert story.verdict.wrong == []


@pytest.mark.timeout(7200 if WHOLE else 300)
def test_one_process_on_a_file(
    local_aws: LocalAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    with told(local_aws, tmp_path, None, ("all",), size(20), monkeypatch) as story:
        story.play()
        with capsys.disabled():
            sys.stdout.write("\n".join(["", story.table(), *story.verdict.wrong, ""]))
        assert story.verdict.wrong == []
