"""EC2 instances: look at them, run, start, stop and reboot them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import TYPE_CHECKING, Any, cast

from aws.errors import NotFound, speaking_plainly
from aws.filters import batches, by_tags, chunks
from aws.page import SIZE, pages
from aws.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.literals import InstanceTypeType
    from mypy_boto3_ec2.type_defs import InstanceStateChangeTypeDef, InstanceStatusTypeDef, InstanceTypeDef

MOST_STATUSES = 100  # ids in one DescribeInstanceStatus


@dataclass(frozen=True, slots=True)
class Instance:
    """An EC2 instance as toban talks about it; the words are EC2's own."""

    id: str
    name: str  # the Name tag, or "" when there is none
    state: str  # pending, running, stopping, stopped, shutting-down, terminated
    state_reason: str  # why it left its state, "code: message"; "" when EC2 gives none
    type: str  # such as t3.micro
    zone: str  # such as eu-west-1a
    image_id: str
    tags: Tags
    volume_ids: tuple[str, ...]  # attached EBS volumes, the root volume where EC2 lists it
    root_volume_id: str  # "" without an EBS root volume
    root_device: str  # "ebs" or "instance-store"; the latter cannot be stopped
    lifecycle: str  # "" for on demand, else spot, scheduled, capacity-block
    launched: datetime | None  # of the latest start, in UTC
    subnet_id: str = ""
    group_ids: tuple[str, ...] = ()  # its security groups
    key_name: str = ""  # of the key pair; "" for none
    profile: str = ""  # the name of its instance profile; "" for none
    transition: str = ""  # EC2's words for its last change of state, such as "User initiated (2026-…)"
    private_ip: str = ""
    public_ip: str = ""
    keeps_public_ip: bool = False  # it is an Elastic IP, which a stop does not take away
    vpc_id: str = ""
    architecture: str = ""  # x86_64, arm64, i386
    virtualization: str = ""  # hvm, paravirtual
    ena: bool = True  # its image says that it has the driver of the Elastic Network Adapter
    spot_request_id: str = ""  # "" unless it is a spot instance
    auto_recovery: str = ""  # default or disabled, as its maintenance options say; "" when EC2 does not
    platform: str = ""  # what of it is billed, as EC2 says: Linux/UNIX, Windows ...; "" when EC2 does not


@dataclass(frozen=True, slots=True)
class Launch:
    """As what an instance is run; what is empty is left to EC2."""

    type: str
    subnet_id: str = ""
    group_ids: tuple[str, ...] = ()
    key_name: str = ""
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """An instance just begun, pending."""

    request_id: str
    id: str


@dataclass(frozen=True, slots=True)
class Status:
    """Whether an instance is well; a check is ok, impaired, initializing, insufficient-data ..."""

    state: str
    system: str  # the check of the hardware below it
    instance: str  # the check of the instance itself
    ebs: str = ""  # the check of its attached volumes; "" where EC2 makes none

    @property
    def passed(self) -> bool:
        """Whether it runs and every check that EC2 makes has passed."""
        return self.state == "running" and {self.system, self.instance, self.ebs or "ok"} == {"ok"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What EC2 answered to a start or stop: the state each instance went into, not yet the end."""

    request_id: str
    states: Mapping[str, str]  # by instance id


def find(
    ec2: "EC2Client",
    *,
    ids: Sequence[str] = (),
    tags: Sequence[tuple[str, str]] = (),
    names: Sequence[str] = (),
    states: Sequence[str] = (),
    image_ids: Sequence[str] = (),
    lifecycles: Sequence[str] = (),
    subnet_ids: Sequence[str] = (),
) -> Iterator[Instance]:
    """Yield the instances that match everything given; with nothing given, all of them.

    Names and tag values may hold `*` and `?`; an empty tag value means any.  An id that does not exist
    is simply absent.  Raises AwsError.
    """
    wanted = {
        "instance-id": ids,
        "instance-state-name": states,
        "image-id": image_ids,
        "instance-lifecycle": lifecycles,
        "subnet-id": subnet_ids,
        "tag:Name": names,
        **by_tags(tags),
    }
    paginator = ec2.get_paginator("describe_instances")
    seen: set[str] = set()
    for filters in batches(wanted):
        found = paginator.paginate(Filters=filters, PaginationConfig={"PageSize": SIZE})
        for page in pages("listing instances", found):
            for raw in (one for reservation in page["Reservations"] for one in reservation["Instances"]):
                if raw["InstanceId"] not in seen:
                    seen.add(raw["InstanceId"])
                    yield _instance(raw)


def statuses(ec2: "EC2Client", ids: Sequence[str]) -> dict[str, Status]:
    """Return the state and both status checks of each instance that exists, whatever its state.

    Raises AwsError.
    """
    known: dict[str, Status] = {}
    for some in chunks(ids, MOST_STATUSES):
        known |= _statuses(ec2, some)
    return known


def run(ec2: "EC2Client", image_id: str, launch: Launch, *, tags: Mapping[str, str], token: str) -> Made:
    """Run one instance of an image; it and its volumes carry these tags at once.

    Returns before it runs.  The same token again makes no second instance.  Raises AwsError.
    """
    chosen: dict[str, Any] = {
        "SubnetId": launch.subnet_id,
        "SecurityGroupIds": list(launch.group_ids),
        "KeyName": launch.key_name,
        "IamInstanceProfile": {"Name": launch.profile} if launch.profile else None,
    }
    with speaking_plainly(f"running an instance of {image_id}"):
        reply = ec2.run_instances(
            ImageId=image_id,
            MinCount=1,
            MaxCount=1,
            InstanceType=cast("InstanceTypeType", launch.type),
            TagSpecifications=Tags.of(tags).written("instance", "volume"),
            ClientToken=token,
            **{name: value for name, value in chosen.items() if value},
        )
    return Made(reply["ResponseMetadata"]["RequestId"], reply["Instances"][0]["InstanceId"])


def start(ec2: "EC2Client", ids: Sequence[str]) -> Answer:
    """Ask EC2 to start instances; all or none of them, and a running one stays as it is.

    Returns before anything runs.  Raises AwsError: one bad id fails the whole call.
    """
    with speaking_plainly(f"starting {', '.join(ids)}"):
        reply = ec2.start_instances(InstanceIds=list(ids))
    return _answer(reply["ResponseMetadata"]["RequestId"], reply["StartingInstances"])


def stop(ec2: "EC2Client", ids: Sequence[str]) -> Answer:
    """Ask EC2 to stop instances; all or none of them, and a stopped one stays as it is.

    Returns before they have stopped.  Raises AwsError: one bad id fails the whole call.
    """
    with speaking_plainly(f"stopping {', '.join(ids)}"):
        reply = ec2.stop_instances(InstanceIds=list(ids))
    return _answer(reply["ResponseMetadata"]["RequestId"], reply["StoppingInstances"])


def reboot(ec2_once: "EC2Client", ids: Sequence[str]) -> str:
    """Ask EC2 to reboot instances, all or none of them; returns the id of the request.

    Not repeatable: the same call would reboot them twice.  Raises AwsError.
    """
    with speaking_plainly(f"rebooting {', '.join(ids)}"):
        return ec2_once.reboot_instances(InstanceIds=list(ids))["ResponseMetadata"]["RequestId"]


def terminate(ec2: "EC2Client", ids: Sequence[str]) -> Answer:
    """Ask EC2 to terminate instances, for good; one that is terminated already stays so.

    Returns before they are.  Raises AwsError: Refused (OperationNotPermitted) for one that is protected.
    """
    with speaking_plainly(f"terminating {', '.join(ids)}"):
        reply = ec2.terminate_instances(InstanceIds=list(ids))
    return _answer(reply["ResponseMetadata"]["RequestId"], reply["TerminatingInstances"])


def _statuses(ec2: "EC2Client", ids: Sequence[str]) -> dict[str, Status]:
    """The statuses of at most 100 ids; EC2 has no filter by id here, so the unknown are left out."""
    try:
        with speaking_plainly("reading status checks"):
            reply = ec2.describe_instance_status(InstanceIds=list(ids), IncludeAllInstances=True)
    except NotFound as error:
        left = [known for known in ids if known not in error.ids]
        if len(left) == len(ids):
            raise
        return _statuses(ec2, left) if left else {}
    return {raw["InstanceId"]: _status(raw) for raw in reply["InstanceStatuses"]}


def _status(raw: "InstanceStatusTypeDef") -> Status:
    return Status(
        state=raw["InstanceState"]["Name"],
        system=raw["SystemStatus"]["Status"],
        instance=raw["InstanceStatus"]["Status"],
        ebs=_made(raw.get("AttachedEbsStatus", {}).get("Status", "")),
    )


def _made(check: str) -> str:
    return "" if check == "not-applicable" else check


def _answer(request_id: str, changes: "Sequence[InstanceStateChangeTypeDef]") -> Answer:
    return Answer(request_id, {change["InstanceId"]: change["CurrentState"]["Name"] for change in changes})


def _instance(raw: "InstanceTypeDef") -> Instance:
    tags = Tags.read(raw.get("Tags"))
    reason = raw.get("StateReason", {})
    devices = raw.get("BlockDeviceMappings", [])
    root = raw.get("RootDeviceName", "")
    return Instance(
        id=raw["InstanceId"],
        name=tags.name,
        state=intern(raw["State"]["Name"]),
        state_reason=reason.get("Message", reason.get("Code", "")),
        type=intern(raw["InstanceType"]),
        zone=intern(raw["Placement"]["AvailabilityZone"]),
        image_id=intern(raw.get("ImageId", "")),
        tags=tags,
        volume_ids=tuple(device["Ebs"]["VolumeId"] for device in devices if "Ebs" in device),
        root_volume_id=next(
            (one["Ebs"]["VolumeId"] for one in devices if one.get("DeviceName") == root and "Ebs" in one), ""
        ),
        root_device=intern(raw.get("RootDeviceType", "")),
        lifecycle=raw.get("InstanceLifecycle", ""),
        launched=raw.get("LaunchTime"),
        subnet_id=intern(raw.get("SubnetId", "")),
        group_ids=tuple(intern(group["GroupId"]) for group in raw.get("SecurityGroups", [])),
        key_name=raw.get("KeyName", ""),
        profile=raw.get("IamInstanceProfile", {}).get("Arn", "").rpartition("/")[2],
        transition=raw.get("StateTransitionReason", ""),
        private_ip=raw.get("PrivateIpAddress", ""),
        public_ip=raw.get("PublicIpAddress", ""),
        keeps_public_ip=_keeps_public_ip(raw),
        vpc_id=intern(raw.get("VpcId", "")),
        architecture=intern(raw.get("Architecture", "")),
        virtualization=intern(raw.get("VirtualizationType", "")),
        ena=raw.get("EnaSupport", True),
        spot_request_id=raw.get("SpotInstanceRequestId", ""),
        auto_recovery=raw.get("MaintenanceOptions", {}).get("AutoRecovery", ""),
        platform=intern(raw.get("PlatformDetails", "")),
    )


def _keeps_public_ip(raw: "InstanceTypeDef") -> bool:
    """Whether its public address is its owner's: those that are lost at a stop are "amazon"'s."""
    public = raw.get("PublicIpAddress")
    found = (one.get("Association", {}) for one in raw.get("NetworkInterfaces", []))
    return any(one.get("PublicIp") == public and one.get("IpOwnerId") != "amazon" for one in found if public)
