"""What toban sees of Fast Snapshot Restore and does to it; the answers are EC2's as documented."""

from datetime import UTC, datetime

import pytest

from aws import fast_restore
from aws.account import Accounts
from aws.errors import Refused
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering

LISTED = """<R><fastSnapshotRestoreSet><item>
<snapshotId>snap-1</snapshotId><availabilityZone>eu-west-1a</availabilityZone><state>enabled</state>
<stateTransitionReason>Client.UserInitiated - Lifecycle state transition</stateTransitionReason>
<enabledTime>2026-11-22T01:00:00Z</enabledTime>
</item></fastSnapshotRestoreSet></R>"""
UNSUCCESSFUL = """<R><requestId>req-1</requestId><successful/><unsuccessful><item>
<snapshotId>snap-1</snapshotId>
<fastSnapshotRestoreStateErrorSet><item><availabilityZone>eu-west-1a</availabilityZone><error>
<code>FastSnapshotRestoreLimitExceeded</code><message>You have reached the limit of 5.</message>
</error></item></fastSnapshotRestoreStateErrorSet></item></unsuccessful></R>"""


def test_a_pair_of_snapshot_and_zone_says_since_when(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [answering(LISTED)]
    (seen,) = fast_restore.find(wired.ec2(PLACE), ["snap-1"])
    assert (seen.snapshot_id, seen.zone, seen.state) == ("snap-1", "eu-west-1a", "enabled")
    assert seen.enabled == datetime(2026, 11, 22, 1, tzinfo=UTC)


def test_a_no_within_a_yes_is_a_no(wire: Wire, wired: Accounts) -> None:
    """EC2 answers 200 and hides the error in a list."""
    wire.reactions = [answering(UNSUCCESSFUL)]
    with pytest.raises(Refused, match="reached the limit of 5") as caught:
        fast_restore.enable(wired.ec2(PLACE), "snap-1", "eu-west-1a")
    assert caught.value.said.code == "FastSnapshotRestoreLimitExceeded"
