from dataclasses import replace

from commands.failover.list import Args, plan
from tests.bot.drills import STORY_MARKS, STORY_SAMPLES, after, drill, samples
from tests.commands.desk import in_english
from tests.commands.failover.drilled import Kept, world

OVER = drill(until=200)


def test_each_is_listed_with_what_it_has_shown_the_newest_first() -> None:
    kept = (Kept(replace(OVER, number=7), samples()), Kept(OVER, STORY_SAMPLES, STORY_MARKS))
    made = plan(Args(), world(after(300), *kept))
    assert str(made.summary) == "2 failure tests, the newest first"
    rows = in_english(made.table)
    assert rows[0][:4] == ("#42", "2026-11-21 22:00", "database · shop-db", "prod/ap-northeast-1")
    assert [(row[0], row[4].partition(":")[0]) for row in rows] == [
        ("#42", "The hypothesis did not hold"),
        ("#7", "The hypothesis held"),
    ]
    assert [offer.line for offer in made.offers] == ["failover report 42", "failover report 7"]


def test_no_more_are_listed_than_were_asked_for() -> None:
    kept = [Kept(replace(OVER, number=number), ()) for number in range(1, 9)]
    made = plan(Args(most=3), world(after(300), *kept))
    assert [row[0] for row in in_english(made.table)] == ["#8", "#7", "#6"]


def test_before_the_first_there_is_none() -> None:
    assert str(plan(Args(), world(after(0))).summary) == "There was no failure test yet."
