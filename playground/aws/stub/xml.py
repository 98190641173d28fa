"""EC2's query protocol, written by hand: fast, and only as much as the stub answers."""

from collections.abc import Iterable, Mapping
from html import escape

from playground.aws.stub.table import Row

_EC2 = "http://ec2.amazonaws.com/doc/2016-11-15/"
_CODES = {"pending": 0, "running": 16, "shutting-down": 32, "terminated": 48, "stopping": 64, "stopped": 80}
WHEN = "2026-11-01T00:00:00.000Z"  # launch and creation times


def ec2(action: str, inner: str, request_id: str) -> bytes:
    """Wrap an EC2 answer."""
    head = f'<{action}Response xmlns="{_EC2}"><requestId>{request_id}</requestId>'
    return f"{head}{inner}</{action}Response>".encode()


def query(action: str, inner: str, request_id: str) -> bytes:
    """Wrap an answer of the query services (STS, Auto Scaling)."""
    meta = f"<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>"
    return f"<{action}Response><{action}Result>{inner}</{action}Result>{meta}</{action}Response>".encode()


def listing(name: str, items: Iterable[str], token: str | None = None) -> str:
    """Return a list of items that are rendered already, and the token of the next page."""
    more = f"<nextToken>{token}</nextToken>" if token else ""
    return f"<{name}>{''.join(items)}</{name}>{more}"


def tag_set(tags: Mapping[str, str]) -> str:
    """Return the tags of a resource."""
    pairs = (
        f"<item><key>{escape(key)}</key><value>{escape(value)}</value></item>" for key, value in tags.items()
    )
    return f"<tagSet>{''.join(pairs)}</tagSet>"


def state(tag: str, name: str) -> str:
    """Return an instance state inside `tag`."""
    return f"<{tag}><code>{_CODES[name]}</code><name>{name}</name></{tag}>"


def instance(row: Row) -> str:
    """Return a reservation of this one instance."""
    one = row.fields
    disks = "".join(
        f"<item><deviceName>/dev/sd{'abcdefgh'[place]}</deviceName><ebs><volumeId>{volume}</volumeId>"
        f"<status>attached</status><attachTime>{WHEN}</attachTime></ebs></item>"
        for place, volume in enumerate(one["volumes"].split())
    )
    return (
        f"<item><reservationId>r-{row.id[2:]}</reservationId><ownerId>{one['owner-id']}</ownerId>"
        f"<instancesSet><item><instanceId>{row.id}</instanceId><imageId>ami-0123456789abcdef0</imageId>"
        f"{state('instanceState', one['instance-state-name'])}"
        f"<instanceType>{one['instance-type']}</instanceType>"
        f"<launchTime>{WHEN}</launchTime><placement><availabilityZone>{one['availability-zone']}"
        f"</availabilityZone></placement><rootDeviceName>/dev/sda</rootDeviceName>"
        f"<blockDeviceMapping>{disks}</blockDeviceMapping>{tag_set(row.tags)}</item></instancesSet></item>"
    )


def status(row: Row) -> str:
    """Return what DescribeInstanceStatus says of an instance: its checks pass while it runs."""
    name = row.fields["instance-state-name"]
    verdict = "<status>ok</status>" if name == "running" else "<status>not-applicable</status>"
    return (
        f"<item><instanceId>{row.id}</instanceId>{state('instanceState', name)}"
        f"<systemStatus>{verdict}</systemStatus><instanceStatus>{verdict}</instanceStatus></item>"
    )


def instance_type(name: str) -> str:
    """Return a type of two virtual processors and 8 GiB."""
    return (
        f"<item><instanceType>{escape(name)}</instanceType><currentGeneration>true</currentGeneration>"
        "<instanceStorageSupported>false</instanceStorageSupported>"
        "<vCpuInfo><defaultVCpus>2</defaultVCpus></vCpuInfo>"
        "<memoryInfo><sizeInMiB>8192</sizeInMiB></memoryInfo></item>"
    )


def volume(row: Row) -> str:
    """Return a volume, with its attachment if an instance has it."""
    one = row.fields
    instance = one["attachment.instance-id"]
    attachment = (
        f"<item><volumeId>{row.id}</volumeId><instanceId>{instance}</instanceId><status>attached</status></item>"
        if instance
        else ""
    )
    return (
        f"<item><volumeId>{row.id}</volumeId><size>{one['size']}</size><status>{one['status']}</status>"
        f"<createTime>{WHEN}</createTime><availabilityZone>{one['availability-zone']}</availabilityZone>"
        f"<attachmentSet>{attachment}</attachmentSet>{tag_set(row.tags)}<volumeType>gp3</volumeType>"
        "<encrypted>false</encrypted></item>"
    )


def snapshot(row: Row) -> str:
    """Return a snapshot as DescribeSnapshots lists it."""
    return f"<item>{snapshot_members(row, row.fields['status'])}</item>"


def snapshot_members(row: Row, status: str) -> str:
    """Return the members of a snapshot; CreateSnapshots calls the status `state`."""
    one = row.fields
    progress = "100%" if status == "completed" else ""
    return (
        f"<snapshotId>{row.id}</snapshotId><volumeId>{one['volume-id']}</volumeId><status>{status}</status>"
        f"<state>{status}</state><startTime>{one['start-time']}</startTime><progress>{progress}</progress>"
        f"<ownerId>{one['owner-id']}</ownerId><volumeSize>{one['volume-size']}</volumeSize>"
        f"<description>{escape(one['description'])}</description><encrypted>false</encrypted>"
        f"<storageTier>{one['storage-tier']}</storageTier>{tag_set(row.tags)}"
    )


def image(row: Row) -> str:
    """Return an image of one device."""
    one = row.fields
    return (
        f"<item><imageId>{row.id}</imageId><imageState>{one['state']}</imageState>"
        f"<imageOwnerId>{one['owner-id']}</imageOwnerId><isPublic>false</isPublic>"
        f"<creationDate>{WHEN}</creationDate><name>{escape(one['name'])}</name>"
        "<rootDeviceName>/dev/sda</rootDeviceName><blockDeviceMapping><item><deviceName>/dev/sda</deviceName>"
        f"<ebs><snapshotId>{one['block-device-mapping.snapshot-id']}</snapshotId><volumeSize>30</volumeSize>"
        f"</ebs></item></blockDeviceMapping>{tag_set(row.tags)}</item>"
    )
