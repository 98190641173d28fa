import pytest

from tests.commands.desk import TOKYO, Desk
from tests.commands.snapshot.generations import Shelf


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    """A volume that is attached to nothing, with an empty shelf."""
    tags = [{"ResourceType": "volume", "Tags": [{"Key": "Backup", "Value": "nightly"}]}]
    made = desk.ec2().create_volume(AvailabilityZone=f"{TOKYO}a", Size=8, TagSpecifications=tags)
    return Shelf(desk, made["VolumeId"])
