"""The estate as it was read: suggestions and samples, from memory."""

from collections.abc import Iterator

import pytest

from aws.account import AccountConfig, Accounts
from bot.estate import Estate
from playground.aws.faults import Fault, Kind
from playground.aws.server import LocalAws
from tests.scenarios.conftest import ACCOUNT, TOKYO, run_instances


@pytest.fixture(scope="module")
def one_local_aws() -> Iterator[LocalAws]:
    with LocalAws() as local:
        yield local


@pytest.fixture
def local_aws(one_local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> LocalAws:
    one_local_aws.reset()
    for name, value in one_local_aws.environment(ACCOUNT, TOKYO).items():
        monkeypatch.setenv(name, value)
    return one_local_aws


@pytest.fixture
def estate(local_aws: LocalAws) -> Iterator[Estate]:
    aws = Accounts([AccountConfig("dev", ACCOUNT, (TOKYO,))], read_seconds=2)
    yield Estate(aws)
    aws.close()


def values(estate: Estate, query: str, *prefixes: str) -> list[str]:
    return [option.value for option in estate.options(query, prefixes)]


def test_before_the_first_reading_nothing_is_known(estate: Estate) -> None:
    assert estate.options("", ("i-",)) == ()
    assert estate.samples(("i-",)).ids == ()


def test_a_thing_is_found_by_any_part_of_its_name_id_tag_or_place(
    local_aws: LocalAws, estate: Estate
) -> None:
    (web,) = run_instances(local_aws, 1, {"Name": "web-本番-1", "env": "prod"})
    (db,) = run_instances(local_aws, 1, {"Name": "ＣＤＮ-1", "env": "dev"})
    estate.read()
    assert values(estate, "本番", "i-") == [web]
    assert values(estate, "cdn", "i-") == [db]
    assert values(estate, web[4:12], "i-") == [web]
    assert values(estate, "env=dev", "i-") == ["tag:env=dev"]
    assert set(values(estate, "dev/ap running", "i-")) == {web, db}
    assert values(estate, "nothing like this", "i-") == []


def test_only_what_the_verb_takes_is_suggested(local_aws: LocalAws, estate: Estate) -> None:
    run_instances(local_aws, 1, {"Name": "web-1"})
    estate.read()
    assert [value[:4] for value in values(estate, "", "vol-")] == ["vol-"]
    assert {value.partition("-")[0] for value in values(estate, "web")} == {"i", "vol"}


def test_a_tag_is_suggested_as_it_would_be_typed(local_aws: LocalAws, estate: Estate) -> None:
    run_instances(local_aws, 1, {"役割": "検索 1", "aws:bookkeeping": "x"} | {"long": "x" * 200})
    estate.read()
    assert values(estate, "tag:", "i-") == ['tag:"役割"="検索 1"']


def test_at_most_a_hundred_are_suggested_and_those_that_begin_so_come_first(
    local_aws: LocalAws, estate: Estate
) -> None:
    run_instances(local_aws, 100, {"Name": "a-web"})
    (first,) = run_instances(local_aws, 1, {"Name": "web-1"})
    estate.read()
    found = values(estate, "web", "i-")
    assert (len(found), found[0]) == (100, first)


def test_samples_come_from_one_place(local_aws: LocalAws, estate: Estate) -> None:
    ids = run_instances(local_aws, 2, {"Name": "web-1", "env": "dev"})
    estate.read()
    samples = estate.samples(("i-",))
    assert set(samples.ids) == set(ids)
    assert (samples.names, samples.tags) == (("web-*",), (("env", "dev"),))
    assert (samples.account, samples.region) == ("dev", TOKYO)


def test_a_place_that_cannot_be_read_is_simply_missing(local_aws: LocalAws) -> None:
    (there,) = run_instances(local_aws, 1, {"Name": "web-1"})
    local_aws.control.order(Fault(Kind.DENY, region="eu-west-1"))
    aws = Accounts([AccountConfig("dev", ACCOUNT, ("eu-west-1", TOKYO))], read_seconds=2)
    estate = Estate(aws)
    estate.read()
    aws.close()
    assert values(estate, "web", "i-") == [there]
