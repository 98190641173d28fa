"""What stories of databases and Auto Scaling groups begin with, and what there is of them afterwards."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO, run_instances

BY_AWS = "DB instance is being started due to it exceeding the maximum allowed time being stopped."
CHANGES = (
    *("StartDBInstance", "StopDBInstance", "RebootDBInstance", "FailoverDBCluster"),
    *("UpdateAutoScalingGroup", "SuspendProcesses", "ResumeProcesses"),
    *("ModifyInstanceMaintenanceOptions", "DeregisterTargets"),
    *("CreateLaunchTemplate", "CreateAutoScalingGroup"),
)
TAGS = [{"Key": "env", "Value": "dev"}]


def a_database(aws: LocalAws, status: str = "available") -> str:
    """A database of dev in this state."""
    aws.client("rds", account=ACCOUNT, region=TOKYO).create_db_instance(
        DBInstanceIdentifier="shop",
        DBInstanceClass="db.t4g.micro",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="admin",
        MasterUserPassword="not-a-secret",
        Tags=TAGS,
    )
    _rds(aws).databases["shop"].status = status
    return ""


def a_database_with_a_standby(aws: LocalAws) -> str:
    """A database of dev in two zones, that a failure test may break."""
    aws.client("rds", account=ACCOUNT, region=TOKYO).create_db_instance(
        DBInstanceIdentifier="shop",
        DBInstanceClass="db.t4g.micro",
        Engine="mysql",
        AllocatedStorage=20,
        MasterUsername="admin",
        MasterUserPassword="not-a-secret",
        MultiAZ=True,
        Tags=[*TAGS, {"Key": "toban:chaos", "Value": "allowed"}],
    )
    return ""


def a_stopped_database(aws: LocalAws) -> str:
    """A database of dev that is stopped."""
    return a_database(aws, "stopped")


def one_that_aws_will_start(aws: LocalAws) -> str:
    """A database of dev, and RDS's event that it started it, which is newer than any stop of the story."""
    a_database(aws)
    event = SimpleNamespace(
        source_identifier="shop",
        source_type="db-instance",
        message=BY_AWS,
        categories=["notification"],
        date=datetime(2026, 11, 21, 3, 30, tzinfo=UTC),
    )
    _rds(aws).events.append(event)
    return ""


def a_group(aws: LocalAws) -> str:
    """An Auto Scaling group of two."""
    client = aws.client("autoscaling", account=ACCOUNT, region=TOKYO)
    client.create_launch_configuration(
        LaunchConfigurationName="web", ImageId="ami-12c6146b", InstanceType="t3.micro"
    )
    client.create_auto_scaling_group(
        AutoScalingGroupName="web",
        LaunchConfigurationName="web",
        MinSize=0,
        MaxSize=4,
        DesiredCapacity=2,
        AvailabilityZones=[f"{TOKYO}a"],
    )
    return ""


def a_suspended_group(aws: LocalAws) -> str:
    """An Auto Scaling group that launches nothing."""
    a_group(aws)
    aws.backend("autoscaling", ACCOUNT, TOKYO).suspend_processes("web", ["Launch"])
    return ""


def one_that_does_not_recover(aws: LocalAws) -> str:
    """An instance whose recovery is switched off; its id."""
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    made = ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1, InstanceType="t3.micro")
    instance = str(made["Instances"][0]["InstanceId"])
    ec2.modify_instance_maintenance_options(InstanceId=instance, AutoRecovery="disabled")
    return instance


def a_lone_instance(aws: LocalAws) -> str:
    """An instance of dev; its id."""
    (instance,) = run_instances(aws, 1, {"env": "dev"})
    return instance


def one_behind_a_balancer(aws: LocalAws) -> str:
    """An instance in a target group; its id."""
    ec2 = aws.client("ec2", account=ACCOUNT, region=TOKYO)
    made = ec2.run_instances(ImageId="ami-12c6146b", MinCount=1, MaxCount=1)["Instances"][0]
    elbv2 = aws.client("elbv2", account=ACCOUNT, region=TOKYO)
    group = elbv2.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=made["VpcId"])
    arn = group["TargetGroups"][0]["TargetGroupArn"]
    elbv2.register_targets(TargetGroupArn=arn, Targets=[{"Id": made["InstanceId"]}])
    return str(made["InstanceId"])


def there(aws: LocalAws) -> dict[str, object]:
    """Databases, groups, templates, targets, and what recovers, by moto's state."""
    aws.control.settle()
    alarms = aws.backend("cloudwatch", ACCOUNT, TOKYO).alarms
    instances = aws.backend("ec2", ACCOUNT, TOKYO).all_instances()
    of_groups = aws.backend("autoscaling", ACCOUNT, TOKYO).autoscaling_groups
    targets = aws.backend("elbv2", ACCOUNT, TOKYO).target_groups.values()
    templates = aws.backend("ec2", ACCOUNT, TOKYO).launch_templates.values()
    return {
        "templates": sorted(len(one.versions) for one in templates),
        "targets": sorted(len(one.targets) for one in targets),
        "alarms": sorted((one.metric_name, tuple(one.alarm_actions)) for one in alarms.values()),
        "recovery": sorted(str(getattr(one, "maintenance_options", "")) for one in instances),
        "databases": sorted((key, one.status) for key, one in _rds(aws).databases.items()),
        "groups": sorted(
            (one.desired_capacity, len(one.instance_states), len(one.suspended_processes))
            for one in of_groups.values()
        ),
    }


def _rds(aws: LocalAws) -> Any:
    return aws.backend("rds", ACCOUNT, TOKYO)
