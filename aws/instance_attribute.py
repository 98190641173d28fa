"""What EC2 tells of an instance only one attribute at a time, and the type it is to have."""

from typing import TYPE_CHECKING

from aws.errors import speaking_plainly

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client


def stop_protected(ec2: "EC2Client", instance_id: str) -> bool:
    """Whether EC2 refuses to stop it ("Enable stop protection", EC2 user guide).  Raises AwsError."""
    with speaking_plainly(f"looking whether {instance_id} is protected against a stop"):
        reply = ec2.describe_instance_attribute(InstanceId=instance_id, Attribute="disableApiStop")
    return reply.get("DisableApiStop", {}).get("Value", False)


def termination_protected(ec2: "EC2Client", instance_id: str) -> bool:
    """Whether EC2 refuses to terminate it.  Raises AwsError."""
    with speaking_plainly(f"looking whether {instance_id} is protected against termination"):
        reply = ec2.describe_instance_attribute(InstanceId=instance_id, Attribute="disableApiTermination")
    return reply.get("DisableApiTermination", {}).get("Value", False)


def change_type(ec2: "EC2Client", instance_id: str, name: str) -> str:
    """Give a stopped instance another type; returns the id of the request.  Repeatable.

    Raises AwsError: IncorrectInstanceState while it is not stopped.
    """
    with speaking_plainly(f"giving {instance_id} the type {name}"):
        reply = ec2.modify_instance_attribute(InstanceId=instance_id, InstanceType={"Value": name})
    return reply["ResponseMetadata"]["RequestId"]
