from datetime import timedelta

import pytest

from bot.arguments import UsageError
from bot.store import troubles
from bot.trouble import Phase
from bot.words import words
from tests.commands.alarm.alarms import WEB, come, lasted, lines
from tests.commands.desk import Desk, in_english
from tests.house import OPERATOR


def test_everything_that_is_known_of_it_is_shown(desk: Desk) -> None:
    come(desk)
    found = words("`deploy` ran {n} minutes before", n=3)
    desk.house.path.db.write(lambda tx: troubles.found_out(tx, 1, [found]))
    desk.carry_out("/alarm acknowledge A1")
    said = lines(desk, "/alarm show A1")
    assert said[0] == "🟡 #A1: web-cpu is in alarm"
    assert f"{OPERATOR} looks at it since" in said[1]
    assert said[2].startswith("prod/ap-northeast-1, since 2026-11-21T03:00:00+00:00, by the rule alarms")
    assert said[3:] == ["fact 1", "`deploy` ran 3 minutes before"]


@pytest.mark.parametrize("typed", ["1", "A1", "a1", '"#A1"', "＃Ａ１"])
def test_its_number_may_be_typed_as_it_stands_on_its_message(desk: Desk, typed: str) -> None:
    come(desk)
    assert "#A1: web-cpu" in lines(desk, f"/alarm show {typed}")[0]


def test_earlier_ones_about_the_same_stand_in_the_table_with_how_long_each_lasted(desk: Desk) -> None:
    lasted(desk, minutes=10)
    lasted(desk, minutes=20)
    come(desk)
    plan = desk.plan("/alarm show 3")
    assert [(row[0], row[2]) for row in in_english(plan.table)] == [
        ("✅ #A2", "0:20:00"),
        ("✅ #A1", "0:10:00"),
    ]
    assert str(plan.notes[-1]) == "Earlier ones lasted 0:15:00 on average; they are in the table."


def test_its_buttons_ask_what_makes_sense_now(desk: Desk) -> None:
    come(desk)
    asked = [offer.line for offer in desk.plan("/alarm show 1").offers]
    assert asked == ["alarm acknowledge A1", "alarm snooze A1 --for 1h", "alarm silence A1 --for 1d"]
    for line in asked:
        assert desk.plan(f"/{line}").steps
    desk.carry_out("/alarm acknowledge 1")
    assert [offer.line for offer in desk.plan("/alarm show 1").offers] == asked[1:]
    desk.house.time.pass_(minutes=5)
    come(desk, WEB, Phase.ENDS)
    assert desk.plan("/alarm show 1").offers == ()


def test_what_a_message_has_no_room_for_stands_in_a_file(desk: Desk) -> None:
    come(desk, facts=12)
    plan = desk.plan("/alarm show 1")
    assert plan.file is not None
    assert plan.file.text.splitlines()[-1] == "fact 12"


def test_how_long_it_goes_on_is_said_in_the_table_of_another(desk: Desk) -> None:
    come(desk)
    desk.house.time.pass_(hours=1)
    come(desk, rule=desk.house.path.troubles.rules()[2])
    ((*_, length, state, _, rule),) = in_english(desk.plan("/alarm show 2").table)
    assert (length, state, rule) == (f"{timedelta(hours=1)} so far", "open", "alarms")


@pytest.mark.parametrize(
    ("typed", "said"), [("7", "There is no alarm #A7."), ("web", "“web” is no alarm's number")]
)
def test_a_number_that_is_none_is_a_sentence(desk: Desk, typed: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        desk.plan(f"/alarm show {typed}")
