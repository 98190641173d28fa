"""Route 53 of the local AWS: what moto's does not do."""

from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE, PRODUCTION

NAME = "shop.example.com."


@pytest.fixture
def route53(aws: LocalAws) -> Any:
    return aws.client("route53", account=PRODUCTION, region="us-east-1", config=ONCE)


@pytest.fixture
def zone(route53: Any) -> str:
    made = route53.create_hosted_zone(Name="example.com", CallerReference="x")["HostedZone"]["Id"]
    return str(made.rpartition("/")[2])


def weighted(id: str, weight: int, **more: Any) -> Mapping[str, Any]:  # noqa: A002 - Route 53's word
    one = {"Name": NAME, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
    return {**one, "SetIdentifier": id, "Weight": weight, **more}


def failing(id: str, role: str, **more: Any) -> Mapping[str, Any]:  # noqa: A002 - Route 53's word
    one = {key: value for key, value in weighted(id, 0).items() if key != "Weight"}
    return {**one, "Failover": role, "HealthCheckId": "check", **more}


def change(route53: Any, zone: str, *changes: tuple[str, Mapping[str, Any]]) -> str:
    batch = {"Changes": [{"Action": action, "ResourceRecordSet": one} for action, one in changes]}
    return str(route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)["ChangeInfo"]["Id"])


def weights(route53: Any, zone: str) -> dict[str, Any]:
    found = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return {
        one["SetIdentifier"]: one.get("Weight", one.get("Failover"))
        for one in found
        if "SetIdentifier" in one
    }


def test_a_delete_and_a_create_of_one_record_change_it(route53: Any, zone: str) -> None:
    change(route53, zone, ("CREATE", weighted("tokyo", 10)), ("CREATE", weighted("virginia", 0)))
    change(route53, zone, ("DELETE", weighted("tokyo", 10)), ("CREATE", weighted("tokyo", 0)))
    assert weights(route53, zone) == {"tokyo": 0, "virginia": 0}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (("DELETE", weighted("tokyo", 11)), "do not match the current values"),
        (("DELETE", weighted("tokyo", 10, TTL=61)), "do not match the current values"),
        (("DELETE", weighted("osaka", 10)), "it was not found"),
        (("CREATE", weighted("tokyo", 1)), "already exists"),
        (("CREATE", weighted("osaka", 256)), "is no weight"),
        (("CREATE", failing("osaka", "PRIMARY")), "cannot have failover and weight records"),
        (("CREATE", weighted("x", 1, Name="shop.example.org.")), "is not permitted in zone"),
    ],
)
def test_one_bad_change_is_no_change_at_all(
    route53: Any, zone: str, bad: tuple[str, Mapping[str, Any]], why: str
) -> None:
    change(route53, zone, ("CREATE", weighted("tokyo", 10)))
    with pytest.raises(ClientError, match="InvalidChangeBatch") as refused:
        change(route53, zone, ("CREATE", weighted("virginia", 5)), bad)
    assert why in str(refused.value)
    assert weights(route53, zone) == {"tokyo": 10}


def test_roles_are_swapped_in_one_batch_only(route53: Any, zone: str) -> None:
    home, away = failing("tokyo", "PRIMARY"), failing("virginia", "SECONDARY")
    change(route53, zone, ("CREATE", home), ("CREATE", away))
    with pytest.raises(ClientError, match="already has a PRIMARY"):
        change(route53, zone, ("UPSERT", {**away, "Failover": "PRIMARY"}))
    swapped = [("CREATE", failing("tokyo", "SECONDARY")), ("CREATE", failing("virginia", "PRIMARY"))]
    change(route53, zone, ("DELETE", home), ("DELETE", away), *swapped)
    assert weights(route53, zone) == {"tokyo": "SECONDARY", "virginia": "PRIMARY"}


def test_a_primary_that_nobody_checks_is_refused(route53: Any, zone: str) -> None:
    unchecked = {key: value for key, value in failing("x", "PRIMARY").items() if key != "HealthCheckId"}
    with pytest.raises(ClientError, match="must have an associated health check"):
        change(route53, zone, ("CREATE", unchecked))


def test_a_change_is_pending_for_as_long_as_it_is_told(aws: LocalAws, route53: Any, zone: str) -> None:
    aws.control.records_take(30)
    made = change(route53, zone, ("CREATE", weighted("tokyo", 10)))
    assert route53.get_change(Id=made)["ChangeInfo"]["Status"] == "PENDING"
    aws.control.advance(31)
    assert route53.get_change(Id=made)["ChangeInfo"]["Status"] == "INSYNC"
    with pytest.raises(ClientError, match="NoSuchChange"):
        route53.get_change(Id="C0")


def test_a_health_check_fails_when_it_is_told(aws: LocalAws, route53: Any) -> None:
    config = {"Type": "HTTPS", "FullyQualifiedDomainName": "shop.example.com"}
    made = route53.create_health_check(CallerReference="x", HealthCheckConfig=config)["HealthCheck"]["Id"]

    def said() -> str:
        (one,) = route53.get_health_check_status(HealthCheckId=made)["HealthCheckObservations"]
        return str(one["StatusReport"]["Status"])

    assert said().startswith("Success")
    aws.control.health_check_fails(made)
    assert said().startswith("Failure")


def test_its_calls_have_names(aws: LocalAws, route53: Any, zone: str) -> None:
    aws.control.log.clear()
    made = change(route53, zone, ("CREATE", weighted("tokyo", 10)))
    route53.get_change(Id=made)
    route53.list_resource_record_sets(HostedZoneId=zone, StartRecordName=NAME)
    route53.list_tags_for_resource(ResourceType="hostedzone", ResourceId=zone)
    route53.list_hosted_zones_by_name(DNSName="example.com")
    named = ["ChangeResourceRecordSets", "GetChange", "ListResourceRecordSets", "ListTagsForResource"]
    assert [call.action for call in aws.control.calls()] == [*named, "ListHostedZonesByName"]
