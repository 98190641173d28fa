"""Service Quotas for EC2 and EBS, which moto does not know; the values are those AWS begins with."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.servicequotas.responses import ServiceQuotasResponse

from playground.aws.times import Times

QUOTAS: Mapping[tuple[str, str], tuple[str, float, str]] = {
    ("ec2", "L-1216C47A"): ("Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", 128, "None"),
    ("ec2", "L-34B43A08"): ("All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests", 64, "None"),
    ("ec2", "L-0263D0A3"): ("EC2-VPC Elastic IPs", 5, "None"),
    ("ec2", "L-B665C33B"): ("AMIs", 50_000, "None"),
    ("ebs", "L-7A658B76"): ("Storage for General Purpose SSD (gp3) volumes, in TiB", 50, "None"),
    ("ebs", "L-D18FCD1D"): ("Storage for General Purpose SSD (gp2) volumes, in TiB", 50, "None"),
    ("ebs", "L-309BACF6"): ("Snapshots per Region", 100_000, "None"),
}
"""By service and code ("Amazon EC2 service quotas", "Amazon EBS service quotas"): name, value, unit."""


class LocalServiceQuotas(ServiceQuotasResponse):
    """Quotas that nobody has raised."""

    def get_service_quota(self) -> str:
        """One quota of the place.  A code that there is not is refused, as by AWS."""
        asked = json.loads(self.body)
        service, code = asked.get("ServiceCode", ""), asked.get("QuotaCode", "")
        if (service, code) not in QUOTAS:
            words = f"The request failed because the specified service quota {code} does not exist."
            raise JsonRESTError("NoSuchResourceException", words)
        name, value, unit = QUOTAS[service, code]
        arn = f"arn:aws:servicequotas:{self.region}:{self.current_account}:{service}/{code}"
        return json.dumps(
            {
                "Quota": {
                    "ServiceCode": service,
                    "QuotaArn": arn,
                    "QuotaCode": code,
                    "QuotaName": name,
                    "Value": value,
                    "Unit": unit,
                    "Adjustable": True,
                    "GlobalQuota": False,
                }
            }
        )

    def get_aws_default_service_quota(self) -> str:
        """The same: nobody has raised any."""
        return self.get_service_quota()


def dispatcher(_times: Times) -> Callable[..., Any]:
    """Return the view for Service Quotas' one URL."""
    view: Callable[..., Any] = LocalServiceQuotas.dispatch
    return view
