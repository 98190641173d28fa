"""A desk over a local AWS that is empty before each test, with two accounts and two schedules."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.schedule import Schedule
from playground.aws.server import LocalAws
from tests.commands.desk import DEV, DEV_ID, PROD, TOKYO, Desk
from tests.commands.shelf import Shelf
from tests.house import CHANNEL, OTHER, house

SCHEDULES = (
    Schedule("dev-off", "ec2 stop tag:env=dev", ("mon", "fri"), "20:00", "Asia/Tokyo", CHANNEL, OTHER),
    Schedule("nightly", "snapshot create all --keep 7", ("daily",), "01:00", "Asia/Tokyo", CHANNEL, OTHER),
)


@pytest.fixture(scope="session")
def one_local_aws() -> Iterator[LocalAws]:
    with LocalAws() as local:
        yield local


@pytest.fixture
def local_aws(one_local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> LocalAws:
    one_local_aws.reset()
    for name, value in one_local_aws.environment(DEV_ID, TOKYO).items():
        monkeypatch.setenv(name, value)
    return one_local_aws


@pytest.fixture
def desk(local_aws: LocalAws, tmp_path: Path) -> Iterator[Desk]:
    with house(tmp_path, [DEV, PROD], schedules=SCHEDULES) as there:
        yield Desk(there, local_aws)


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    """A volume that is attached to nothing, with an empty shelf."""
    tags = [{"ResourceType": "volume", "Tags": [{"Key": "Backup", "Value": "nightly"}]}]
    made = desk.ec2().create_volume(AvailabilityZone=f"{TOKYO}a", Size=8, TagSpecifications=tags)
    return Shelf(desk, made["VolumeId"])
