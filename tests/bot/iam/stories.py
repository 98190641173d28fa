"""Stories that ministack can see through: what each needs, and the line that is asked."""

from collections.abc import Callable

from aws import queue
from aws.account import Place
from tests.bot.iam.land import ACCOUNT, REGION, SECOND, Land, Told, called, tell
from tests.house import House

PLACE = Place("dev", REGION)


def instance(land: Land, *, stopped: bool = False) -> str:
    """The only instance of this region: ministack's DescribeInstances shows all, whatever one asks."""
    ec2 = land.root("ec2")
    before = ec2.describe_instances()["Reservations"]
    if ids := [one["InstanceId"] for each in before for one in each["Instances"]]:
        ec2.terminate_instances(InstanceIds=ids)
    made = ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)
    name = str(made["Instances"][0]["InstanceId"])
    if stopped:
        ec2.stop_instances(InstanceIds=[name])
    return name


def volume(land: Land) -> str:
    """A volume that is attached to nothing."""
    made = land.root("ec2").create_volume(AvailabilityZone=f"{REGION}a", Size=8)
    return str(made["VolumeId"])


def snapshot(land: Land, of: str = "") -> str:
    """A snapshot that toban made of a volume."""
    tags = [{"Key": "toban:operation", "Value": "7"}, {"Key": "toban:kind", "Value": "snapshot"}]
    made = land.root("ec2").create_snapshot(
        VolumeId=of or volume(land), TagSpecifications=[{"ResourceType": "snapshot", "Tags": tags}]
    )
    return str(made["SnapshotId"])


def shelf(land: Land) -> str:
    """A volume with two generations."""
    made = volume(land)
    snapshot(land, made)
    snapshot(land, made)
    return made


def target(land: Land) -> str:
    """A stopped instance that is a target of a target group."""
    elbv2, name = land.root("elbv2"), instance(land, stopped=True)
    count = len(elbv2.describe_target_groups()["TargetGroups"])
    made = elbv2.create_target_group(Name=f"web-{count}", Protocol="HTTP", Port=80, VpcId="vpc-1")
    arn = made["TargetGroups"][0]["TargetGroupArn"]
    elbv2.register_targets(TargetGroupArn=arn, Targets=[{"Id": name}])
    return name


def address(land: Land) -> str:
    """An address that nothing uses."""
    return str(land.root("ec2").allocate_address(Domain="vpc")["AllocationId"])


def database(land: Land, *, stopped: bool = False) -> str:
    """A database that runs, or has been stopped."""
    rds = land.root("rds")
    name = f"orders-{len(rds.describe_db_instances()['DBInstances'])}"
    rds.create_db_instance(
        DBInstanceIdentifier=name,
        DBInstanceClass="db.t3.micro",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="toban",
        MasterUserPassword="not a secret",
    )
    if stopped:
        rds.stop_db_instance(DBInstanceIdentifier=name)
    return name


def group(land: Land) -> str:
    """An Auto Scaling group without instances."""
    name = f"web-{len(land.root('autoscaling').describe_auto_scaling_groups()['AutoScalingGroups'])}"
    template = land.root("ec2").create_launch_template(
        LaunchTemplateName=name, LaunchTemplateData={"ImageId": "ami-12c6146b", "InstanceType": "t3.micro"}
    )["LaunchTemplate"]["LaunchTemplateId"]
    land.root("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName=name,
        MinSize=0,
        MaxSize=1,
        LaunchTemplate={"LaunchTemplateId": template},
        AvailabilityZones=[f"{REGION}a"],
    )
    return name


def queues(land: Land) -> tuple[str, str]:
    """The queue of the config with two messages in it, and that of its dead letters."""
    sqs = land.root("sqs")
    urls = [str(sqs.create_queue(QueueName=name)["QueueUrl"]) for name in ("toban", "toban-dead")]
    for _ in range(2):
        sqs.send_message(QueueUrl=urls[0], MessageBody="{}")
    return urls[0], urls[1]


def receiving(there: House, urls: tuple[str, str]) -> None:
    """What the third door does with a queue.  Raises AwsError."""
    sqs, (url, dead) = queue.client(there.path.aws, PLACE), urls
    first, second, *_ = queue.receive(sqs, url, hidden_seconds=30, wait_seconds=0)
    queue.delete(sqs, url, [first])
    queue.hide(sqs, url, [second], 60)
    queue.waiting(sqs, dead)


LINES: dict[str, Callable[[Land], str]] = {
    "ec2.list": lambda land: "ec2 list",
    "ec2.stop": lambda land: f"ec2 stop {instance(land)}",
    "ec2.start": lambda land: f"ec2 start {target(land)} --healthy",
    "ec2.reboot": lambda land: f"ec2 reboot {instance(land)}",
    "volume.delete": lambda land: f"volume delete {volume(land)} --without-snapshot",
    "snapshot.list": lambda land: f"snapshot list {snapshot(land)}",
    "snapshot.create": lambda land: f"snapshot create {volume(land)} --keep 1",
    "snapshot.prune": lambda land: f"snapshot prune {shelf(land)} --keep 1",
    "snapshot.copy": lambda land: f"snapshot copy {snapshot(land)} --to {SECOND}",
    "snapshot.restore": lambda land: f"snapshot restore {snapshot(land)} --zone {REGION}a",
    "address.release": lambda land: f"address release {address(land)}",
    "rds.stop": lambda land: f"rds stop {database(land)}",
    "rds.start": lambda land: f"rds start {database(land, stopped=True)}",
    "asg.list": lambda land: f"asg list {group(land)}",
    "alarm.cover": lambda land: f"alarm cover {instance(land)} --topic arn:aws:sns:{REGION}:{ACCOUNT}:pager",
    "balancer.list": lambda land: "balancer list",
    "ami.list": lambda land: "ami list",
}
"""A line for each verb that ministack can see through to its end."""
NOT_HERE: dict[str, str] = {
    "ministack has no such call": "ec2:CreateSnapshots ec2:DescribeFastSnapshotRestores"
    " ec2:DisableFastSnapshotRestores ec2:EnableFastSnapshotRestores servicequotas:GetServiceQuota",
    "ministack does not look at the tags of what is made": "ec2:CreateTags",
    "only after a start, a database or a group failed": "autoscaling:DescribeScalingActivities"
    " cloudtrail:LookupEvents ec2:DescribeInstanceTypeOfferings ec2:DescribeSubnets ec2:GetConsoleOutput"
    " iam:GetRole iam:SimulatePrincipalPolicy kms:DescribeKey kms:GetKeyPolicy kms:ListGrants"
    " rds:DescribeEvents",
    "of Spot, clusters, templates, balancers and health, which these stories lack": (
        "autoscaling:DescribeLaunchConfigurations ec2:DescribeLaunchTemplateVersions"
        " ec2:DescribeLaunchTemplates ec2:DescribeSpotInstanceRequests elasticloadbalancing:DescribeTags"
        " elasticloadbalancing:DescribeTargetHealth rds:StartDBCluster rds:StopDBCluster ssm:GetParameters"
    ),
    "only with --freeze": "ssm:GetCommandInvocation ssm:SendCommand",
    "only of a real event": "cloudwatch:GetMetricData cloudwatch:GetMetricWidgetImage",
}
"""What these verbs may do and no story here asks for, by the reason; `test_denials.py` refuses each."""


def story(land: Land, there: House, name: str) -> Told:
    """One story, from what it needs to what is said at its end."""
    if name == "events":
        urls = queues(land)
        return called(lambda: receiving(there, urls))
    return tell(there, LINES[name](land))
