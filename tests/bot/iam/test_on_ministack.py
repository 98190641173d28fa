"""The generated policies on an emulator that enforces IAM: they suffice, and each of their actions is needed.

Set TOBAN_MINISTACK to the Python of an environment that has ministack (``pip install ministack``).  Its IAM
sees no tags of instances, its EC2 asks for no right to tag (ec2:CreateTags) and has neither CreateSnapshots
nor CreateImage: those are held against AWS's reference (`test_table.py`), and refused one by one
(`test_denials.py`).
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aws.account import AccountConfig, Accounts
from aws.errors import Denied
from aws.identity import who_am_i
from bot.iam.asked import OWN, Wish, policies, trusts
from tests.aws import ministack
from tests.bot.iam.given import settings
from tests.bot.iam.land import (
    ACCOUNT,
    CONFIG,
    EXTERNAL,
    OTHER,
    OWN_ROLE,
    REGION,
    ROLE,
    Land,
    actions,
    called,
    tell,
    toban,
)
from tests.bot.iam.refusing import Wire
from tests.bot.iam.stories import LINES, NOT_HERE, PLACE, instance, queues, receiving, story
from tests.house import House, Time, house

PYTHON = ministack.python()  # before each test forgets this machine's settings

pytestmark = pytest.mark.skipif(not PYTHON, reason="TOBAN_MINISTACK names no Python that has ministack")


@pytest.fixture(scope="module")
def land(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Land]:
    with ministack.serving(PYTHON) as url:
        made = Land(url)
        made.found(settings(tmp_path_factory.mktemp("found"), CONFIG))
        yield made


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    made = Wire()
    made.tap(monkeypatch)
    return made


@pytest.fixture
def there(land: Land, wire: Wire, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[House]:
    land.as_toban(monkeypatch)
    with toban(tmp_path) as made:
        yield made


# -- the proof -----------------------------------------------------------------------------------------


@pytest.mark.timeout(600)
def test_the_policy_suffices_and_each_of_its_actions_is_needed(
    land: Land, there: House, wire: Wire, tmp_path: Path
) -> None:
    """With all of it every story goes well; without one action a story that uses it names just that."""
    role = role_policies(tmp_path, Wish(verbs=tuple(LINES)))
    land.give(role)
    uses: dict[str, str] = {}  # action -> the first story that uses it
    for name in (*LINES, "events"):
        with wire.listening() as seen:
            told = story(land, there, name)
        assert told.well, (name, told)
        uses = {**dict.fromkeys(seen, name), **uses}
    assert sorted(actions(role) - set(uses)) == sorted(
        one for each in NOT_HERE.values() for one in each.split()
    )
    for action in sorted(actions(role) & set(uses)):
        land.give(role, without=action)
        told = story(land, there, uses[action])
        assert (told.well, told.lacks) == (False, {action}), (action, uses[action], told)


def test_what_does_not_carry_the_tag_is_not_touched(land: Land, there: House, tmp_path: Path) -> None:
    """To ministack's IAM no instance carries any; that AWS asks for them is held by `test_table.py`."""
    land.give(role_policies(tmp_path, Wish(verbs=("ec2.stop",), tags=("env=dev",))))
    told = tell(there, f"ec2 stop {instance(land)}")
    assert (told.well, told.lacks) == (False, {"ec2:StopInstances"})


def test_only_the_regions_of_the_config_are_seen(land: Land, there: House, tmp_path: Path) -> None:
    land.give(role_policies(tmp_path, Wish(verbs=("ec2.list",))))
    assert tell(there, "ec2 list").well
    elsewhere = [AccountConfig("dev", ACCOUNT, (OTHER,), role_arn=ROLE, external_id=EXTERNAL)]
    (tmp_path / "elsewhere").mkdir()
    with house(tmp_path / "elsewhere", elsewhere, time=Time(datetime.now(UTC))) as other:
        assert tell(other, "ec2 list").lacks == {"ec2:DescribeInstances"}


def test_only_the_queues_of_the_config_are_received_from(land: Land, there: House, tmp_path: Path) -> None:
    land.give(role_policies(tmp_path, Wish(verbs=("ec2.list",))))
    other = str(land.root("sqs").create_queue(QueueName="somebody-elses")["QueueUrl"])
    assert called(lambda: receiving(there, queues(land))).well
    assert called(lambda: receiving(there, (other, other))).lacks == {"sqs:ReceiveMessage"}


@pytest.mark.parametrize("external_id", [None, "another word"])
def test_the_role_is_taken_with_its_external_id_and_not_without(
    land: Land, monkeypatch: pytest.MonkeyPatch, external_id: str | None
) -> None:
    land.as_toban(monkeypatch)
    with pytest.raises(Denied, match="sts:AssumeRole"):
        who_is(land, external_id)
    assert ":assumed-role/toban/" in who_is(land, EXTERNAL)


def test_nobody_but_tobans_own_role_takes_it(land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even somebody of the account who may take any role."""
    taking = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
    land.as_somebody(monkeypatch, "somebody", taking)
    with pytest.raises(Denied, match="sts:AssumeRole"):
        who_is(land, EXTERNAL)


def test_whoever_prints_the_trust_as_tobans_own_role_needs_not_name_it(
    land: Land, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    land.as_toban(monkeypatch)
    ((_, made),) = trusts(settings(tmp_path, CONFIG), Wish(), "").documents.items()
    assert made["Statement"][0]["Principal"] == {"AWS": OWN_ROLE}


def test_tobans_own_role_takes_no_other(land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    land.open_role("for-anyone")
    land.as_toban(monkeypatch)
    with pytest.raises(Denied, match="sts:AssumeRole"):
        who_is(land, None, ROLE.replace("/toban", "/for-anyone"))


def who_is(land: Land, external_id: str | None, role: str = ROLE) -> str:
    """The ARN that this process has in that role.  Raises AwsError."""
    aws = Accounts([AccountConfig("dev", ACCOUNT, (REGION,), role_arn=role, external_id=external_id)])
    with closing(aws):
        return who_am_i(aws.sts(PLACE)).arn


def role_policies(folder: Path, wish: Wish) -> dict[str, dict[str, Any]]:
    """What toban prints for the role."""
    made = policies(settings(folder, CONFIG), wish).documents
    return {name: one for name, one in made.items() if name != OWN}
