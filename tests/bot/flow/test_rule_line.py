"""What a rule wants asked: one word of the line at most comes from outside, and it is asked once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aws.account import AccountConfig
from bot.flow import receive as first_stage
from bot.flow import troubles as flow
from bot.flow.rule_line import Unfilled, filled, offering, places
from bot.plan import Offer
from bot.trouble import Phase
from bot.words import words
from tests.bot.flow.crowd import HERE
from tests.happened import DISK, DOING, INSTANCE, MINUTE, RULE, WEB, asked, come, letters, newest, said, seen
from tests.house import OPERATOR, READER, House, house

LATE = replace(RULE, name="late", do="ec2 start {instance}", owner=OPERATOR, when="end")
BY_READER = replace(DOING, name="reader", owner=READER)
STRANGE = replace(DOING, name="strange", do="ec2 stop {instance} --nonsense")
NAMELESS = replace(DOING, name="nameless", do="ec2 stop {volume}")
RULES = (DOING, LATE, BY_READER, STRANGE, NAMELESS)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    account = AccountConfig(HERE.account, "123456789012", (HERE.region,))
    with house(tmp_path, [account], rules=RULES) as made:
        yield made


# -- filled in ------------------------------------------------------------------------------------------


def test_names_in_braces_are_filled_in() -> None:
    assert filled("ec2 why {instance} --region {region}", {"instance": "i-1", "region": "us-east-1"}) == (
        "ec2 why i-1 --region us-east-1"
    )
    assert places("ec2 why {instance} --region {region} {instance}") == ("instance", "region")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "two words",
        "i-1 --emergency",
        "--emergency",
        "-x",
        "—emergency",
        "ーーemergency",
        "all",
        "ALL",
        "ａｌｌ",
        "until",
        "ＦＯＲ",
        "tag:env=prod",
        "Tag:env",
        "ｔａｇ:env=prod",
        "name:*",
        "name:web",
        "a,b",
        "a*",
        '"quoted"',
        "'x'",
        "a\nb",
        "a\u3000b",
        "a\u200bb",
        "x" * 257,
        "{instance}",
    ],
)
def test_what_is_no_plain_word_counts_as_none(value: str) -> None:
    with pytest.raises(Unfilled) as lacks:
        filled("ec2 stop {instance}", {"instance": value})
    assert lacks.value.name == "instance"


@pytest.mark.parametrize("value", ["i-0123456789abcdef0", "web-1.example.com", "課金", "a/b:c@d+e=f"])
def test_a_plain_word_is_taken_as_it_is(value: str) -> None:
    assert filled("ec2 stop {instance}", {"instance": value}) == f"ec2 stop {value}"


def test_what_an_event_does_not_name_is_missing() -> None:
    with pytest.raises(Unfilled):
        filled("ec2 stop {instance}", {"volume": "vol-1"})


def test_the_rules_buttons_come_first_and_none_comes_twice(there: House) -> None:
    theirs = (Offer(words("Why?"), f"ec2 why {INSTANCE}"), Offer(words("Show"), "ec2 list"))
    rule = replace(RULE, buttons=("ec2 why {instance}", "ec2 why {instance}", "volume list {volume}"))
    reading = offering(seen(there.time(), rule=rule, offers=theirs))
    assert [offer.line for offer in reading.offers] == [f"ec2 why {INSTANCE}", "ec2 list"]


# -- asked ----------------------------------------------------------------------------------------------


def test_what_a_rule_wants_done_is_asked_once_with_its_owners_rights(there: House) -> None:
    one = come(there, rule=DOING)
    flow.take_in(there.path, "main", [seen(there.time(), rule=DOING)])
    assert asked(there) == [f"ec2 stop {INSTANCE}"]
    found = newest(there, WEB, DOING)
    assert one.operation is None or one.operation == found.operation
    assert found.operation is not None
    assert there.operation(found.operation).ask.asker.person == OPERATOR


def test_news_asks_nothing_more(there: House) -> None:
    come(there, rule=DOING)
    there.time.pass_(minutes=1)
    come(there, Phase.GOES_ON, rule=DOING)
    come(there, Phase.BEGINS, rule=DOING, at=there.time() - MINUTE / 2)
    assert len(asked(there)) == 1


def test_each_begin_asks_anew(there: House) -> None:
    for phase in (Phase.BEGINS, Phase.ENDS, Phase.BEGINS):
        come(there, phase, rule=DOING)
        there.time.pass_(minutes=2)
    assert len(asked(there)) == 2


def test_what_was_over_before_anybody_could_ask_is_not_asked_and_that_is_said(there: House) -> None:
    now = there.time()
    there.time.pass_(hours=1)
    both = [seen(now, rule=DOING), seen(now + MINUTE, Phase.ENDS, rule=DOING)]
    flow.take_in(there.path, "main", both)
    assert asked(there) == []
    assert said(there, "call:1:do:1") == "“ec2 stop {instance}” was not asked: it was over before"


def test_a_begin_that_comes_after_its_end_asks_nothing(there: House) -> None:
    now = there.time()
    there.time.pass_(hours=1)
    come(there, Phase.ENDS, rule=DOING, at=now + MINUTE)
    come(there, rule=DOING, at=now)
    assert asked(there) == []


def test_died_between_the_commit_and_the_ask_it_is_asked_by_the_next_delivery(
    there: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As by kill -9."""

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("bot.flow.rule_line.receive", killed)
        with pytest.raises(Killed):
            come(there, rule=DOING)
    assert asked(there) == []
    come(there, rule=DOING)
    assert asked(there) == [f"ec2 stop {INSTANCE}"]


def test_died_after_the_ask_the_next_delivery_finds_what_was_asked(
    there: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As by kill -9."""

    def killed(*given: object, **more: object) -> None:
        first_stage.receive(*given, **more)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("bot.flow.rule_line.receive", killed)
        with pytest.raises(Killed):
            come(there, rule=DOING)
    come(there, rule=DOING)
    assert len(asked(there)) == 1
    assert newest(there, WEB, DOING).operation == 1


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (STRANGE, "--nonsense"),
        (NAMELESS, "the event names no volume"),
        (BY_READER, "ec2.stop is only for operators"),
    ],
    ids=["what cannot be read", "what is not named", "what its owner may not"],
)
def test_what_cannot_be_asked_is_said_in_the_thread(there: House, rule: object, why: str) -> None:
    come(there, rule=rule)
    assert asked(there) == []
    text = said(there, "call:1:do:1")
    assert text.startswith(f"“{rule.do}” was not asked: ")  # type: ignore[attr-defined]
    assert why in text


# -- asked at the end -----------------------------------------------------------------------------------


def test_a_rule_may_ask_at_the_end(there: House) -> None:
    come(there, rule=LATE)
    assert asked(there) == []
    there.time.pass_(minutes=1)
    come(there, Phase.ENDS, rule=LATE)
    come(there, Phase.ENDS, rule=LATE)
    assert asked(there) == [f"ec2 start {INSTANCE}"]


def test_an_end_that_comes_too_late_asks_nothing(there: House) -> None:
    come(there, rule=LATE)
    come(there, Phase.ENDS, rule=LATE, at=there.time() - MINUTE)
    assert asked(there) == []


def test_the_second_end_of_what_is_over_asks_nothing(there: House) -> None:
    come(there, rule=LATE, subject=DISK)
    for _ in range(2):
        there.time.pass_(minutes=1)
        come(there, Phase.ENDS, rule=LATE, subject=DISK)
    assert len(asked(there)) == 1


def test_a_rule_without_a_line_asks_nothing(there: House) -> None:
    come(there)
    assert asked(there) == []
    assert letters(there) == ["trouble:1"]
