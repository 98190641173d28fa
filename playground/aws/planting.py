"""Making resources directly in moto's state: quicker than over HTTP, and with a past."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from playground.aws.fleet import WISHES, ZONES, Disk, Planned
from playground.aws.kms import default_key, own_key

HOURS = "toban:hours"
_NIGHT = time(16, 0, tzinfo=UTC)  # 01:00 in Tokyo


def instance(backend: Any, one: Planned, today: datetime) -> Any:
    """Run one server, launched a month ago; a stopped one has been so for half a year."""
    tags = tags_of(one)
    of_volumes = {key: value for key, value in tags.items() if key != HOURS} | (
        {"Backup": one.kind.disk_backup} if one.kind.disk_backup else {}
    )
    reservation = backend.run_instances(
        "ami-0ff5b9c5e1d2a3b4c",
        1,
        None,
        ["default"],
        instance_type=one.kind.type,
        is_instance_type_default=False,
        placement=one.zone,
        region_name=one.kind.region,
        tags={"instance": tags, "volume": of_volumes},
        block_device_mappings=[_mapping(backend, number, disk) for number, disk in enumerate(one.kind.disks)],
    )
    made = reservation.instances[0]
    _dress(made, one)
    made.launch_time = naive(today - timedelta(days=30))
    for device in made.block_device_mapping.values():
        backend.volumes[device.volume_id].create_time = made.launch_time
    if one.kind.state == "stopped":
        made.stop()
        since = naive(today - timedelta(days=180))
        made.launch_time = since
        made._reason = f"User initiated ({since:%Y-%m-%d %H:%M:%S} GMT)"  # noqa: SLF001 - moto says now
    return made


def _dress(made: Any, one: Planned) -> None:
    """Let a server be private, unless it is a public one, and a spot instance if it is one."""
    made.virtualization_type = "hvm"  # there is no image to tell
    interface = made.nics[0]
    interface.public_ip_auto_assign = one.kind.is_public
    if not one.kind.is_public:
        interface.public_ip = None
    if one.kind.is_spot:
        made.lifecycle, made.spot_instance_request_id = "spot", f"sir-{made.id[-8:]}"


def keep_address(backend: Any, instance_id: str) -> None:
    """Give a server an Elastic IP, which it keeps while it is stopped."""
    address = backend.allocate_address("vpc")
    backend.associate_address(backend.get_instance(instance_id), allocation_id=address.allocation_id)


def tags_of(one: Planned) -> dict[str, str]:
    """Return a server's tags; its volumes carry the same, but for their Backup tag in places."""
    kind = one.kind
    tags = {
        "Name": one.name,
        "env": kind.env,
        "service": kind.service,
        "Backup": kind.backup if kind.env else "",
        HOURS: kind.hours,
    }
    return {key: value for key, value in tags.items() if value} | dict(WISHES.get(one.name, {}))


def take(backend: Any, volume_id: str, when: datetime, words: str, tags: Mapping[str, str]) -> Any:
    """Take a snapshot of a volume at that moment and return it, complete."""
    made = backend.create_snapshot(volume_id, words)
    made.start_time, made.kms_key_id = naive(when), backend.volumes[volume_id].kms_key_id
    backend.tags[made.id].update(tags)
    return made


def group(backend: Any, name: str, image_id: str, instance_ids: list[str]) -> None:
    """Put instances into an Auto Scaling group that keeps their number, from this image."""
    nothing = dict.fromkeys(("key_name", "user_data", "instance_profile_name", "spot_price"))
    backend.create_launch_configuration(
        name=f"{name}-2026-10", image_id=image_id, instance_type="m7i.large", kernel_id="",
        ramdisk_id="", security_groups=[], instance_monitoring=False, ebs_optimized=False,
        associate_public_ip_address=False, block_device_mappings=[], **nothing,
    )  # fmt: skip
    backend.create_auto_scaling_group(
        name=name, availability_zones=list(ZONES[backend.region_name]), desired_capacity=0, min_size=0,
        max_size=len(instance_ids) + 4, launch_config_name=f"{name}-2026-10", launch_template={},
        vpc_zone_identifier=None, default_cooldown=None, health_check_period=None, health_check_type=None,
        load_balancers=[], target_group_arns=[], placement_group=None, termination_policies=[],
        tags=[{"Key": "env", "Value": "production", "PropagateAtLaunch": True}],
    )  # fmt: skip
    backend.attach_instances(name, instance_ids)
    backend.autoscaling_groups[name].min_size = len(instance_ids)


def template(backend: Any, name: str, image_id: str) -> None:
    """Leave a launch template that starts instances from this image."""
    backend.create_launch_template(name, "", {"ImageId": image_id, "InstanceType": "c7i.xlarge"}, {})


def _mapping(backend: Any, number: int, disk: Disk) -> dict[str, Any]:
    ebs: dict[str, Any] = {
        "VolumeSize": disk.size,
        "VolumeType": disk.type,
        "DeleteOnTermination": number == 0,
    }
    if disk.encrypted:
        ebs |= {"Encrypted": True, "KmsKeyId": own_key(backend) if disk.own_key else default_key(backend)}
    return {"DeviceName": "/dev/sda1" if number == 0 else f"/dev/sd{chr(ord('e') + number)}", "Ebs": ebs}


def night(today: datetime, days: int) -> datetime:
    """Return 01:00 in Tokyo so many days before today's date in UTC."""
    return datetime.combine(today.astimezone(UTC).date() - timedelta(days=days), _NIGHT)


def naive(moment: datetime) -> datetime:
    """Return the moment as moto keeps it: UTC without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
