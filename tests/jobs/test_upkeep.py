"""Events go when they have had their time; what only tells ends by itself, and says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aws.account import AccountConfig
from bot.flow import answering
from bot.glance import standing
from bot.trouble import Phase, Rule, Severity, Silence, State
from jobs import upkeep
from jobs.upkeep import Upkeep, fade, prune
from tests.happened import MINUTE, RULE, WEB, audited, come, newest, outcomes
from tests.house import OPERATOR, House, house

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SHORT = replace(RULE, name="short", lasts=2 * HOUR)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    account = AccountConfig("dev", "123456789012", ("ap-northeast-1",))
    with house(tmp_path, [account], rules=(RULE, SHORT)) as made:
        yield made


def tells(there: House, severity: Severity = Severity.WARNING, rule: Rule = RULE) -> None:
    come(there, Phase.TELLS, rule=rule, severity=severity)


def after(there: House, span: timedelta) -> State:
    """Where it stands so much later."""
    there.time.pass_(seconds=span.total_seconds())
    fade(there.path)
    return newest(there).state


def test_what_only_tells_ends_by_itself_after_a_day_and_says_so(there: House) -> None:
    tells(there)
    assert after(there, DAY - MINUTE) is State.OPEN
    assert after(there, MINUTE) is State.OVER
    assert [str(one) for one in standing(newest(there))] == [
        "Told; nothing more came within 1 day, 0:00:00, so it ended by itself."
    ]
    assert audited(there) == ["trouble.began", "trouble.ended"]
    assert fade(there.path) == 0


def test_what_is_critical_waits_until_somebody_acknowledges_it(there: House) -> None:
    tells(there, Severity.CRITICAL)
    assert after(there, 30 * DAY) is State.OPEN


def test_a_rule_says_how_long_also_of_what_is_critical(there: House) -> None:
    tells(there, Severity.CRITICAL, SHORT)
    there.time.pass_(hours=2)
    assert fade(there.path) == 1
    assert newest(there, WEB, SHORT).state is State.OVER


def test_what_somebody_looks_at_ends_too(there: House) -> None:
    tells(there)
    answering.acknowledge(there.path, 1, OPERATOR)
    assert after(there, DAY) is State.OVER
    assert str(standing(newest(there))[1]) == f"{OPERATOR} looked at it."


def test_what_has_an_end_waits_for_it(there: House) -> None:
    come(there, severity=Severity.WARNING)
    assert after(there, 30 * DAY) is State.OPEN


def test_what_is_told_again_lasts_from_then_on(there: House) -> None:
    tells(there)
    there.time.pass_(minutes=20)
    tells(there)
    assert after(there, DAY - MINUTE) is State.OPEN
    assert after(there, MINUTE) is State.OVER


def test_what_came_late_is_open_for_as_long(there: House) -> None:
    """toban was down for two days: what it tells then is read first."""
    come(there, Phase.TELLS, at=there.time() - 2 * DAY, severity=Severity.WARNING)
    assert after(there, MINUTE) is State.OPEN
    assert after(there, DAY) is State.OVER


def test_what_nobody_has_heard_of_yet_does_not_end(there: House) -> None:
    answering.silence(there.path, Silence(RULE.name, "", there.time() + 5 * DAY, OPERATOR))
    tells(there)
    assert after(there, 2 * DAY) is State.OPEN


def test_what_is_snoozed_ends_after_that(there: House) -> None:
    tells(there)
    answering.snooze(there.path, 1, there.time() + 3 * DAY, OPERATOR)
    assert after(there, 2 * DAY) is State.OPEN
    assert after(there, 2 * DAY) is State.OVER


def test_an_event_that_ends_it_is_an_end_as_ever(there: House) -> None:
    tells(there)
    there.time.pass_(minutes=5)
    come(there, Phase.ENDS)
    assert str(standing(newest(there))[0]).startswith("Over since ")


def test_old_events_go_a_few_at_a_time_and_their_troubles_stay(
    there: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "AT_ONCE", 2)
    for _ in range(5):
        come(there)
        there.time.pass_(minutes=1)
    there.time.pass_(days=20)
    come(there)
    keeper = Upkeep(there.path, 14 * DAY)
    for left in (4, 2, 1, 1):
        keeper.look()
        assert len(outcomes(there)) == left
    assert newest(there).number == 1
    assert prune(there.path, 14 * DAY) == 0


def test_what_sqs_may_still_deliver_again_is_kept(there: House) -> None:
    come(there)
    there.time.pass_(days=14)
    assert prune(there.path, 14 * DAY) == 0
    came_twice = outcomes(there)
    come(there, at=newest(there).began)
    assert outcomes(there) == came_twice
