"""What puts something back is sent again soon while AWS throttles it, and nothing else is."""

import time

import pytest

from aws import network_acl
from aws.account import Accounts
from aws.errors import NoAnswer, Refused, Throttled
from aws.haste import PAUSES
from aws.pace import way_back
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering, cutting, refusing

WAIT = refusing("RequestLimitExceeded", "Request limit exceeded.", 503)
YES = answering(
    "<DeleteNetworkAclResponse><requestId>r-1</requestId><return>true</return></DeleteNetworkAclResponse>"
)


def delete(accounts: Accounts) -> None:
    network_acl.delete(accounts.ec2_once(PLACE), "acl-1")


def test_a_way_back_is_sent_again_within_tenths_of_a_second(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [WAIT, WAIT, WAIT, YES]
    began = time.monotonic()
    with way_back():
        delete(wired)
    assert len(wire.seen) == 4
    assert time.monotonic() - began < 2


def test_its_reads_are_as_impatient(wired: Accounts) -> None:
    with way_back():
        assert wired.ec2(PLACE) is wired.ec2_once(PLACE)
    assert wired.ec2(PLACE) is not wired.ec2_once(PLACE)


def test_after_a_few_times_it_is_an_answer(
    wire: Wire, wired: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aws.haste.PAUSES", (0.0,) * len(PAUSES))
    wire.reactions = [WAIT]
    with way_back(), pytest.raises(Throttled):
        delete(wired)
    assert len(wire.seen) == 1 + len(PAUSES)


def test_what_puts_nothing_back_is_sent_once(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [WAIT]
    with pytest.raises(Throttled):
        delete(wired)
    assert len(wire.seen) == 1


def test_a_no_is_a_no(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [refusing("InvalidParameterValue", "no")]
    with way_back(), pytest.raises(Refused):
        delete(wired)
    assert len(wire.seen) == 1


def test_what_may_have_been_done_is_not_sent_again(wire: Wire, wired: Accounts) -> None:
    wire.reactions = [cutting]
    with way_back(), pytest.raises(NoAnswer):
        delete(wired)
    assert len(wire.seen) == 1
