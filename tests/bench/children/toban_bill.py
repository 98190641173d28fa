"""toban's reading of a bill; prints what it took.  Arguments: the first and the last day."""

import json
import sys
from datetime import date

from aws import cost_explorer
from aws.account import AccountConfig, Accounts
from bot.process import for_long
from tests.bench import environment, usage


def main() -> None:
    """Measure one answer, from the request to the amounts."""
    first, last = map(date.fromisoformat, sys.argv[1:])
    aws = Accounts([AccountConfig("payer", environment.PROD, environment.REGIONS)])
    ce = cost_explorer.client(aws, "payer")
    for_long()  # as `toban run` does
    with usage.measured() as spent:
        page = cost_explorer.cost_and_usage(ce, first=first, last=last, by="service", metric="unblended")
    total = sum(one.amount for one in page.amounts)
    sys.stdout.write(json.dumps(spent | {"groups": len(page.amounts), "total": str(total)}) + "\n")
    aws.close()


if __name__ == "__main__":
    main()
