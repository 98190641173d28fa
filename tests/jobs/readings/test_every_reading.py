"""What holds for every event in AWS's documented shape, and for every kind that there is a reading for."""

import json
import logging

import pytest

import commands
from bot.grammar.grammar import Grammar, Parsed, Vocabulary
from bot.trouble import Reading
from bot.words import from_json, to_json
from jobs.readings import acm, advisor, alarm, cost_anomaly, ebs, ecs, health, scaling, sns, spot, trail
from tests.by_name import by_name
from tests.jobs.readings.given import EVENTS, EVERY, event, reading, say

TITLE, FACT, FACTS, LABEL = 150, 300, 12, 75  # what a message has room for
EACH = pytest.mark.parametrize("name", EVERY)
GRAMMAR = Grammar(by_name(commands.load()), Vocabulary(("dev", "prod"), ("ap-northeast-1", "us-east-1")))


@EACH
def test_it_names_the_page_that_its_shape_is_from(name: str) -> None:
    page = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))["_page"]
    assert page.endswith(")") or ": no page describes" in page or "; the shape of" in page
    assert "guide" in page or "reference" in page


@EACH
@pytest.mark.parametrize("language", ["en", "ja"])
def test_its_message_has_room_for_it_in_both_languages(name: str, language: str) -> None:
    found = reading(name)
    assert 0 < len(say(found.title, language)) <= TITLE
    assert len(found.facts) <= FACTS
    assert max((len(say(fact, language)) for fact in found.facts), default=0) <= FACT
    assert max((len(say(offer.label, language)) for offer in found.offers), default=0) <= LABEL


@EACH
def test_each_of_its_buttons_asks_a_line_that_can_be_typed(name: str) -> None:
    for offer in reading(name).offers:
        parsed = GRAMMAR.parse(offer.line)
        assert isinstance(parsed, Parsed)
        assert parsed.line == offer.line, "it is canonical, so that it means what it shows"


@EACH
def test_it_is_read_by_the_reading_for_its_kind(name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        found = reading(name)
    assert caplog.records == []
    readable = say(found.title).startswith(event(name).source)
    assert readable is name.startswith("unknown_")


@EACH
def test_it_can_be_stored(name: str) -> None:
    found = reading(name)
    assert 0 < len(found.subject) <= 300
    assert 0 < len(found.cause) <= 200
    for said in (found.title, *found.facts, *(offer.label for offer in found.offers)):
        assert from_json(json.loads(json.dumps(to_json(said)))) == said


@EACH
def test_it_names_its_account_and_region_to_lines_of_rules(name: str) -> None:
    given, found = event(name), reading(name)
    assert (found.names["account"], found.names["region"]) == (given.account, given.region)


def test_every_kind_that_has_a_reading_has_an_event_in_its_documented_shape() -> None:
    kinds = {
        *alarm.KINDS, *health.KINDS, *spot.INTERRUPTION, *spot.REBALANCE, *ebs.KINDS, *scaling.KINDS,
        *ecs.TASKS, *ecs.SERVICES, *acm.KINDS, *cost_anomaly.KINDS, *advisor.KINDS, *sns.KINDS, *trail.KINDS,
    }  # fmt: skip
    shown = {event(name).kind for name in EVERY}
    undocumented = {
        "ACM Certificate Revoked",
        "AWS Console Action via CloudTrail",
        "AWS Service Event via CloudTrail",
    }
    assert kinds - shown == undocumented


def test_no_two_kinds_of_trouble_share_a_subject() -> None:
    """Only events of one source, about one thing, meet in a message."""
    of: dict[str, set[str]] = {}
    for name in EVERY:
        found: Reading = reading(name)
        of.setdefault(found.subject, set()).add(event(name).source)
    assert {subject: sources for subject, sources in of.items() if len(sources) > 1} == {}
