"""SES's GetAccount, which moto does not have."""

import json
from collections.abc import Callable
from typing import Any

from moto.sesv2.responses import SESV2Response

from playground.aws.mailing import Mailing
from playground.aws.times import Times


class LocalSes(SESV2Response):
    """moto's, and how the account stands ("GetAccount", Amazon SES API v2 reference)."""

    mailing: Mailing

    def get_account(self) -> str:
        """Quota, status, and whether it is out of the sandbox."""
        one = self.mailing.there(self.current_account, self.region)
        quota = {"Max24HourSend": one.quota, "MaxSendRate": 14.0, "SentLast24Hours": one.sent}
        return json.dumps(
            {
                "DedicatedIpAutoWarmupEnabled": False,
                "EnforcementStatus": one.enforcement,
                "ProductionAccessEnabled": one.production,
                "SendQuota": quota,
                "SendingEnabled": one.enabled,
            }
        )


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for SES's URLs, bound to how accounts stand."""

    class BoundSes(LocalSes):
        pass

    BoundSes.mailing = times.mailing
    view: Callable[..., Any] = BoundSes.dispatch
    return view
