"""Amazon SES: how much may be sent and was, and whether AWS lets an account send at all.

Sources: "GetAccount" (Amazon SES API v2 reference), "Monitoring your Amazon SES sender reputation" (SES
developer guide): the rates are CloudWatch's metrics Reputation.BounceRate and Reputation.ComplaintRate, as
fractions.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from aws import metric
from aws.account import Accounts, Place
from aws.errors import speaking_plainly
from aws.metric import CloudWatch

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

NAMESPACE = "AWS/SES"
BOUNCES, COMPLAINTS = "Reputation.BounceRate", "Reputation.ComplaintRate"
HEALTHY, PROBATION, SHUTDOWN = "HEALTHY", "PROBATION", "SHUTDOWN"
PERIOD = timedelta(hours=1)
IAM = ("cloudwatch:GetMetricData", "ses:GetAccount")


@dataclass(frozen=True, slots=True)
class Sending:
    """How an account stands with SES in a region."""

    quota: float  # mails in 24 hours; -1: as many as one likes
    rate: float  # mails a second
    sent: float  # in the last 24 hours
    enabled: bool
    production: bool  # not in the sandbox
    enforcement: str  # HEALTHY, PROBATION (under review), SHUTDOWN (paused)

    @property
    def used(self) -> float | None:
        """The share of the quota that the last 24 hours took; None without a quota."""
        return self.sent / self.quota if self.quota > 0 else None


def client(aws: Accounts, place: Place) -> "SESV2Client":
    """SES in this place, for reads."""
    return cast("SESV2Client", aws.client("sesv2", place))


def read(ses: "SESV2Client") -> Sending:
    """How the account stands.  Raises AwsError."""
    with speaking_plainly("looking at SES"):
        found = ses.get_account()
    quota = found.get("SendQuota", {})
    return Sending(
        quota=quota.get("Max24HourSend", 0.0),
        rate=quota.get("MaxSendRate", 0.0),
        sent=quota.get("SentLast24Hours", 0.0),
        enabled=found.get("SendingEnabled", False),
        production=found.get("ProductionAccessEnabled", False),
        enforcement=found.get("EnforcementStatus", HEALTHY),
    )


def newest(cloudwatch: CloudWatch, name: str, now: datetime, within: timedelta) -> float | None:
    """The newest value of one of SES's metrics; None when there is none so new.  Raises AwsError."""
    wanted = {
        "namespace": NAMESPACE,
        "name": name,
        "statistic": "Maximum",
        "period": str(int(PERIOD.total_seconds())),
        "dimensions": "{}",
    }
    points = metric.points(cloudwatch, wanted, now - within, now)
    return points[-1][1] if points else None
