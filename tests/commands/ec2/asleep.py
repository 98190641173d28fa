"""Instances that somebody stopped, and one that KMS will not let start again."""

from tests.commands.desk import DEV_ID, TOKYO, Desk

KEY = f"arn:aws:kms:{TOKYO}:{DEV_ID}:key/11111111-2222-3333-4444-555555555555"


def asleep(desk: Desk, count: int = 1, **tags: str) -> tuple[str, ...]:
    """Instances that somebody stopped."""
    ids = desk.run(count, **tags)
    desk.ec2().stop_instances(InstanceIds=list(ids))
    return ids


def locked(desk: Desk, count: int = 1, *, key: str = KEY, **tags: str) -> tuple[str, ...]:
    """Instances with a volume under a key that may not be used."""
    ids, ec2 = asleep(desk, count, **tags), desk.ec2()
    for one in ids:
        zone = ec2.describe_instances(InstanceIds=[one])["Reservations"][0]["Instances"][0]["Placement"]
        disk = ec2.create_volume(
            AvailabilityZone=zone["AvailabilityZone"], Size=8, Encrypted=True, KmsKeyId=key
        )
        ec2.attach_volume(InstanceId=one, VolumeId=disk["VolumeId"], Device="/dev/sdf")
        desk.local.control.refuse_start_by_kms(one)
    return ids
