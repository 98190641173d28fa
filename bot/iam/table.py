"""On what each IAM action is allowed: a row for each that AWS can narrow; the others are allowed on all.

A test holds this against the "Service Authorization Reference" (AWS): which resources an action knows, which
it must have, and which condition keys.
"""

from collections.abc import Iterable, Iterator, Mapping

from bot.iam.scope import Scope, Test

_IN = "arn:{partition}:"
_EC2 = f"{_IN}ec2:*:{{account}}:"
INSTANCE, VOLUME, INTERFACE = f"{_EC2}instance/*", f"{_EC2}volume/*", f"{_EC2}network-interface/*"
GROUP, SUBNET, ACL, VPC = (f"{_EC2}{kind}/*" for kind in ("security-group", "subnet", "network-acl", "vpc"))
TEMPLATE, ADDRESS = f"{_EC2}launch-template/*", f"{_EC2}elastic-ip/*"
SNAPSHOT, IMAGE = f"{_IN}ec2:*::snapshot/*", f"{_IN}ec2:*::image/*"
SCALING = f"{_IN}autoscaling:*:{{account}}:autoScalingGroup:*:autoScalingGroupName/*"
_ELB = f"{_IN}elasticloadbalancing:*:{{account}}:"
BALANCER, TARGETS = f"{_ELB}loadbalancer/*", f"{_ELB}targetgroup/*/*"
SHIFTED = f"{_ELB}loadbalancer/app/*/*", f"{_ELB}loadbalancer/net/*/*"
DATABASE, CLUSTER = f"{_IN}rds:*:{{account}}:db:*", f"{_IN}rds:*:{{account}}:cluster:*"
CACHE, REPLICAS, CACHE_SUBNETS = (
    f"{_IN}elasticache:*:{{account}}:{kind}:*" for kind in ("cluster", "replicationgroup", "subnetgroup")
)
ALARM, DASHBOARD = f"{_IN}cloudwatch:*:{{account}}:alarm:*", f"{_IN}cloudwatch::{{account}}:dashboard/*"
ZONE, CHANGE, CHECK = (f"{_IN}route53:::{kind}/*" for kind in ("hostedzone", "change", "healthcheck"))
DOCUMENTS = f"{_IN}ssm:*::document/*", f"{_IN}ssm:*:{{account}}:document/*"  # AWS's own, and theirs
PARAMETERS = f"{_IN}ssm:*::parameter/aws/service/*", f"{_IN}ssm:*:{{account}}:parameter/*"
SHELL = f"{_IN}ssm:*::document/AWS-RunShellScript"
MANAGED = f"{_IN}ssm:*:{{account}}:managed-instance/*"
TIMER, CANARY = (
    f"{_IN}scheduler:*:{{account}}:schedule/default/toban-*",
    f"{_IN}synthetics:*:{{account}}:canary:*",
)
CANARY_CODE = f"{_IN}lambda:*:{{account}}:function:cwsyn-*"  # "Required roles and permissions for canaries"
KEY, QUOTA = f"{_IN}kms:*:*:key/*", f"{_IN}servicequotas:*:{{account}}:ec2/*"
BUCKET, ROLE, IDENTITY = f"{_IN}s3:::*", f"{_IN}iam::{{account}}:role/*", f"{_IN}ses:*:{{account}}:identity/*"

MADE_BY_TOBAN: Test = ("Null", "aws:ResourceTag/toban:operation", ("false",))
ISOLATES: Test = ("Null", "aws:ResourceTag/toban:isolation", ("false",))
NOTES: Test = ("ForAllValues:StringLike", "aws:TagKeys", ("toban:isolated-from:*",))
NAMES_A_TAG: Test = ("Null", "aws:TagKeys", ("false",))  # ForAllValues holds for none at all, too
OUR_METRICS: Test = ("StringEquals", "cloudwatch:namespace", ("toban", "toban/SES"))
OUR_BUCKETS: Test = ("StringEquals", "s3:ResourceAccount", ("{account}",))
FOR_AWS: Test = ("Bool", "kms:GrantIsForAWSResource", ("true",))

_CREATED = {
    "ami.copy": "CopyImage",
    "ami.create": "CreateImage",
    "ami.restore": "RunInstances",
    "ec2.heal": "RunInstances",  # what its group launches
    "ec2.heal-template": "CreateLaunchTemplate",
    "ec2.isolation-group": "CreateSecurityGroup",
    "failover.make-acl": "CreateNetworkAcl",
    "snapshot.copy": "CopySnapshot",
    "snapshot.restore": "CreateVolume",
}
"""What each action of toban's tags while it makes it."""
_TAGGED = (f"{_EC2}*/*", SNAPSHOT, IMAGE)


def _creating(actions: Iterable[str], call: str) -> Scope:
    """CreateTags on what this call makes, and on nothing that was there."""
    return Scope(_TAGGED, (("StringEquals", "ec2:CreateAction", (call,)),), frozenset(actions))


def _creations() -> Iterator[Scope]:
    for call in sorted(set(_CREATED.values())):
        yield _creating((one for one, its in _CREATED.items() if its == call), call)
    for call in ("CreateSnapshot", "CreateSnapshots"):
        yield _creating(["snapshot.create"], call)


def _passing(service: str, role: str, *actions: str) -> Scope:
    """PassRole to this service alone: whoever may pass any role to anything may do everything."""
    to: Test = ("StringEquals", "iam:PassedToService", (f"{service}.amazonaws.com",))
    return Scope((role,), (to,), frozenset(actions), everywhere=True)


def _each(names: str, *scopes: Scope) -> dict[str, tuple[Scope, ...]]:
    return dict.fromkeys(names.split(), scopes)


SCOPES: Mapping[str, tuple[Scope, ...]] = {
    # EC2: what people own
    **_each("ec2:DescribeInstanceAttribute ec2:GetConsoleOutput", Scope((INSTANCE,))),
    **_each(
        "ec2:ModifyInstanceAttribute ec2:ModifyInstanceMaintenanceOptions ec2:RebootInstances"
        " ec2:StartInstances ec2:StopInstances ec2:TerminateInstances",
        Scope((INSTANCE,), tagged=True),
    ),
    **_each("ec2:DeleteVolume ec2:ModifyVolume", Scope((VOLUME,), tagged=True)),
    "ec2:CreateSnapshot": (Scope((VOLUME,), tagged=True), Scope((SNAPSHOT,))),
    "ec2:CreateSnapshots": (Scope((INSTANCE, VOLUME), tagged=True), Scope((SNAPSHOT,))),
    "ec2:CreateImage": (Scope((INSTANCE,), tagged=True), Scope((IMAGE, SNAPSHOT))),
    "ec2:ReleaseAddress": (Scope((ADDRESS,), tagged=True),),
    # EC2: what toban makes, and makes things of
    **_each("ec2:CopyImage", Scope((IMAGE, SNAPSHOT))),
    **_each("ec2:DeregisterImage", Scope((IMAGE,))),
    **_each(
        "ec2:CopySnapshot ec2:DeleteSnapshot ec2:DisableFastSnapshotRestores ec2:EnableFastSnapshotRestores"
        " ec2:ModifySnapshotTier",
        Scope((SNAPSHOT,)),
    ),
    "ec2:CreateVolume": (Scope((VOLUME, SNAPSHOT)),),
    "ec2:RunInstances": (
        Scope((IMAGE, SNAPSHOT, INSTANCE, VOLUME, INTERFACE, GROUP, SUBNET, TEMPLATE, f"{_EC2}key-pair/*")),
    ),
    "ec2:CreateLaunchTemplate": (Scope((TEMPLATE,)),),
    "ec2:CreateTags": (
        *_creations(),
        Scope((INSTANCE,), (NOTES, NAMES_A_TAG), frozenset({"ec2.note-groups"}), tagged=True),
    ),
    "ec2:DeleteTags": (Scope((INSTANCE,), (NOTES, NAMES_A_TAG), tagged=True),),
    # EC2: the network
    "ec2:CreateSecurityGroup": (Scope((GROUP, VPC)),),
    "ec2:DeleteSecurityGroup": (Scope((GROUP,)),),
    **_each("ec2:RevokeSecurityGroupEgress ec2:RevokeSecurityGroupIngress", Scope((GROUP,), (ISOLATES,))),
    "ec2:ModifyNetworkInterfaceAttribute": (Scope((INTERFACE, GROUP)),),
    "ec2:CreateNetworkAcl": (Scope((ACL, VPC)),),
    "ec2:DeleteNetworkAcl": (
        Scope((ACL,), (MADE_BY_TOBAN,), frozenset({"failover.delete-acl"})),
        Scope((ACL,), of=frozenset({"failover.remove-acl"})),  # by hand, for a test: it has other tags
    ),
    "ec2:ReplaceNetworkAclAssociation": (Scope((ACL, SUBNET)),),
    # Auto Scaling, load balancers, zonal shift
    **_each("autoscaling:CreateAutoScalingGroup autoscaling:CreateOrUpdateTags", Scope((SCALING,))),
    **_each(
        "autoscaling:ResumeProcesses autoscaling:SuspendProcesses autoscaling:UpdateAutoScalingGroup",
        Scope((SCALING,), tagged=True),
    ),
    "elasticloadbalancing:DeleteLoadBalancer": (Scope((BALANCER,), tagged=True),),
    "elasticloadbalancing:DeregisterTargets": (Scope((TARGETS,)),),
    **_each("arc-zonal-shift:CancelZonalShift arc-zonal-shift:StartZonalShift", Scope(SHIFTED)),
    # Databases and caches
    "rds:DescribeDBInstances": (Scope((DATABASE,)),),
    "rds:DescribeDBClusters": (Scope((CLUSTER,)),),
    **_each("rds:RebootDBInstance rds:StartDBInstance rds:StopDBInstance", Scope((DATABASE,), tagged=True)),
    **_each("rds:StartDBCluster rds:StopDBCluster", Scope((CLUSTER,), tagged=True)),
    "rds:FailoverDBCluster": (Scope((CLUSTER, DATABASE), tagged=True),),
    "elasticache:DescribeCacheClusters": (Scope((CACHE,)),),
    "elasticache:DescribeCacheSubnetGroups": (Scope((CACHE_SUBNETS,)),),
    "elasticache:DescribeReplicationGroups": (Scope((REPLICAS,)),),
    "elasticache:ListTagsForResource": (Scope((CACHE, REPLICAS)),),
    "elasticache:TestFailover": (Scope((REPLICAS,), tagged=True),),
    # CloudWatch, canaries, timers
    **_each("cloudwatch:DeleteAlarms cloudwatch:PutMetricAlarm", Scope((ALARM,))),
    **_each("cloudwatch:GetDashboard cloudwatch:PutDashboard", Scope((DASHBOARD,))),
    "cloudwatch:PutMetricData": (Scope(("*",), (OUR_METRICS,)),),
    **_each("synthetics:StartCanary synthetics:TagResource", Scope((CANARY,))),
    **_each(
        "lambda:AddPermission lambda:CreateFunction lambda:GetFunctionConfiguration lambda:PublishVersion",
        Scope((CANARY_CODE,)),
    ),
    **_each(
        "scheduler:CreateSchedule scheduler:DeleteSchedule scheduler:GetSchedule scheduler:UpdateSchedule",
        Scope((TIMER,)),
    ),
    # Route 53 and S3, whose resources are of no region
    **_each(
        "route53:ChangeResourceRecordSets route53:ListResourceRecordSets", Scope((ZONE,), everywhere=True)
    ),
    "route53:GetChange": (Scope((CHANGE,), everywhere=True),),
    **_each("route53:GetHealthCheck route53:GetHealthCheckStatus", Scope((CHECK,), everywhere=True)),
    "route53:ListHostedZonesByName": (Scope(("*",), everywhere=True),),
    "route53:ListTagsForResource": (Scope((ZONE, CHECK), everywhere=True),),
    **_each(
        "s3:DeleteBucketPolicy s3:GetBucketLocation s3:GetBucketPolicy s3:GetBucketTagging"
        " s3:PutBucketPolicy",
        Scope((BUCKET,), (OUR_BUCKETS,), everywhere=True),
    ),
    # Systems Manager
    **_each("ssm:DescribeDocument ssm:GetDocument", Scope(DOCUMENTS)),
    "ssm:GetParameters": (Scope(PARAMETERS),),
    "ssm:SendCommand": (
        Scope((SHELL,)),
        Scope(DOCUMENTS, of=frozenset({"run.document"})),
        Scope((INSTANCE, MANAGED), tagged=True),
    ),
    # Identities and keys
    "iam:GetRole": (Scope((ROLE,), everywhere=True),),
    "iam:SimulatePrincipalPolicy": (Scope(("{self}",), everywhere=True),),
    "iam:PassRole": (
        _passing("ec2", ROLE, "ami.restore", "ec2.heal"),
        _passing("lambda", ROLE, "failover.make-canary"),
        _passing("synthetics", ROLE, "failover.make-canary"),
        _passing("scheduler", "{timer_role}", "failover.hold-timer"),
    ),
    **_each("kms:DescribeKey kms:GetKeyPolicy kms:ListGrants", Scope((KEY,))),
    **_each(
        "kms:Decrypt kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo",
        Scope(("{keys}",), everywhere=True),
    ),
    "kms:CreateGrant": (Scope(("{keys}",), (FOR_AWS,), everywhere=True),),
    "servicequotas:GetServiceQuota": (Scope((QUOTA,)),),
    # What the config names
    "sns:Publish": (Scope(("{topics}",), everywhere=True),),
    **_each(
        "sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:ReceiveMessage",
        Scope(("{queues}",), everywhere=True),
    ),
    "sqs:GetQueueAttributes": (Scope(("{queues}", "{dead_letters}"), everywhere=True),),
    **_each("ses:SendEmail ses:SendRawEmail", Scope((IDENTITY,))),
    "sts:AssumeRole": (Scope(("{roles}",), everywhere=True),),
    # The bill and the price list are asked in us-east-1, whatever the regions
    **_each("ce:GetCostAndUsage ce:GetCostForecast", Scope(("{payer}",), everywhere=True)),
    "pricing:GetProducts": (Scope(("*",), everywhere=True),),
}

NEEDS_NOTHING = frozenset({"sts:GetCallerIdentity"})
"""What AWS answers whoever asks, even against a denial ("GetCallerIdentity", STS API reference)."""
WITH_KEYS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("ec2:CopyImage", "ec2:CopySnapshot", "ec2:CreateVolume", "ec2:RunInstances"),
        (
            *("kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"),
            *("kms:ReEncryptFrom", "kms:ReEncryptTo"),
        ),
    ),
    "ec2:StartInstances": ("kms:CreateGrant", "kms:Decrypt"),
}
"""What a call needs on the keys of what is encrypted ("Amazon EBS encryption", EBS user guide)."""
