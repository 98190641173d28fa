"""What is there before anybody calls: instances, their volumes, generations of many nights, images."""

from datetime import UTC, datetime, timedelta

from playground.aws.stub.place import Place
from playground.aws.stub.size import Size
from playground.aws.stub.table import Row

_ENVIRONMENTS = ("production", "staging", "dev", "dev")
_SERVICES = ("web", "api", "batch", "db", "search")
LAST_NIGHT = datetime(2026, 10, 31, 16, tzinfo=UTC)  # 01:00 in Tokyo


def plant(place: Place, size: Size) -> Place:
    """Build the estate of this size; every volume is to be backed up every night."""
    for number in range(size.instances):
        _instance(place, number, size)
    for number in range(size.loose):
        tags = _tags(number)
        _volume(place, size.instances * size.volumes + number, "", f"{place.region}a", tags, size)
    for number, volume in zip(range(size.images), place.volumes.rows, strict=False):
        (*_, newest) = place.snapshots.find([("volume-id", (volume,))])
        _image(place, number, newest)
    return place


def _tags(number: int) -> dict[str, str]:
    service = _SERVICES[number % len(_SERVICES)]
    return {"Name": f"{service}-{number:05}", "env": _ENVIRONMENTS[number % 4], "service": service}


def _instance(place: Place, number: int, size: Size) -> None:
    tags = _tags(number)
    id_, zone = place.id("i", number), f"{place.region}{'ac'[number % 2]}"
    numbers = range(number * size.volumes, (number + 1) * size.volumes)
    fields = {
        "instance-id": id_, "instance-state-name": "running", "instance-type": "m7i.large",
        "availability-zone": zone, "owner-id": place.account,
        "volumes": " ".join(place.id("vol", one) for one in numbers),
    }  # fmt: skip
    place.instances.add(id_, fields, tags)
    for one in numbers:
        _volume(place, one, id_, zone, tags, size)


def _volume(place: Place, number: int, instance: str, zone: str, tags: dict[str, str], size: Size) -> None:
    id_ = place.id("vol", number)
    fields = {
        "volume-id": id_, "availability-zone": zone, "size": "30",
        "attachment.instance-id": instance, "status": "in-use" if instance else "available",
    }  # fmt: skip
    place.volumes.add(id_, fields, {**tags, "Backup": "nightly"})
    for _ in range(size.snapshots):
        place.keep(id_, "30", "daily", tags)
    for nights in reversed(range(size.generations)):
        _generation(place, id_, nights, tags["Name"])


def _generation(place: Place, volume: str, nights: int, name: str) -> None:
    """A snapshot as toban leaves it behind: its tags, its description."""
    taken = LAST_NIGHT - timedelta(days=nights)
    tags = {
        "Name": name, "toban:operation": str(1000 - nights), "toban:kind": "snapshot",
        "toban:token": f"toban-{1000 - nights}-{volume[-11:]}",
        "toban:night": f"{taken + timedelta(hours=9):%Y-%m-%d}",
    }  # fmt: skip
    place.keep(volume, "30", f"toban #{1000 - nights}", tags, started=taken)


def _image(place: Place, number: int, snapshot: Row) -> None:
    id_ = place.id("ami", number)
    fields = {
        "image-id": id_, "name": f"golden-{number:05}", "state": "available", "owner-id": place.account,
        "block-device-mapping.snapshot-id": snapshot.id,
    }  # fmt: skip
    place.images.add(id_, fields, {"Name": f"golden-{number:05}"})
