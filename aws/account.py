"""AWS accounts and the regions toban looks after: the only maker of clients.

An account with a role is entered by AssumeRole, refreshed by botocore; one without is whoever the
process already is (instance profile, task role, profile).  There are no access keys here.  Endpoint
and profile come from AWS's own variables (AWS_ENDPOINT_URL, AWS_PROFILE ...), which botocore reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, cast

from botocore.config import Config

from aws import form, haste
from aws.bucket import PACED
from aws.errors import speaking_plainly
from aws.pace import Pace, is_way_back
from aws.session import Role, Sessions
from aws.told import Tell

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from mypy_boto3_autoscaling import AutoScalingClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client as ELBClient
    from mypy_boto3_rds import RDSClient
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_sts import STSClient

ATTEMPTS = 4  # of a call that may be repeated
ROLE_ATTEMPTS = 2  # of assuming a role, in each region
CONNECT_SECONDS = 5
READ_SECONDS = 30


@dataclass(frozen=True, slots=True)
class AccountConfig:
    """An account as the settings name it."""

    name: str  # what people type, such as "prod"
    id: str  # AWS's twelve digits
    regions: tuple[str, ...]
    role_arn: str | None = None  # None: the identity the process already has
    external_id: str | None = None  # asked for by the role's trust policy
    copy_keys: Mapping[str, str] = field(default_factory=dict)  # region -> KMS key of copies made there
    timer_role: str | None = None  # as which EventBridge Scheduler puts back what toban broke


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A region of an account."""

    account: str  # the account's name in the settings
    region: str


class Accounts:
    """Every account, and a client for any service in any place.  Safe to share between threads."""

    def __init__(
        self,
        configs: Sequence[AccountConfig],
        pace: Pace | None = None,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
        tell: Tell | None = None,
    ) -> None:
        self._configs = {config.name: config for config in configs}
        if len(self._configs) != len(configs):
            raise ValueError("two accounts have the same name")
        self._pace = pace or Pace()
        self._seconds = connect_seconds, read_seconds
        self._sessions = Sessions(self._config(ROLE_ATTEMPTS), tell)
        self._clients: dict[tuple[Place, str, bool], BaseClient] = {}
        self._lock = Lock()

    def places(self) -> tuple[Place, ...]:
        """Every region of every account, in the order of the settings."""
        return tuple(
            Place(name, region) for name, config in self._configs.items() for region in config.regions
        )

    def regions(self, account: str) -> tuple[str, ...]:
        """The regions of an account; raises LookupError for an unknown name."""
        return self.config(account).regions

    def config(self, account: str) -> AccountConfig:
        """The settings of an account; raises LookupError for an unknown name."""
        try:
            return self._configs[account]
        except KeyError:
            raise LookupError(f"there is no account named {account!r}") from None

    def client(self, service: str, place: Place, *, once: bool = False) -> "BaseClient":
        """The client of a service in a place, the same one each time.

        With `once`, botocore never repeats a call by itself: for changes that carry no client token,
        where a cut answer and a second try would make two of a thing.  A way back never waits for botocore's
        patience either: toban itself tries it again, and sooner.
        """
        once = once or is_way_back()
        key = (place, service, once)
        found = self._clients.get(key)
        if found is None:
            with self._lock:
                found = self._clients.get(key) or self._make(service, place, once=once)
                self._clients[key] = found
        return found

    def ec2(self, place: Place) -> "EC2Client":
        """EC2, for reads and for changes that may be repeated (StartInstances, DeleteSnapshot)."""
        return cast("EC2Client", self.client("ec2", place))

    def ec2_once(self, place: Place) -> "EC2Client":
        """EC2, for changes that must not be repeated blindly (CreateSnapshots, CreateImage)."""
        return cast("EC2Client", self.client("ec2", place, once=True))

    def autoscaling(self, place: Place) -> "AutoScalingClient":
        """Auto Scaling, for reads and for changes that may be repeated."""
        return cast("AutoScalingClient", self.client("autoscaling", place))

    def cloudwatch(self, place: Place) -> "CloudWatchClient":
        """CloudWatch: metrics and alarms; its changes may be repeated."""
        return cast("CloudWatchClient", self.client("cloudwatch", place))

    def elbv2(self, place: Place) -> "ELBClient":
        """Elastic Load Balancing, for reads and for changes that may be repeated."""
        return cast("ELBClient", self.client("elbv2", place))

    def rds(self, place: Place) -> "RDSClient":
        """RDS, for reads and for changes that may be repeated."""
        return cast("RDSClient", self.client("rds", place))

    def rds_once(self, place: Place) -> "RDSClient":
        """RDS, for failovers, which a second call would undo."""
        return cast("RDSClient", self.client("rds", place, once=True))

    def ssm(self, place: Place) -> "SSMClient":
        """Systems Manager, for reads: agents, documents, sessions, how a command stands."""
        return cast("SSMClient", self.client("ssm", place))

    def ssm_once(self, place: Place) -> "SSMClient":
        """Systems Manager, for commands, which must not be sent twice."""
        return cast("SSMClient", self.client("ssm", place, once=True))

    def sts(self, place: Place) -> "STSClient":
        """STS, which answers who toban is in this place."""
        return cast("STSClient", self.client("sts", place))

    def standing_keys(self) -> str:
        """Where the process has an access key from that never ends, in words; "" when it has none.

        Raises AwsError.
        """
        with speaking_plainly("looking at toban's own credentials"):
            return self._sessions.standing_keys()

    def close(self) -> None:
        """Close every connection; a later call makes new clients."""
        with self._lock:
            clients, self._clients = self._clients, {}
        for client in clients.values():
            client.close()

    def _make(self, service: str, place: Place, *, once: bool) -> "BaseClient":
        account = self.config(place.account)
        role = Role(account.role_arn, account.external_id, account.regions) if account.role_arn else None
        client = self._sessions.client(role, service, place.region, self._config(1 if once else ATTEMPTS))
        if once:
            haste.watch(client.meta.events)
        if service in PACED:
            self._pace.watch(client.meta.events, account.id, place.region, service)
        if service == "ec2":
            form.watch(client.meta.events)  # after the pace, which reads what is asked
        return client

    def _config(self, attempts: int) -> Config:
        connect_seconds, read_seconds = self._seconds
        return Config(
            connect_timeout=connect_seconds,
            read_timeout=read_seconds,
            max_pool_connections=32,
            retries={"mode": "standard", "total_max_attempts": attempts},
            tcp_keepalive=True,
        )
