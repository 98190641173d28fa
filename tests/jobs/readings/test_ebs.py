"""EBS: what failed for a volume or a snapshot, and what then went well."""

import pytest

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import SNAPSHOT, VOLUME, buttons, facts, reading, say


def test_a_snapshot_that_failed_can_be_made_again_and_ends_with_one_that_is_made() -> None:
    failed, made = reading("ebs_snapshot_failed"), reading("ebs_snapshot_made")
    assert say(failed.title) == f"{VOLUME}: a snapshot has failed"
    assert (failed.severity, failed.phase) == (Severity.WARNING, Phase.BEGINS)
    assert buttons(failed) == {f"Snapshot of {VOLUME}": f"snapshot create {VOLUME}"}
    assert (made.phase, made.subject, made.offers) == (Phase.ENDS, failed.subject, ())
    assert made.names["snapshot"] == SNAPSHOT


def test_a_snapshot_of_several_volumes_says_how_each_ended() -> None:
    found = reading("ebs_snapshots_failed")
    assert facts(found)[1] == f"{SNAPSHOT} of {VOLUME}: error"
    assert list(buttons(found).values()) == [f"snapshot create {VOLUME} vol-0b1c2d3e4f5061739"]


def test_a_copy_is_about_what_is_copied() -> None:
    failed, copied = reading("ebs_copy_failed"), reading("ebs_copied")
    assert say(failed.title) == "snap-0c1d2e3f405162749: a copy of a snapshot has failed"
    assert "because: Source snapshot ID is not valid" in facts(failed)
    assert (copied.phase, copied.subject) == (Phase.ENDS, failed.subject)
    assert copied.names["snapshot"] == SNAPSHOT


def test_a_volume_that_a_running_instance_lost_cannot_wait() -> None:
    found = reading("ebs_attach_failed")
    assert found.severity is Severity.CRITICAL
    assert say(found.title) == f"{VOLUME}: attaching a volume again has failed"
    assert facts(found)[0].endswith("is pending deletion.")
    assert buttons(found) == {f"Show {VOLUME}": f"volume list {VOLUME}"}


@pytest.mark.parametrize(
    ("name", "phase", "title"),
    [
        ("ebs_volume_made", Phase.ENDS, f"{VOLUME}: a new volume is done"),
        ("ebs_volume_deleted", Phase.TELLS, f"The volume {VOLUME} was deleted"),
        ("ebs_snapshot_shared", Phase.TELLS, f"{SNAPSHOT} was shared with this account"),
    ],
)
def test_what_went_well_is_no_trouble(name: str, phase: Phase, title: str) -> None:
    found = reading(name)
    assert (found.phase, found.severity, say(found.title)) == (phase, Severity.INFO, title)
