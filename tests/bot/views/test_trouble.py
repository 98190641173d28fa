"""A trouble's message: what it says in each state, in both languages, within Slack's limits."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.plan import Offer
from bot.trouble import Severity, State, Trouble, Unasked
from bot.views.chart import NOT_SHOWN, Shown
from bot.views.message import Message
from bot.views.trouble import ACKNOWLEDGE, IGNORE, REMIND, SILENCE, SNOOZE, message
from bot.words import words
from tests.bot.views.reports import NOW, speaker
from tests.bot.views.test_limits import (
    SPEAKERS,
    charts,
    languages,
    moments,
    people,
    said,
    shown,
    texts,
    within_limits,
)

HOUR = timedelta(hours=1)
ALARM = Trouble(
    number=12,
    rule="alarms",
    subject="arn:alarm:web-cpu",
    account="prod",
    region="ap-northeast-1",
    severity=Severity.CRITICAL,
    state=State.OPEN,
    title=words("{alarm} is in alarm", alarm="web-cpu"),
    facts=(words("{metric} is above {threshold}", metric="CPU", threshold="90"),),
    names={},
    offers=(Offer(words("Why {target}?", target="i-1"), "ec2 why i-1"),),
    channel="C0OPS",
    began=NOW,
    last=NOW,
    ended=None,
    times=1,
    tells=False,
    mention="S0ONCALL",
)
LOOKED_AT = replace(
    ALARM, state=State.ACKNOWLEDGED, acknowledged_by="U0SATO", acknowledged_at=NOW + timedelta(minutes=3)
)
OVER = replace(LOOKED_AT, state=State.OVER, ended=NOW + timedelta(minutes=90))


def shows(trouble: Trouble, language: str = "en") -> str:
    made = message(trouble, speaker(language))
    within_limits(made)
    return made.text


def buttons(made: Message) -> list[str]:
    rows: list[Any] = [block["elements"] for block in made.blocks if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row]


def test_one_that_is_open_calls_its_people_and_offers_what_can_be_done() -> None:
    text = shows(ALARM)
    assert text.startswith("🔴 *#A12 · web-cpu is in alarm*")
    assert "<!subteam^S0ONCALL>" in text
    assert "• CPU is above 90" in text
    assert "prod/ap-northeast-1" in text
    assert "rule alarms" in text
    assert buttons(message(ALARM, speaker())) == [ACKNOWLEDGE, SNOOZE, SILENCE, "toban.offer.1"]


@pytest.mark.parametrize(
    ("severity", "sign"), [(Severity.CRITICAL, "🔴"), (Severity.WARNING, "🟠"), (Severity.INFO, "🔵")]
)
def test_its_sign_says_how_much_it_matters(severity: Severity, sign: str) -> None:
    assert shows(replace(ALARM, severity=severity)).startswith(sign)


def test_one_that_somebody_looks_at_says_who_and_calls_nobody() -> None:
    text = shows(LOOKED_AT)
    assert text.startswith("🟡")
    assert "<@U0SATO> looks at it since" in text
    assert "S0ONCALL" not in text
    assert ACKNOWLEDGE not in buttons(message(LOOKED_AT, speaker()))


def test_one_that_is_over_says_how_long_it_lasted_and_has_no_buttons() -> None:
    text = shows(OVER)
    assert text.startswith("✅")
    assert "Over since 21 Nov 2026, 22:30 JST, after 1 hr, 30 min." in text
    assert "<@U0SATO> looked at it." in text
    assert "S0ONCALL" not in text
    assert buttons(message(OVER, speaker())) == []


def test_it_says_who_wants_quiet_and_until_when() -> None:
    assert "Nobody is called about it until" in shows(replace(ALARM, snoozed_until=NOW + HOUR))
    assert "<@U0SATO> has silenced it." in shows(replace(ALARM, silenced_by="U0SATO"))


def test_it_says_how_often_it_began_and_what_its_rule_asked() -> None:
    text = shows(replace(ALARM, times=3, operation=7, context=(words("toban stopped it"),)))
    for part in ("begun 3 times", "operation #7", "↳ toban stopped it"):
        assert part in text
    assert "begun" not in shows(ALARM)


@pytest.mark.parametrize("trouble", [ALARM, LOOKED_AT, OVER, replace(ALARM, snoozed_until=NOW, times=2)])
def test_in_japanese_all_that_is_ours_is_japanese(trouble: Trouble) -> None:
    plain = replace(trouble, title=words("{alarm} is in alarm", alarm="web-cpu"), facts=(), offers=())
    ours = shows(plain, "ja")
    for english in ("since", "Nobody", "looks at", "Over since", "begun", "is in alarm"):
        assert english not in ours


def test_what_is_written_in_an_event_mentions_and_links_nobody() -> None:
    evil = words("{it}", it="<!channel> <@U0EVIL> <https://evil.example|click> *bold*")
    text = shows(replace(ALARM, title=evil, facts=(evil,), context=(evil,), mention="<!channel>"))
    assert "<!channel>" not in text
    assert "<https://evil" not in text


troubles = st.builds(
    Trouble,
    number=st.integers(1, 10**9),
    rule=texts,
    subject=texts,
    account=texts,
    region=texts,
    severity=st.sampled_from(Severity),
    state=st.sampled_from(State),
    title=said,
    facts=st.lists(said, max_size=30).map(tuple),
    names=st.just({}),
    offers=st.lists(st.builds(Offer, said, texts), max_size=80).map(tuple),
    channel=texts,
    began=moments,
    last=moments,
    ended=st.none() | moments,
    times=st.integers(0, 10**6),
    tells=st.booleans(),
    acknowledged_by=people,
    acknowledged_at=st.none() | moments,
    snoozed_until=st.none() | moments,
    silenced_by=people,
    context=st.lists(said, max_size=20).map(tuple),
    chart=st.none() | charts(),
    mention=people,
    operation=st.none() | st.integers(1, 10**9),
)


@given(troubles, languages, shown)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_trouble_makes_a_message(trouble: Trouble, language: str, shown: Shown) -> None:
    within_limits(message(trouble, SPEAKERS[language], shown if trouble.chart else NOT_SHOWN))


def test_what_aws_has_scheduled_can_be_put_off_until_shortly_before_and_done_now() -> None:
    now = (Offer(words("1. Stop {target} now", target="i-1"), "ec2 stop i-1"),)
    scheduled = replace(ALARM, starts=NOW + HOUR, offers=now)
    assert buttons(message(scheduled, speaker()))[:4] == [ACKNOWLEDGE, REMIND, SNOOZE, SILENCE]
    assert "toban.offer.1" in buttons(message(scheduled, speaker()))
    assert REMIND not in buttons(message(ALARM, speaker()))


def test_only_what_wants_a_reason_has_a_button_for_one_and_only_while_nobody_looks_at_it() -> None:
    report = replace(ALARM, ignorable=True)
    assert buttons(message(report, speaker()))[:2] == [ACKNOWLEDGE, IGNORE]
    assert IGNORE not in buttons(message(replace(LOOKED_AT, ignorable=True), speaker()))
    assert IGNORE not in buttons(message(ALARM, speaker()))


def test_a_line_that_was_not_asked_says_why_and_is_the_first_button() -> None:
    held = Unasked("ec2 stop i-1", words("the rule {rule} has asked enough", rule="spot"))
    made = message(replace(ALARM, unasked=held), speaker())
    assert "“/ec2 stop i-1” was not asked: the rule spot has asked enough" in made.text
    assert [offer.line for offer in replace(ALARM, unasked=held).clickable] == ["ec2 stop i-1", "ec2 why i-1"]
    assert buttons(message(replace(OVER, unasked=held), speaker())) == ["toban.offer.1"]
