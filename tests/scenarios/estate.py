"""Three volumes, their generations, and what may happen to them without toban; all in moto's own state."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playground.aws.ec2_copies import copy_of
from playground.aws.local_image import LocalImage, device, snapshot_ids
from playground.aws.server import LocalAws
from tests.house import Time
from tests.scenarios.conftest import ACCOUNT, TOKYO
from tests.scenarios.witness import OREGON, Witness, tags

TOMORROW = timedelta(days=1)
LOOK_ALIKES: dict[str, dict[str, str]] = {
    "by hand": {"Name": "by hand"},
    "of a lifecycle policy": {"aws:dlm:lifecycle-policy-id": "policy-1", "dlm:managed": "true"},
    "described as toban's": {"CreatedBy": "toban"},
    "of an operation and no kind": {"toban:operation": "7"},
    "of our kind and no operation": {"toban:kind": "snapshot"},
    "of this night and no operation": {"toban:kind": "snapshot", "toban:night": "{night}"},
    "a copy of no operation": {"toban:kind": "copy", "toban:volume": "{volume}", "toban:night": "{night}"},
    "an image's": {"toban:operation": "7", "toban:kind": "image", "toban:instance": "i-1"},
}


@dataclass
class Estate:
    """An instance with two volumes, and one volume that is loose."""

    local: LocalAws
    client: Any  # of this AWS, in Tokyo
    time: Time
    witness: Witness
    volumes: list[str] = field(default_factory=list)
    seen: dict[str, tuple[str, str, dict[str, str]]] = field(
        default_factory=dict
    )  # foreign ones as they were

    def __post_init__(self) -> None:
        marked = {"Backup": "nightly"}
        tags_of = [
            {"ResourceType": kind, "Tags": [{"Key": key, "Value": value} for key, value in marked.items()]}
            for kind in ("instance", "volume")
        ]
        made = self.client.run_instances(
            ImageId="ami-12c6146b", MinCount=1, MaxCount=1, TagSpecifications=tags_of
        )["Instances"]
        tokyo = self.ec2(TOKYO)
        self.instance = tokyo.get_instance(made[0]["InstanceId"])
        for device_name in ("/dev/sdf", ""):
            one = tokyo.create_volume(size=8, zone_name=f"{TOKYO}a")
            one.add_tags(marked)
            if device_name:
                tokyo.attach_volume(one.id, self.instance.id, device_name)
        self.volumes = list(tokyo.volumes)

    # -- what there is -------------------------------------------------------------------------------------

    def ec2(self, region: str) -> Any:
        """moto's state."""
        return self.local.backend("ec2", ACCOUNT, region)

    @property
    def night(self) -> str:
        """The date in Tokyo."""
        return f"{self.time.at.astimezone(ZoneInfo('Asia/Tokyo')):%Y-%m-%d}"

    def generations(self) -> list[tuple[str, Any]]:
        """Those of toban's with their regions, whatever their state; in the order of their making."""
        return [
            (region, one)
            for region in (TOKYO, OREGON)
            for one in self.ec2(region).snapshots.values()
            if one.id not in self.witness.foreign
        ]

    def used(self) -> set[str]:
        """The snapshots that images stand on."""
        return {key for image in self.ec2(TOKYO).amis.values() for key in snapshot_ids(image)}

    def foreign(self) -> dict[str, tuple[str, str, dict[str, str]]]:
        """What others made, as it is now."""
        return {
            one.id: (region, one.status, tags(one))
            for region in (TOKYO, OREGON)
            for one in self.ec2(region).snapshots.values()
            if one.id in self.witness.foreign
        }

    # -- what happens --------------------------------------------------------------------------------------

    def plant(self, volume: str, nights_ago: int, status: str = "completed", region: str = TOKYO) -> Any:
        """A generation of an earlier night, by an operation that the house does not remember."""
        one = self._snapshot(volume, region)
        one.start_time -= timedelta(days=nights_ago)
        one.status = status
        kind = (
            {"toban:kind": "snapshot"} if region == TOKYO else {"toban:kind": "copy", "toban:volume": volume}
        )
        one.add_tags({"toban:operation": "0", "toban:token": "planted", **kind})
        return one

    def stranger(self, like: str, volume: str, days: int) -> None:
        """A snapshot of this volume that toban did not make, younger or older than it is today."""
        region = OREGON if like.startswith("a copy") else TOKYO
        one = self._snapshot(volume, region)
        one.description, one.start_time = "toban #7", one.start_time + timedelta(days=days)
        night = f"{(self.time.at + TOMORROW).astimezone(ZoneInfo('Asia/Tokyo')):%Y-%m-%d}"
        one.add_tags({k: v.format(night=night, volume=volume) for k, v in LOOK_ALIKES[like].items()})
        self.witness.foreign.add(one.id)
        self.seen[one.id] = (region, one.status, tags(one))

    def _snapshot(self, volume: str, region: str) -> Any:
        tokyo = self.ec2(TOKYO)
        if region == TOKYO:
            return tokyo.create_snapshot(volume, "")
        of = tokyo.create_snapshot(volume, "")
        del tokyo.snapshots[of.id]
        return copy_of(of, self.ec2(region), "", None)

    def image_uses(self, snapshot: Any) -> None:
        """Somebody registers an image that stands on this snapshot."""
        tokyo = self.ec2(TOKYO)
        image = LocalImage(tokyo, [device("/dev/sda1", snapshot)], name=f"of {snapshot.id}", description="")
        tokyo.amis[image.id] = image

    def delete_by_hand(self, region: str, snapshot: Any) -> None:
        """Somebody deletes it at the console."""
        self.witness.by_hand.add(snapshot.id)
        self.local.control.snapshots.forget(snapshot.id)
        del self.ec2(region).snapshots[snapshot.id]

    def wish(self, volume: str, keep: str) -> None:
        """Somebody writes a tag on a volume; an empty one is removed."""
        one = self.ec2(TOKYO).volumes[volume]
        if keep:
            one.add_tags({"toban:keep": keep})
        else:
            self.ec2(TOKYO).tags[volume].pop("toban:keep", None)

    def wanted(self, volume: str, line: int) -> int | None:
        """How many generations are to stay, by the volume's tag or the line; None: the tag says nothing."""
        wish = tags(self.ec2(TOKYO).volumes[volume]).get("toban:keep", str(line))
        return int(wish) if wish.isdecimal() else None

    def vanish(self, volume: str) -> None:
        """Somebody deletes the volume; an attached one goes with its instance."""
        tokyo = self.ec2(TOKYO)
        gone = [one.volume_id for _, one in self.instance.get_block_device_mapping]
        if volume in gone:
            self.instance.terminate()
        else:
            gone = [volume]
        for one in gone:
            tokyo.volumes.pop(one, None)
            self.volumes.remove(one)
