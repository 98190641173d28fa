"""Whatever lies in a queue: told, refused or set aside; never a crash, and only its rule's line is asked."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from aws.account import AccountConfig
from aws.sns_signature import verify
from bot.trouble import Rule, State
from jobs.inbox import Door, Inbox
from jobs.readings.read import read
from tests.aws.certificates import notification, pem, sign
from tests.fuzz.mutations import HUGE, mutated
from tests.happened import asked, outcomes
from tests.house import CHANNEL, OPERATOR, House, house
from tests.jobs.box import MAIN, Box, Boxed
from tests.jobs.readings.given import EVERY, body

ACCOUNTS = {"111111111111": "dev", "222222222222": "prod"}
PLACES = [AccountConfig(name, digits, ("ap-northeast-1",)) for digits, name in ACCOUNTS.items()]
ACTING = Rule(
    "acting",
    {"source": [{"prefix": "aws."}], "detail-type": [{"exists": True}]},
    CHANNEL,
    buttons=("ec2 why {instance}",),
    do="ec2 stop {instance}",
    owner=OPERATOR,
)
REST = Rule("rest", {"source": [{"exists": True}]}, CHANNEL)
LINE = re.compile(r"ec2 stop i-(?:[0-9a-f]{8}|[0-9a-f]{17})")
"""Of all that could be asked only this, and with an instance's id: one plain word."""
ENVELOPES = [body(name) for name in EVERY]
often = settings(
    max_examples=80,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
NASTY = (
    b"", b"{}", b"null", b"[" * 3000, b'{"a":' * 500 + b"1" + b"}" * 500, b"\xff\xfe", b"9" * 6000,
    b'{"source": "aws.ec2", "detail-type": "x", "detail": {"instance-id": "\\ud800"}}',
    b'{"source": "aws.ec2", "detail-type": "x", "time": "0001-01-01T00:00:00+14:00"}',
    b'{"source": "aws.ec2", "detail-type": "x", "account": "111111111111", "id": {"a": []}, "resources": {}}',
    b'{"source": [], "detail-type": []}', b'{"Type": "Notification", "TopicArn": null}',
    b'{"Type": "Notification", "TopicArn": "arn:aws:sns:ap-northeast-1:222222222222:x", "Message": "{}"}',
    b'{"AlarmName": null, "AlarmArn": 7, "StateChangeTime": []}', b'{"detail-type": 1e400, "source": NaN}',
)  # fmt: skip


TEMPTING = ("all", "ａｌｌ", "tag:env=prod", "--emergency", HUGE, "i-1 all", "i-0a1b2c3d", "until")


@dataclass
class Post:
    """A house that lives as long as all examples, and its queue."""

    house: House
    box: Box
    inbox: Inbox
    numbers: Iterator[int]

    def comes(self, *bodies: str) -> None:
        """They are taken in: nothing is left in the queue, and all of it is a row."""
        self.house.time.pass_(minutes=2)
        self.box.send(*bodies)
        before = len(outcomes(self.house))
        self.inbox.turn(0)
        assert self.box.held == [], "it is done with at the first delivery"
        assert len(outcomes(self.house)) - before <= len(bodies)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    with house(tmp_path_factory.mktemp("door"), PLACES, rules=(ACTING, REST)) as there:
        box = Box(there.time)

        def check(message: Any) -> None:
            verify(message, there.time(), lambda _: pem())

        door = Door(there.path, (ACTING, REST), ACCOUNTS, read, check, "C0REPORTS")
        yield Post(there, box, Inbox(Boxed(box), MAIN, door, threading.Event()), count(1))


@pytest.fixture(autouse=True)
def nothing_stumbles(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No mistake of ours was met, and nothing but the rule's line was asked."""
    yield
    assert [one for one in caplog.records if one.exc_info and one.name == "toban.inbox"] == []


def only_lines_of_rules(here: Post) -> None:
    assert [line for line in asked(here.house) if not LINE.fullmatch(line)] == []
    for one in here.house.path.troubles.find(tuple(State), 3):
        assert all(offer.line for offer in one.offers)


@often
@given(data=st.data(), wrapped=st.sampled_from(["as it is", "signed", "unsigned"]))
def test_an_event_in_any_wrong_shape_is_told_refused_or_set_aside(
    here: Post, data: st.DataObject, wrapped: str
) -> None:
    envelope = data.draw(mutated(data.draw(st.sampled_from(ENVELOPES))))
    text = json.dumps(envelope)
    if wrapped == "signed":
        text = json.dumps(sign(notification(text, TopicArn="arn:aws:sns:ap-northeast-1:222222222222:t")))
    elif wrapped == "unsigned":
        text = json.dumps(notification(text))
    here.comes(text)
    only_lines_of_rules(here)


@often
@given(raw=st.binary(max_size=300) | st.sampled_from(NASTY) | st.text(max_size=200).map(str.encode))
def test_anything_else_is_set_aside(here: Post, raw: bytes) -> None:
    here.comes(raw.decode("utf-8", "surrogateescape"))
    only_lines_of_rules(here)


@often
@given(
    word=st.text(max_size=60)
    | st.sampled_from(["all", "ａｌｌ", "tag:env=prod", "--emergency", HUGE, "i-1 all"])
)
@example(word="i-0123456789abcdef0")
def test_whatever_an_event_calls_its_instance_the_line_is_asked_for_an_id_or_not_at_all(
    here: Post, word: str
) -> None:
    spot = body("spot_interruption")
    spot["detail"]["instance-id"] = word
    spot["id"] = f"spot-{next(here.numbers)}"
    here.comes(json.dumps(spot))
    only_lines_of_rules(here)


@often
@given(data=st.data())
def test_what_is_forged_or_of_a_stranger_is_never_told_nor_asked(here: Post, data: st.DataObject) -> None:
    envelope = data.draw(st.sampled_from(ENVELOPES))
    before = asked(here.house), len(here.house.path.troubles.find(tuple(State), 10_000))
    foreign = {**envelope, "account": data.draw(st.sampled_from(["999999999999", "x", "0"]))}
    forged = {**sign(notification("x")), "Message": json.dumps(envelope)}
    stranger = sign(notification(json.dumps(envelope), TopicArn="arn:aws:sns:us-east-1:999999999999:t"))
    here.comes(*(json.dumps(each) for each in (foreign, forged, stranger) if "source" in envelope))
    assert (asked(here.house), len(here.house.path.troubles.find(tuple(State), 10_000))) == before


def test_an_event_that_fits_and_names_an_instance_is_acted_on(here: Post) -> None:
    """Else all of these would hold of a door that is shut."""
    spot = body("spot_interruption")
    spot["detail"]["instance-id"] = "i-0fedcba9876543210"
    here.comes(json.dumps({**spot, "id": "the-last"}))
    assert asked(here.house)[-1] == "ec2 stop i-0fedcba9876543210"
