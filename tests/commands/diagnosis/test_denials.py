"""Real denials by an emulator that enforces IAM: what toban reads of them, and that its statement ends them.

Set TOBAN_MINISTACK to the Python of an environment that has ministack (``pip install ministack``): it needs
another botocore than toban, and making its environment here would take longer than all of these tests.
ministack's trail leaves denied calls out, and its simulation the request's context: CloudTrail's part and the
condition of a grant are proved elsewhere, by contract.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from aws.account import AccountConfig, Accounts, Place
from aws.errors import Denied, speaking_plainly
from bot.command import World
from commands.diagnosis import keys, statement
from commands.diagnosis.looking import Looking
from commands.diagnosis.rights import NEEDED, KeyFacts, Right
from tests.aws import ministack
from tests.commands.diagnosis.replies import Remembering

ACCOUNT, REGION = "000000000000", "us-east-1"
ROLE, PLACE = f"arn:aws:iam::{ACCOUNT}:role/toban", Place("dev", REGION)
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
LOOKING = ["iam:SimulatePrincipalPolicy", "kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants"]
PYTHON = ministack.python()  # before each test forgets this machine's settings

pytestmark = pytest.mark.skipif(not PYTHON, reason="TOBAN_MINISTACK names no Python that has ministack")


class Root:
    """Whoever may do everything in the account."""

    def __init__(self, url: str) -> None:
        session = boto3.Session("test", "test", region_name=REGION)
        self._iam = session.client("iam", endpoint_url=url)
        self._kms = session.client("kms", endpoint_url=url)

    def make_role(self) -> None:
        """toban's role, which may look at keys and use none."""
        trust = document(allow(Principal=ROOT, Action="sts:AssumeRole"))
        self._iam.create_role(RoleName="toban", AssumeRolePolicyDocument=trust)
        self.give("look", allow(Action=LOOKING, Resource="*"))

    def give(self, name: str, *statements: dict[str, Any]) -> None:
        """Set one of the role's policies."""
        self._iam.put_role_policy(RoleName="toban", PolicyName=name, PolicyDocument=document(*statements))

    def key(self, *statements: dict[str, Any]) -> str:
        """A key, whose policy leaves it to the account unless it is told otherwise."""
        arn = str(self._kms.create_key()["KeyMetadata"]["Arn"])
        if statements:
            self.put(arn, *statements)
        return arn

    def put(self, arn: str, *statements: dict[str, Any]) -> None:
        """Set the policy of a key."""
        self._kms.put_key_policy(KeyId=arn, PolicyName="default", Policy=document(*statements))


def allow(**rest: Any) -> dict[str, Any]:
    """A statement that allows."""
    return {"Effect": "Allow", **rest}


def document(*statements: dict[str, Any]) -> str:
    """A policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ministack.serving(PYTHON) as url:
        Root(url).make_role()
        yield url


@pytest.fixture
def root(address: str) -> Root:
    made = Root(address)
    made.give("use", allow(Action="sts:GetCallerIdentity", Resource="*"))
    return made


@pytest.fixture
def aws(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Accounts]:
    """toban's accounts: it takes its role as it does in AWS."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    made = Accounts([AccountConfig("dev", ACCOUNT, (REGION,), ROLE)])
    yield made
    made.close()


def read(aws: Accounts, key: str) -> tuple[KeyFacts, list[str]]:
    """What toban, in its role, reads of the key, and what it may not read."""
    look = Looking(PLACE)
    world = World(datetime.now(UTC), "U0SATO", aws, Remembering(), None, UTC)  # type: ignore[arg-type]  # not asked
    return keys.read(world, look, key, ROLE), [str(one) for one in look.unread]


def grant(aws: Accounts, key: str) -> None:
    """Make a grant, as a start makes EC2 do for the role; toban's own clients know no such call."""
    given = aws.sts(PLACE).meta.endpoint_url
    taken = boto3.client("sts", region_name=REGION, endpoint_url=given).assume_role(
        RoleArn=ROLE, RoleSessionName="toban"
    )["Credentials"]
    role = boto3.Session(taken["AccessKeyId"], taken["SecretAccessKey"], taken["SessionToken"], REGION)
    with speaking_plainly("granting the key"):
        role.client("kms", endpoint_url=given).create_grant(
            KeyId=key, GranteePrincipal=ROLE, Operations=["Decrypt"]
        )


def test_what_iam_does_not_allow_is_read_so_and_the_printed_statement_allows_it(
    root: Root, aws: Accounts
) -> None:
    key = root.key()
    with pytest.raises(Denied):
        grant(aws, key)
    found, unread = read(aws, key)
    assert unread == []
    assert found.missing() == dict.fromkeys(NEEDED, Right.IAM_SILENT)
    printed = json.loads(statement.for_identity(key, NEEDED))
    root.give("use", *({name: one[name] for name in one if name != "Condition"} for one in printed))
    assert read(aws, key)[0].missing() == {}


def test_what_iam_denies_is_read_as_a_denial(root: Root, aws: Accounts) -> None:
    key = root.key()
    root.give(
        "use", allow(Action="kms:*", Resource="*"), {**allow(Action=NEEDED, Resource="*"), "Effect": "Deny"}
    )
    with pytest.raises(Denied):
        grant(aws, key)
    assert read(aws, key)[0].missing() == dict.fromkeys(NEEDED, Right.IAM_DENIES)


def test_a_key_that_names_others_is_read_so_and_the_printed_statement_opens_it(
    root: Root, aws: Accounts
) -> None:
    looking = allow(
        Principal=ROOT, Action=["kms:DescribeKey", "kms:GetKeyPolicy", "kms:ListGrants"], Resource="*"
    )
    key = root.key(looking)
    root.give("use", allow(Action="kms:*", Resource="*"))
    with pytest.raises(Denied):
        grant(aws, key)
    found, _ = read(aws, key)
    assert found.missing() == dict.fromkeys(NEEDED, Right.KEY_SILENT)
    root.put(key, looking, *json.loads(statement.for_key(found, NEEDED)))
    assert read(aws, key)[0].missing() == {}


def test_a_role_that_may_use_the_key_is_not_blamed(root: Root, aws: Accounts) -> None:
    key = root.key()
    root.give("use", allow(Action="kms:*", Resource="*"))
    grant(aws, key)
    assert read(aws, key)[0].missing() == {}


def test_what_the_role_may_not_read_is_named_with_its_permission(root: Root, aws: Accounts) -> None:
    key = root.key()
    root.give("use", {**allow(Action="kms:GetKeyPolicy", Resource="*"), "Effect": "Deny"})
    found, unread = read(aws, key)
    assert found.policy is None
    assert any("kms:GetKeyPolicy" in one for one in unread)
