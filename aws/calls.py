"""Every call that toban makes of AWS, by botocore's name of the service.

botocore describes 800 calls of EC2 alone; the descriptions of what is not named here are not kept
(`aws/models.py`).  A test compares this list with what the modules of this folder call.
"""

from collections.abc import Mapping

CALLS: Mapping[str, str] = {
    "arc-zonal-shift": "CancelZonalShift ListManagedResources StartZonalShift",
    "autoscaling": """
        CreateAutoScalingGroup DescribeAutoScalingGroups DescribeAutoScalingInstances
        DescribeLaunchConfigurations DescribeScalingActivities ResumeProcesses SuspendProcesses
        UpdateAutoScalingGroup
    """,
    "ce": "GetCostAndUsage GetCostForecast",
    "cloudtrail": "LookupEvents",
    "cloudwatch": """
        DeleteAlarms DescribeAlarms GetDashboard GetMetricData GetMetricWidgetImage ListDashboards
        PutDashboard PutMetricAlarm PutMetricData
    """,
    "ec2": """
        CopyImage CopySnapshot CreateImage CreateLaunchTemplate CreateNetworkAcl CreateSecurityGroup
        CreateSnapshot CreateSnapshots CreateTags CreateVolume DeleteNetworkAcl DeleteSecurityGroup
        DeleteSnapshot DeleteTags DeleteVolume DeregisterImage DescribeAddresses DescribeFastSnapshotRestores
        DescribeImages DescribeInstanceAttribute DescribeInstanceStatus DescribeInstanceTypeOfferings
        DescribeInstanceTypes DescribeInstances DescribeLaunchTemplateVersions DescribeLaunchTemplates
        DescribeNetworkAcls DescribeNetworkInterfaces DescribeSecurityGroups DescribeSnapshots
        DescribeSpotInstanceRequests DescribeSubnets DescribeVolumes DescribeVolumesModifications
        DisableFastSnapshotRestores EnableFastSnapshotRestores GetConsoleOutput
        ModifyInstanceAttribute ModifyInstanceMaintenanceOptions ModifyNetworkInterfaceAttribute
        ModifySnapshotTier ModifyVolume RebootInstances ReleaseAddress ReplaceNetworkAclAssociation
        RevokeSecurityGroupEgress RevokeSecurityGroupIngress RunInstances StartInstances StopInstances
        TerminateInstances
    """,
    "elasticache": """
        DescribeCacheClusters DescribeCacheSubnetGroups DescribeEvents DescribeReplicationGroups
        ListTagsForResource TestFailover
    """,
    "elbv2": """
        DeleteLoadBalancer DeregisterTargets DescribeListeners DescribeLoadBalancerAttributes
        DescribeLoadBalancers DescribeRules DescribeTags DescribeTargetGroups DescribeTargetHealth
    """,
    "iam": "GetRole SimulatePrincipalPolicy",
    "kms": "DescribeKey GetKeyPolicy ListGrants",
    "pricing": "GetProducts",
    "rds": """
        DescribeDBClusters DescribeDBInstances DescribeEvents FailoverDBCluster RebootDBInstance
        StartDBCluster StartDBInstance StopDBCluster StopDBInstance
    """,
    "route53": """
        ChangeResourceRecordSets GetChange GetHealthCheck GetHealthCheckStatus ListHostedZonesByName
        ListResourceRecordSets ListTagsForResource
    """,
    "s3": """
        DeleteBucketPolicy GetBucketLocation GetBucketPolicy GetBucketTagging PutBucketPolicy
    """,
    "scheduler": "CreateSchedule DeleteSchedule GetSchedule ListSchedules UpdateSchedule",
    "service-quotas": "GetServiceQuota",
    "sesv2": "GetAccount SendEmail",
    "sns": "Publish",
    "sqs": """
        ChangeMessageVisibilityBatch DeleteMessageBatch GetQueueAttributes ReceiveMessage
    """,
    "ssm": """
        CancelCommand DescribeDocument DescribeInstanceInformation DescribeSessions GetCommandInvocation
        GetDocument ListCommandInvocations ListCommands ListDocuments SendCommand
    """,
    "synthetics": "CreateCanary DescribeCanaries StartCanary",
}


def named(service: str) -> frozenset[str]:
    """The calls of one service; none for a service that is not named, whose description stays whole."""
    return frozenset(CALLS.get(service, "").split())
