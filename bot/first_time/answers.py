"""What a first config file is made of, and how it is written."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.config.http import HERE
from bot.deployment.home import DEAD_LETTERS, QUEUE, queue_url

REGION, ROLE = "ap-northeast-1", "toban"


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked or given by flags; each is as the config file takes it."""

    zone: str
    language: str  # en or ja
    accounts: tuple[tuple[str, str], ...]  # name and twelve digits
    regions: tuple[str, ...]
    role: str  # the role's name in every account; "": toban acts as whoever it is
    external_id: str  # what the roles' trust asks for; "" for nothing
    channels: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()  # people (U…) and user groups (S…)
    approvers: tuple[str, ...] = ()
    home: str = ""  # the account in which toban itself runs by the deployment files; "": nowhere yet
    url: str = ""  # under which Slack finds toban by HTTP; "": Socket Mode


def toml(given: Answers) -> str:
    """The config file.  Nothing in it needs to be escaped: ids, names and regions were read as such."""
    return "\n".join(_lines(given)) + "\n"


def _lines(given: Answers) -> Iterator[str]:
    yield "# toban's config.  docs/configuration.md says what else may stand here."
    yield f'zone = "{given.zone}"'
    yield f'language = "{given.language}"'
    for name, account in given.accounts:
        yield from ("", f"[accounts.{name}]", f'id = "{account}"', f"regions = {_list(given.regions)}")
        if given.role:
            yield f'role = "arn:{_partition(given.regions[0])}:iam::{account}:role/{given.role}"'
            if given.external_id:
                yield f'external_id = "{given.external_id}"'
    for channel in given.channels:
        yield from ("", f"[channels.{channel}]", f'language = "{given.language}"')
    if given.home:
        yield from _of_home(given)
    if given.url:
        yield from ("", "[http]", f'url = "{given.url}"', f'listen = "{HERE}"')
    yield from ("", "# Who may do what is said by the policy; these are the groups it speaks of.", "[groups]")
    yield f"operators = {_list(given.operators)}"
    yield f"approvers = {_list(given.approvers)}"


def _of_home(given: Answers) -> Iterator[str]:
    """What the stack makes there: the queue of events; and the page that its alarms live on."""
    region, account = given.regions[0], dict(given.accounts)[given.home]
    yield from ("", f"[queues.{given.home}]", f'account = "{given.home}"', f'region = "{region}"')
    yield f'url = "{queue_url(region, account, QUEUE)}"'
    yield f'dead_letters = "{queue_url(region, account, DEAD_LETTERS)}"'
    yield from ("", "[health]")


def _list(values: Sequence[str]) -> str:
    return json.dumps(list(values))  # which is a list of TOML, too


def _partition(region: str) -> str:
    """The partition of a region ("Amazon Resource Names", AWS General Reference)."""
    begins = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
    return next((its for begin, its in begins.items() if region.startswith(begin)), "aws")
