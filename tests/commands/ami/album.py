"""Images on the table: as toban made them, as others did, and what would launch them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.commands.desk import DEV_ID, TOKYO, Desk

FIRST_NIGHT = datetime(2026, 11, 1, 16, 0, tzinfo=UTC)


@dataclass
class Album:
    """The images of one instance."""

    desk: Desk
    instance: str

    def add(self, night: int, *, ours: bool = True, tags: Mapping[str, str] | None = None) -> str:
        """An image made in the n-th night."""
        own = {"toban:operation": "7", "toban:kind": "image", "toban:instance": self.instance} if ours else {}
        own |= {"toban:token": f"toban-7-{night}"} if ours else {}
        listed = [{"Key": key, "Value": value} for key, value in {**own, **(tags or {})}.items()]
        made = self.desk.ec2().create_image(
            InstanceId=self.instance,
            Name=f"{self.instance} {night} {'ours' if ours else 'by hand'}",
            NoReboot=True,
            TagSpecifications=[
                {"ResourceType": kind, "Tags": listed} for kind in ("image", "snapshot") if listed
            ],
        )
        self.desk.local.control.settle()
        taken = (FIRST_NIGHT + timedelta(days=night)).replace(tzinfo=None)
        backend = self.backend()
        backend.amis[made["ImageId"]].creation_date = taken
        for snapshot in self.held(made["ImageId"]):
            backend.snapshots[snapshot].start_time = taken
        return str(made["ImageId"])

    def held(self, image: str) -> list[str]:
        """The snapshots an image stands on."""
        (found,) = self.desk.ec2().describe_images(ImageIds=[image], IncludeDisabled=True)["Images"]
        return [one["Ebs"]["SnapshotId"] for one in found["BlockDeviceMappings"]]

    def there(self, region: str = TOKYO) -> dict[str, dict[str, str]]:
        """The images that exist now, with their tags."""
        found = self.desk.ec2(region=region).describe_images(Owners=["self"], IncludeDisabled=True)["Images"]
        return {one["ImageId"]: {tag["Key"]: tag["Value"] for tag in one.get("Tags", [])} for one in found}

    def snapshots(self, region: str = TOKYO) -> dict[str, dict[str, str]]:
        """The snapshots that exist now, with their tags."""
        found = self.desk.ec2(region=region).describe_snapshots(OwnerIds=["self"])["Snapshots"]
        return {one["SnapshotId"]: {tag["Key"]: tag["Value"] for tag in one.get("Tags", [])} for one in found}

    def template(self, image: str, *later: str) -> None:
        """A launch template with this image in its first version, and others in later ones."""
        ec2 = self.desk.ec2()
        ec2.create_launch_template(LaunchTemplateName="web", LaunchTemplateData={"ImageId": image})
        for other in later:
            ec2.create_launch_template_version(
                LaunchTemplateName="web", LaunchTemplateData={"ImageId": other}
            )

    def backend(self, region: str = TOKYO) -> Any:
        return self.desk.local.backend("ec2", DEV_ID, region)
