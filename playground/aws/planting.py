"""Making resources directly in moto's state: quicker than over HTTP, and with a past."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from playground.aws.fleet import Disk, Planned

_NIGHT = time(16, 0, tzinfo=UTC)  # 01:00 in Tokyo


def instance(backend: Any, one: Planned, today: datetime) -> Any:
    """Run one server, launched a month ago; a stopped one has been so for half a year."""
    tags = tags_of(one)
    reservation = backend.run_instances(
        "ami-0ff5b9c5e1d2a3b4c",
        1,
        None,
        [],
        instance_type=one.kind.type,
        is_instance_type_default=False,
        placement=one.zone,
        region_name=one.kind.region,
        tags={"instance": tags, "volume": tags},
        block_device_mappings=[_mapping(backend, number, disk) for number, disk in enumerate(one.kind.disks)],
    )
    made = reservation.instances[0]
    made.launch_time = _naive(today - timedelta(days=30))
    if one.kind.state == "stopped":
        made.stop()
        made.launch_time = _naive(today - timedelta(days=180))
    return made


def tags_of(one: Planned) -> dict[str, str]:
    """Return a server's tags; its volumes and snapshots carry the same."""
    kind = one.kind
    tags = {
        "Name": one.name,
        "env": kind.env,
        "service": kind.service,
        "Backup": kind.backup if kind.env else "",
    }
    return {key: value for key, value in tags.items() if value}


def history(
    backend: Any, one: Planned, volumes: tuple[str, ...], generations: int, today: datetime
) -> tuple[str, ...]:
    """Take a snapshot of each volume each night; return them newest first."""
    made = []
    for days in range(generations, 0, -1):
        for volume in volumes:
            snapshot = backend.create_snapshot(volume, f"daily backup of {one.name}")
            snapshot.start_time = _nights_ago(today, days)
            snapshot.add_tags(tags_of(one))
            made.append(snapshot.id)
    return tuple(reversed(made))


def image(backend: Any, instance_id: str, name: str, today: datetime) -> str:
    """Make an image of an instance, ten days old."""
    tags = [{"ResourceType": "image", "Tags": [{"Key": "Name", "Value": name}]}]
    made = backend.create_image(instance_id, name, "", tags)
    made.creation_date = made.ebs_snapshot.start_time = _naive(today - timedelta(days=10))
    made.ebs_snapshot.add_tags({"Name": name})
    return str(made.id)


def stand_on(backend: Any, image_id: str, snapshot_id: str) -> None:
    """Let the image use this snapshot instead of the one made for it."""
    standing = backend.amis[image_id]
    del backend.snapshots[standing.ebs_snapshot.id]
    standing.ebs_snapshot = backend.snapshots[snapshot_id]


def group(backend: Any, name: str, instance_ids: list[str]) -> None:
    """Put instances into an Auto Scaling group that keeps their number."""
    nothing = dict.fromkeys(("key_name", "user_data", "instance_profile_name", "spot_price"))
    backend.create_launch_configuration(
        name=f"{name}-2026-10", image_id="ami-0ff5b9c5e1d2a3b4c", instance_type="m7i.large", kernel_id="",
        ramdisk_id="", security_groups=[], instance_monitoring=False, ebs_optimized=False,
        associate_public_ip_address=False, block_device_mappings=[], **nothing,
    )  # fmt: skip
    backend.create_auto_scaling_group(
        name=name, availability_zones=[f"{backend.region_name}a"], desired_capacity=0, min_size=0,
        max_size=len(instance_ids) + 4, launch_config_name=f"{name}-2026-10", launch_template={},
        vpc_zone_identifier=None, default_cooldown=None, health_check_period=None, health_check_type=None,
        load_balancers=[], target_group_arns=[], placement_group=None, termination_policies=[], tags=[],
    )  # fmt: skip
    backend.attach_instances(name, instance_ids)
    backend.autoscaling_groups[name].min_size = len(instance_ids)


def leftovers(backend: Any, today: datetime) -> tuple[str, str]:
    """Leave a volume that hangs on nothing, and a snapshot without tags whose volume is gone."""
    zone = f"{backend.region_name}a"
    volume = backend.create_volume(size=500, zone_name=zone, volume_type="gp2")
    volume.create_time = _naive(today - timedelta(days=200))
    gone = backend.create_volume(size=50, zone_name=zone)
    snapshot = backend.create_snapshot(gone.id, "")
    snapshot.start_time = _naive(today - timedelta(days=400))
    backend.delete_volume(gone.id)
    return str(volume.id), str(snapshot.id)


def _mapping(backend: Any, number: int, disk: Disk) -> dict[str, Any]:
    ebs: dict[str, Any] = {
        "VolumeSize": disk.size,
        "VolumeType": disk.type,
        "DeleteOnTermination": number == 0,
    }
    if disk.encrypted:
        key = (
            f"arn:aws:kms:{backend.region_name}:{backend.account_id}:key/5a1ad000-0000-4000-8000-0000000000eb"
        )
        ebs |= {"Encrypted": True, "KmsKeyId": key}
    return {"DeviceName": "/dev/sda1" if number == 0 else f"/dev/sd{chr(ord('e') + number)}", "Ebs": ebs}


def _nights_ago(today: datetime, days: int) -> datetime:
    return _naive(datetime.combine(today.astimezone(UTC).date() - timedelta(days=days), _NIGHT))


def _naive(moment: datetime) -> datetime:
    """Return the moment as moto keeps it: UTC without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
