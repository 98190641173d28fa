"""Every request to AWS is told of: what it was, what became of it, and AWS's own id of it."""

import logging
from collections.abc import Iterator

import pytest

from aws import instance
from aws.account import AccountConfig, Accounts
from aws.errors import AwsError
from aws.told import Became, Request
from tests.aws.conftest import PLACE
from tests.aws.wire import Wire, answering, cutting, refusing, serving

STOPPED = "<StopInstancesResponse><requestId>req-7</requestId><instancesSet/></StopInstancesResponse>"


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    made = Wire()
    with serving(made) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        yield made


@pytest.fixture
def told() -> list[Request]:
    return []


@pytest.fixture
def accounts(told: list[Request]) -> Iterator[Accounts]:
    made = Accounts([AccountConfig("dev", "123456789012", ("eu-west-1",))], tell=told.append)
    yield made
    made.close()


def stop(accounts: Accounts) -> None:
    instance.stop(accounts.ec2_once(PLACE), ["i-0hush"])


def test_a_change_is_logged_with_the_id_that_aws_gave_it(
    wire: Wire, accounts: Accounts, told: list[Request], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "toban.aws")
    wire.reactions = [answering(STOPPED)]
    stop(accounts)
    assert told == [Request("ec2", "StopInstances", Became.OK)]
    (line,) = caplog.records
    assert (vars(line)["call"], vars(line)["region"]) == ("ec2:StopInstances", "eu-west-1")
    assert vars(line)["request_id"] == "req-7"
    assert "i-0hush" not in str(vars(line))  # what was asked is not logged


@pytest.mark.parametrize(
    ("code", "status", "became"),
    [
        ("RequestLimitExceeded", 503, Became.THROTTLED),
        ("UnauthorizedOperation", 403, Became.DENIED),
        ("IncorrectInstanceState", 400, Became.REFUSED),
        ("InternalError", 500, Became.FAILED),
    ],
)
def test_what_aws_refuses_is_told_by_why(
    wire: Wire, accounts: Accounts, told: list[Request], code: str, status: int, became: Became
) -> None:
    wire.reactions = [refusing(code, "no", status)]
    with pytest.raises(AwsError):
        stop(accounts)
    assert told == [Request("ec2", "StopInstances", became)]


def test_a_cut_answer_has_no_id(
    wire: Wire, accounts: Accounts, told: list[Request], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "toban.aws")
    wire.reactions = [cutting]
    with pytest.raises(AwsError):
        stop(accounts)
    assert told == [Request("ec2", "StopInstances", Became.UNANSWERED)]
    assert "request_id" not in vars(caplog.records[0])


def test_what_botocore_repeats_by_itself_is_told_each_time(
    wire: Wire, accounts: Accounts, told: list[Request]
) -> None:
    wire.reactions = [refusing("RequestLimitExceeded", "slow down", 503), answering(STOPPED)]
    instance.stop(accounts.ec2(PLACE), ["i-1"])
    assert [one.became for one in told] == [Became.THROTTLED, Became.OK]


def test_reads_are_only_for_who_looks_closely(
    wire: Wire, accounts: Accounts, caplog: pytest.LogCaptureFixture
) -> None:
    wire.reactions = [
        answering("<DescribeInstancesResponse><requestId>r</requestId></DescribeInstancesResponse>")
    ]
    caplog.set_level(logging.INFO, "toban.aws")
    accounts.ec2(PLACE).describe_instances()
    assert caplog.records == []
    caplog.set_level(logging.DEBUG, "toban.aws")
    accounts.ec2(PLACE).describe_instances()
    assert [vars(one)["call"] for one in caplog.records] == ["ec2:DescribeInstances"]
