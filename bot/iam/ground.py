"""The accounts of the config, as far as policies speak of them."""

from collections.abc import Iterable, Mapping, Sequence

from aws.account import AccountConfig
from bot.arguments import UsageError
from bot.grammar.suggest import hint
from bot.iam.scope import Ground
from bot.settings import Settings
from bot.words import words

_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
"""What the regions of the other partitions begin with ("Amazon Resource Names", AWS General Reference)."""


def chosen(settings: Settings, names: Sequence[str]) -> tuple[AccountConfig, ...]:
    """The accounts of these names; without names, all.  Raises UsageError for one that there is not."""
    known = {one.name: one for one in settings.accounts}
    for name in names:
        if name not in known:
            raise UsageError(
                words("The config names no account “{name}”. {hint}", name=name, hint=hint(name, known))
            )
    return tuple(one for one in settings.accounts if not names or one.name in names)


def tags(given: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """KEY=VALUE, as often as one likes; several values of a key: one of them.  Raises UsageError."""
    found: dict[str, tuple[str, ...]] = {}
    for text in given:
        key, is_pair, value = text.partition("=")
        if not key or not is_pair:
            raise UsageError(words("“{text}” is no tag; write it like env=dev.", text=text))
        found[key] = (*found.get(key, ()), value)
    return found


def ground(
    settings: Settings, account: AccountConfig, tagged: Mapping[str, tuple[str, ...]], keys: Sequence[str]
) -> Ground:
    """One account; `keys` are KMS keys beside those that the config names for copies."""
    partition = partition_of(account)
    return Ground(
        name=account.name,
        account=account.id,
        regions=account.regions,
        partition=partition,
        lists=_lists(settings, account, partition, keys),
        tags=tagged,
    )


def partition_of(account: AccountConfig) -> str:
    """The partition that its role or its regions are in."""
    if account.role_arn:
        return account.role_arn.split(":")[1]
    begins = (its for prefix, its in _PARTITIONS.items() if account.regions[0].startswith(prefix))
    return next(begins, "aws")


def _lists(
    settings: Settings, account: AccountConfig, partition: str, keys: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    def queues(urls: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        return tuple(_queue(partition, account.id, region, url) for region, url in urls if url)

    ours = [one for one in settings.queues if one.account == account.name]
    topics = (one.topic for one in settings.rules if f":{account.id}:" in one.topic)
    return {
        "queues": queues((one.region, one.url) for one in ours),
        "dead_letters": queues((one.region, one.dead_letters) for one in ours),
        "topics": tuple(sorted(set(topics))),
        "self": (account.role_arn or f"arn:{partition}:iam::{account.id}:role/*",),
        "timer_role": (account.timer_role,) if account.timer_role else (),
        "keys": tuple(dict.fromkeys([*account.copy_keys.values(), *_in(account.id, keys)])),
        "payer": ("*",) if account.name in settings.bill.payers else (),
    }


def _in(account: str, arns: Iterable[str]) -> Iterable[str]:
    return (arn for arn in arns if f":{account}:" in arn)


def _queue(partition: str, account: str, region: str, url: str) -> str:
    """The ARN of a queue; its address ends with /ACCOUNT/NAME ("Queue and message identifiers", SQS)."""
    *_, owner, name = url.rstrip("/").split("/")
    return f"arn:{partition}:sqs:{region}:{owner if owner.isdecimal() else account}:{name}"
