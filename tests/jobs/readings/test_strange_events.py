"""Whatever comes: a reading comes out, it can be stored and shown, and no button names what is no id."""

import copy
import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.event import Event
from bot.trouble import Reading
from bot.words import to_json
from jobs.readings.read import read
from tests.fuzz.mutations import mutated, put
from tests.jobs.readings.given import CAME, EVERY, body, event, say

STEADY = settings(
    derandomize=True, deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow]
)
ENVELOPES = [dict(event(name).envelope) for name in EVERY]
INSTANCE, VOLUME = r"i-(?:[0-9a-f]{17}|[0-9a-f]{8})", r"vol-(?:[0-9a-f]{17}|[0-9a-f]{8})"
SNAPSHOT, NAME = r"snap-(?:[0-9a-f]{17}|[0-9a-f]{8})", r"(?!all$|until$|for$|on$|next$)[A-Za-z0-9][\w.-]*"
LINES = {
    "ec2 why": INSTANCE,
    "ec2 show": INSTANCE,
    "ec2 stop": INSTANCE,
    "ec2 start": INSTANCE,
    "ec2 drain": INSTANCE,
    "ec2 isolate": INSTANCE,
    "alarm tidy": INSTANCE,
    "volume list": VOLUME,
    "snapshot create": f"{VOLUME}|{INSTANCE}",
    "snapshot list": f"{VOLUME}|{SNAPSHOT}",
    "rds list": NAME,
    "rds stop": NAME,
    "asg list": NAME,
    "balancer list": NAME,
    "ami prune": "--orphans",
    "cost month": "",
    "cost why": r"(?:\d{4}-\d\d-\d\d)?",
}
SHAPES = {"instance": INSTANCE, "volume": VOLUME, "snapshot": SNAPSHOT, "group": NAME, "database": NAME}
TEMPTING = (
    "all", "ａｌｌ", "--emergency", "tag:env=prod", "name:*", "i-", "i-0a1b2c3d4e5f60718 all", "i-0a1b2c3d",
    "vol-0b1c2d3e4f5061728", "ec2 stop all", "until", "\ud800", "\x00", "{alarm}", "x" * 5000, "2026-11-22",
    "arn:aws:ec2:us-east-1:222222222222:instance/all", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00",
)  # fmt: skip


def paths(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every text in an envelope."""
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in paths(inner, (*way, key))]
    if isinstance(value, list):
        return [found for key, inner in enumerate(value) for found in paths(inner, (*way, key))]
    return [way] if isinstance(value, str) else []


@dataclass(repr=False)  # an example that fails shows its reading; a huge envelope would bury it
class Given:
    """An envelope as it came."""

    envelope: Any


@st.composite
def tempted(draw: st.DrawFn) -> Given:
    """An envelope in which some texts say what a line would understand as more than they are."""
    changed = json.loads(json.dumps(draw(st.sampled_from(ENVELOPES))))
    ways = [way for way in paths(changed) if way[0] in {"detail", "resources"}]
    for way in draw(st.lists(st.sampled_from(ways or [("source",)]), min_size=1, max_size=6)):
        place = changed
        for step in way[:-1]:
            place = place[step]
        place[way[-1]] = draw(st.sampled_from(TEMPTING))
    return Given(changed)


def lines_are_plain(found: Reading) -> None:
    """Buttons and names hold ids, and names that mean nothing else."""
    for offer in found.offers:
        verb, targets = " ".join(offer.line.split(" ")[:2]), offer.line.split(" ")[2:]
        assert all(re.fullmatch(LINES[verb], target) for target in targets), offer.line
        assert targets or verb in {"cost month", "cost why"}, offer.line
    for name, shape in SHAPES.items():
        assert re.fullmatch(shape, found.names.get(name, "")) or name not in found.names, found.names


def looked_at(envelope: Any) -> Reading:
    """What it means; everything that holds for every reading is seen to hold."""
    found = read(Event("key", "prod", "ap-northeast-1", CAME, envelope))
    assert 0 < len(found.subject) <= 300
    assert len(found.facts) <= 12
    for language in ("en", "ja"):
        assert len(say(found.title, language)) <= 150
    for said in (found.title, *found.facts, *(offer.label for offer in found.offers)):
        json.dumps(to_json(said), ensure_ascii=False).encode()
        say(said, "ja")
    json.dumps(
        [dict(found.names), dict(found.metric), found.subject, found.cause], ensure_ascii=False
    ).encode()
    lines_are_plain(found)
    return found


@STEADY
@given(st.sampled_from(ENVELOPES).flatmap(mutated).map(Given))
@example(Given({}))
@example(Given({"source": None, "detail-type": 7, "detail": [], "resources": {"a": 1}}))
@example(Given({"source": "aws.cloudwatch", "detail-type": "CloudWatch Alarm State Change"}))
def test_an_event_with_parts_missing_or_of_another_kind_is_read(came: Given) -> None:
    looked_at(came.envelope)


@STEADY
@given(tempted())
def test_no_button_and_no_name_is_made_of_what_is_no_id_of_its_kind(came: Given) -> None:
    looked_at(came.envelope)


@pytest.mark.parametrize("said", ["all", "--emergency", "tag:env=prod", "i-0a1b2c3d4e5f60718 all"])
def test_no_single_field_makes_a_line_mean_more(said: str) -> None:
    for envelope in ENVELOPES:
        for way in paths(envelope):
            if way[0] in {"detail", "resources"}:
                changed = copy.deepcopy(envelope)
                put(changed, way, said)
                lines_are_plain(read(Event("key", "prod", "ap-northeast-1", CAME, changed)))


@pytest.mark.parametrize("name", EVERY)
def test_every_kind_without_its_detail_is_shown_and_offers_nothing(name: str) -> None:
    assert looked_at({**event(name).envelope, "detail": {}, "resources": []}).offers == ()


def test_a_sentence_never_fails_to_fit_its_values(caplog: pytest.LogCaptureFixture) -> None:
    for name in EVERY:
        looked_at(dict(event(name).envelope))
    assert caplog.records == []


def test_what_the_fixtures_hold_is_left_alone_by_reading() -> None:
    before = json.dumps(body("alarm_metric"), sort_keys=True)
    given_ = event("alarm_metric")
    read(given_)
    assert json.dumps(dict(given_.envelope), sort_keys=True) == before
