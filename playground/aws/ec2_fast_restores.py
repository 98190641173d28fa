"""EC2's calls about fast snapshot restores, which moto lacks."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses._base_response import EC2BaseResponse

from playground.aws.fast_restores import LARGEST, FastRestores
from playground.aws.paging import page

_FILTERS = {
    "availability-zone": "AvailabilityZone",
    "owner-id": "OwnerId",
    "snapshot-id": "SnapshotId",
    "state": "State",
}


class FastRestoreCalls(EC2BaseResponse):
    """Fast snapshot restores, on and off; what cannot be is told apart pair by pair."""

    fast_restores: FastRestores

    def enable_fast_snapshot_restores(self) -> ActionResult:
        """On, for each snapshot in each zone, as far as the quota goes."""
        good, bad = [], []
        for key, zone in self._pairs():
            if problem := self._problem(key):
                bad.append((key, zone, problem))
            else:
                one = self.fast_restores.enable(key, zone, self.current_account)
                good.append(one.row(one.began) | {"State": "enabling"})
        return ActionResult({"Successful": good, "Unsuccessful": [_failed(*each) for each in bad]})

    def disable_fast_snapshot_restores(self) -> ActionResult:
        """Off, for each snapshot in each zone."""
        good, bad = [], []
        for key, zone in self._pairs():
            if one := self.fast_restores.disable(key, zone):
                good.append(one.row(self.fast_restores.clock.now()) | {"State": "disabling"})
            else:
                bad.append((key, zone, ("IncorrectState", "Fast snapshot restore is not enabled.")))
        return ActionResult({"Successful": good, "Unsuccessful": [_failed(*each) for each in bad]})

    def describe_fast_snapshot_restores(self) -> ActionResult:
        """Those of this account and region that fit, page by page."""
        self.error_on_dryrun()
        now, filters = self.fast_restores.clock.now(), self._filters_from_querystring()
        rows = [one.row(now) for one in self.fast_restores.of(self.current_account, self.region)]
        fit = [row for row in rows if all(row[_FILTERS[name]] in few for name, few in filters.items())]
        part, token = page(fit, self._get_param("MaxResults"), self._get_param("NextToken"))
        return ActionResult({"FastSnapshotRestores": part, "NextToken": token})

    def _pairs(self) -> list[tuple[str, str]]:
        self.error_on_dryrun()
        keys = self._get_param("SourceSnapshotIds", [])
        if len(keys) > 10:
            words = "Number of values of parameter SourceSnapshotIds must be less than or equal to 10."
            raise EC2ClientError("InvalidRequest", words)
        return [(key, zone) for key in keys for zone in self._get_param("AvailabilityZones", [])]

    def _problem(self, key: str) -> tuple[str, str] | None:
        if key not in self.ec2_backend.snapshots:
            return "InvalidSnapshot.NotFound", f"The snapshot '{key}' does not exist."
        fast = {one.snapshot_id for one in self.fast_restores.of(self.current_account, self.region)}
        if key not in fast and len(fast) >= LARGEST:
            words = f"You have reached the limit of {LARGEST} snapshots for fast snapshot restore."
            return "FastSnapshotRestoreLimitExceeded", words
        return None


def _failed(key: str, zone: str, problem: tuple[str, str]) -> dict[str, Any]:
    why = {"Code": problem[0], "Message": problem[1]}
    return {
        "SnapshotId": key,
        "FastSnapshotRestoreStateErrors": [{"AvailabilityZone": zone, "Error": why}],
    }
