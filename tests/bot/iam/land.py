"""An account of ministack's with toban's two roles, and lines that are asked in it as toban asks them."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest

from aws.account import AccountConfig
from aws.errors import AwsError
from bot.flow.receive import Accepted
from bot.iam.asked import OWN, Wish, policies, trusts
from bot.operation import State, StepState
from bot.refusals import said
from bot.settings import Settings
from tests.bot.iam.refusing import BATCHES
from tests.bot.iam.spoken import spoken
from tests.house import APPROVER, House, Time, house

ACCOUNT, REGION, SECOND, OTHER = "000000000000", "us-east-1", "us-west-2", "eu-west-1"
ROLE, OWN_ROLE = f"arn:aws:iam::{ACCOUNT}:role/toban", f"arn:aws:iam::{ACCOUNT}:role/toban-own"
EXTERNAL = "a long random word"
CONFIG = f"""
zone = "Asia/Tokyo"
[accounts.dev]
id = "{ACCOUNT}"
regions = ["{REGION}", "{SECOND}"]
role = "{ROLE}"
external_id = "{EXTERNAL}"
[queues.main]
account = "dev"
region = "{REGION}"
url = "https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/toban"
dead_letters = "https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/toban-dead"
[channels.C0OPS]
language = "en"
[groups]
operators = ["U0SATO"]
"""
OF_NOTHING = {"ec2:CopySnapshot", "rds:DescribeDBClusters", "rds:DescribeDBInstances"}
"""Where ministack asks for the right to all: it looks for a resource in parameters that these do not have."""
LACKS = re.compile(r" lacks ([\w-]+:\w+)")
WELL = {State.ANSWERED, State.DONE}
LEFT = {StepState.DONE, StepState.SKIPPED}


@dataclass
class Land:
    """The account: root's hands, and toban's roles with whatever policies they have now."""

    url: str
    role_policies: set[str] = field(default_factory=set)

    def root(self, service: str, region: str = REGION) -> Any:
        """A client of whoever may do everything."""
        session: Any = boto3.Session("test", "test", region_name=region)
        return session.client(service, endpoint_url=self.url)

    def found(self, settings: Settings) -> None:
        """Make both roles, with the trust that toban prints and the policy of its own role."""
        iam = self.root("iam")
        self.open_role("toban-own")
        ((_, trust),) = trusts(settings, Wish(), OWN_ROLE).documents.items()
        iam.create_role(RoleName="toban", AssumeRolePolicyDocument=json.dumps(trust))
        own = policies(settings, Wish(verbs=("ec2.list",))).documents[OWN]
        iam.put_role_policy(RoleName="toban-own", PolicyName="own", PolicyDocument=json.dumps(own))

    def open_role(self, name: str) -> str:
        """A role that anyone of the account may take; returns its ARN."""
        root = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
        trust = _policy([{"Effect": "Allow", "Principal": root, "Action": "sts:AssumeRole"}])
        made = self.root("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust)
        return str(made["Role"]["Arn"])

    def as_toban(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Be toban: this process is in its own role."""
        self._be(monkeypatch, OWN_ROLE)

    def as_somebody(self, monkeypatch: pytest.MonkeyPatch, name: str, may: Mapping[str, Any]) -> None:
        """Be in another role of the account."""
        arn = self.open_role(name)
        self.root("iam").put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=_policy([may]))
        self._be(monkeypatch, arn)

    def _be(self, monkeypatch: pytest.MonkeyPatch, role: str) -> None:
        taken = self.root("sts").assume_role(RoleArn=role, RoleSessionName="host")["Credentials"]
        monkeypatch.setenv("AWS_ENDPOINT_URL", self.url)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", taken["AccessKeyId"])
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", taken["SecretAccessKey"])
        monkeypatch.setenv("AWS_SESSION_TOKEN", taken["SessionToken"])

    def give(self, documents: Mapping[str, dict[str, Any]], without: str = "") -> None:
        """Give toban's role these policies, without one of their actions."""
        iam = self.root("iam")
        for name in self.role_policies - set(documents):
            iam.delete_role_policy(RoleName="toban", PolicyName=name)
        for name, one in documents.items():
            kept = [_seen_here(_without(each, without)) for each in one["Statement"]]
            text = _here(_policy([each for each in kept if each["Action"]]))
            iam.put_role_policy(RoleName="toban", PolicyName=name, PolicyDocument=text)
        self.role_policies = set(documents)


def actions(documents: Mapping[str, dict[str, Any]]) -> set[str]:
    """Every action of these policies."""
    return {name for one in documents.values() for each in one["Statement"] for name in _many(each["Action"])}


def _many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _without(statement: Mapping[str, Any], action: str) -> dict[str, Any]:
    return {**statement, "Action": [one for one in _many(statement["Action"]) if one != action]}


def _policy(statements: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def _here(text: str) -> str:
    """ministack gives snapshots and images an account, which they have not in AWS."""
    return text.replace(":ec2:*::", f":ec2:*:{ACCOUNT}:")


def _seen_here(statement: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the names that ministack has for a batch's right, and where it looks at no resource."""
    names = [*statement["Action"], *(batch for batch, one in BATCHES.items() if one in statement["Action"])]
    on = "*" if set(names) & OF_NOTHING else statement["Resource"]
    return {**statement, "Action": names, "Resource": on}


# -- toban in it ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """How a line went, and everything that was said of it."""

    well: bool
    text: str

    @property
    def lacks(self) -> set[str]:
        """The rights that are named as missing."""
        return {BATCHES.get(one, one) for one in LACKS.findall(self.text)}


@contextmanager
def toban(folder: Path) -> Iterator[House]:
    """The path of toban over this account, which it enters by its role."""
    account = AccountConfig("dev", ACCOUNT, (REGION, SECOND), role_arn=ROLE, external_id=EXTERNAL)
    with house(folder, [account], time=Time(datetime.now(UTC))) as there:
        yield there


def tell(there: House, line: str) -> Told:
    """Ask, agree, work, and read what is said."""
    received = there.ask(line)
    assert isinstance(received, Accepted), received
    there.engine.run_until_idle()
    there.click(received.number, APPROVER)
    there.work(passing=20, turns=4)
    there.work(passing=700, turns=2)  # until whatever does not come is given up
    operation, steps = there.operation(received.number), there.steps(received.number)
    words = [spoken(operation.plan), spoken(operation.reason), *(spoken(one.reason) for one in steps)]
    text = " ".join(words)
    well = operation.state in WELL and all(one.state in LEFT for one in steps)
    return Told(well and not LACKS.search(text), text)


def called(do: Callable[[], object]) -> Told:
    """What comes of something that is no line."""
    try:
        do()
    except AwsError as error:
        return Told(False, str(said(error)))
    return Told(True, "")
