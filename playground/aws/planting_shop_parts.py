"""What each place of the shop is made of, its network aside: balancer, group, database, cache and bucket."""

import inspect
import json
from collections.abc import Sequence
from typing import Any

from playground.aws import group_launches
from playground.aws.shop_plan import BUCKET, CACHE, DATABASE, ROLE, SHOP, TAGS, WEB, listed

_IMAGE, _TYPE = "ami-0ff5b9c5e1d2a3b4c", "t3.small"
CHECK_EVERY, CHECK_TIMEOUT, HEALTHY, UNHEALTHY = 5, 2, 2, 2  # seconds, seconds, checks, checks


def balancer(balancing: Any, vpc: str, subnets: Sequence[Any]) -> tuple[Any, Any]:
    """Make a load balancer whose listener sends everything to one target group; return both."""
    made = balancing.create_load_balancer(
        SHOP, [], [one.id for one in subnets], loadbalancer_type="application", tags=listed(TAGS)
    )
    made.activate()
    made.attrs["zonal_shift.config.enabled"] = "true"
    targets = balancing.create_target_group(
        WEB, vpc_id=vpc, protocol="HTTP", port="80", target_type="instance",
        healthcheck_path="/health", healthcheck_interval_seconds=CHECK_EVERY,
        healthcheck_timeout_seconds=CHECK_TIMEOUT, healthy_threshold_count=str(HEALTHY),
        unhealthy_threshold_count=str(UNHEALTHY), tags=listed(TAGS),
    )  # fmt: skip
    action = {"Type": "forward", "TargetGroupArn": targets.arn}
    balancing.create_listener(made.arn, "HTTP", "80", None, [], [action])
    return made, targets


def group(ec2: Any, scaling: Any, count: int, subnets: Sequence[Any], targets: Any) -> tuple[Any, ...]:
    """Make a group over these subnets and launch its instances; return them."""
    template = ec2.create_launch_template(WEB, "", {"ImageId": _IMAGE, "InstanceType": _TYPE}, {})
    propagated = [{**one, "PropagateAtLaunch": True} for one in listed({"Name": WEB, **TAGS})]
    made = scaling.create_auto_scaling_group(
        name=WEB, availability_zones=[], desired_capacity=0, min_size=0, max_size=count + 2,
        launch_config_name="", launch_template={"LaunchTemplateId": template.id, "Version": "$Latest"},
        vpc_zone_identifier=",".join(one.id for one in subnets), default_cooldown=None,
        health_check_period=90, health_check_type="EC2", load_balancers=[], target_group_arns=[targets.arn],
        placement_group=None, termination_policies=[], tags=propagated,
    )  # fmt: skip
    launched = tuple(group_launches.launch(made) for _ in range(count))
    made.desired_capacity, made.min_size = count, count
    return launched


def database(rds: Any, zone: str, subnets: Sequence[Any]) -> None:
    """Make a Multi-AZ database with its primary in this zone."""
    rds.create_subnet_group(DATABASE, "the shop's databases", list(subnets), listed(TAGS))
    rds.create_db_instance(
        {
            "db_instance_identifier": DATABASE,
            "db_instance_class": "db.t4g.medium",
            "engine": "mysql",
            "allocated_storage": 20,
            "backup_retention_period": 1,
            "multi_az": True,
            "availability_zone": zone,
            "db_subnet_group_name": DATABASE,
            "storage_encrypted": True,
            "master_username": "shop",
            "tags": listed({"Name": DATABASE, **TAGS}),
        }
    )


def cache(elasticache: Any, zones: Sequence[str], subnets: Sequence[Any]) -> None:
    """Make a cache with its primary in the first of two zones."""
    make = elasticache.create_replication_group
    unnamed = dict.fromkeys(inspect.signature(make).parameters)
    elasticache.create_cache_subnet_group(
        CACHE, "the shop's cache", [one.id for one in subnets], listed(TAGS)
    )
    named = {
        "replication_group_id": CACHE,
        "replication_group_description": "sessions",
        "automatic_failover_enabled": True,
        "multi_az_enabled": True,
        "replicas_per_node_group": 1,
        "preferred_cache_cluster_azs": list(zones[:2]),
        "cache_node_type": "cache.t4g.small",
        "engine": "redis",
        "cache_subnet_group_name": CACHE,
        "tags": listed(TAGS),
    }
    make(**unnamed | named).subnets_of = CACHE


def role(iam: Any) -> None:
    """Make the role of the web servers, which may read the pictures."""
    made = iam.create_role(ROLE, _policy("sts:AssumeRole", Principal={"Service": "ec2.amazonaws.com"}), "/",
                           None, "the shop's web servers", listed(TAGS), None)  # fmt: skip
    pictures = f"arn:aws:s3:::{BUCKET}-*/*"
    iam.put_role_policy(made.name, "pictures", _policy("s3:GetObject", Resource=pictures))


def pictures(s3: Any, region: str) -> None:
    """Make the bucket of pictures of a place."""
    name = f"{BUCKET}-{region}"
    s3.create_bucket(name, region)
    s3.put_bucket_tagging(name, dict(TAGS))
    s3.put_object(name, "asagao.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>')


def _policy(action: str, **more: Any) -> str:
    statement = {"Effect": "Allow", "Action": action, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
