"""Where toban itself runs: one of the config's accounts, and one of its regions.  Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from aws.account import AccountConfig
from bot.iam.asked import OWN
from bot.iam.ground import chosen, partition_of
from bot.settings import Settings

QUEUE, DEAD_LETTERS, BUS = "toban", "toban-dead", "toban"


@dataclass(frozen=True, slots=True)
class Home:
    """The account and region of toban.yaml's stack."""

    account: AccountConfig
    region: str

    @property
    def principal(self) -> str:
        """toban's own role there."""
        return f"arn:{partition_of(self.account)}:iam::{self.account.id}:role/{OWN}"

    @property
    def bus(self) -> str:
        """Where the accounts send what AWS says."""
        return f"arn:{partition_of(self.account)}:events:{self.region}:{self.account.id}:event-bus/{BUS}"


def home(settings: Settings, name: str) -> Home:
    """The account of this name; "": the one that says so by what it has.  Raises UsageError."""
    account = chosen(settings, (name,))[0] if name else next(_likely(settings))
    queues = (one.region for one in settings.queues if one.account == account.name)
    return Home(account, next(queues, account.regions[0]))


def _likely(settings: Settings) -> Iterator[AccountConfig]:
    """Where toban acts as itself; else where its queue is; else the first."""
    yield from (one for one in settings.accounts if not one.role_arn)
    named = {one.account for one in settings.queues}
    yield from (one for one in settings.accounts if one.name in named)
    yield from settings.accounts


def queue_url(region: str, account: str, name: str = QUEUE) -> str:
    """The address of a queue of the template ("Amazon SQS endpoints and quotas", AWS General Reference)."""
    china = ".cn" if region.startswith("cn-") else ""
    return f"https://sqs.{region}.amazonaws.com{china}/{account}/{name}"
