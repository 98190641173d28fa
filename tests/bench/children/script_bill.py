"""The reference of reading a bill: boto3 as it comes, and a tuple a group.  Arguments: first and last day."""

import json
import sys
from datetime import date, timedelta
from decimal import Decimal

import boto3

from tests.bench import usage


def main() -> None:
    """Measure one answer, from the request to the amounts."""
    first, last = map(date.fromisoformat, sys.argv[1:])
    ce = boto3.client("ce")
    with usage.measured() as spent:
        reply = ce.get_cost_and_usage(
            TimePeriod={"Start": f"{first}", "End": f"{last + timedelta(days=1)}"},
            Granularity="DAILY",
            Metrics=["UnblendedCost"],
            GroupBy=[
                {"Type": "DIMENSION", "Key": "SERVICE"},
                {"Type": "DIMENSION", "Key": "LINKED_ACCOUNT"},
            ],
        )
        amounts = [
            (
                result["TimePeriod"]["Start"],
                group["Keys"],
                Decimal(group["Metrics"]["UnblendedCost"]["Amount"]),
            )
            for result in reply["ResultsByTime"]
            for group in result["Groups"]
        ]
    total = sum((amount for _day, _keys, amount in amounts), Decimal(0))
    sys.stdout.write(json.dumps(spent | {"groups": len(amounts), "total": str(total)}) + "\n")


if __name__ == "__main__":
    main()
