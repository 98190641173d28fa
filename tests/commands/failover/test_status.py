from dataclasses import replace

from bot.probe import Sample
from commands.failover.status import Args, plan
from tests.bot.drills import API, SHOP, STORY_SAMPLES, after, drill, merged, samples
from tests.commands.desk import in_english
from tests.commands.failover.drilled import Kept, world


def known(asked: tuple[Sample, ...], at: float) -> tuple[Sample, ...]:
    return tuple(one for one in asked if one.at <= after(at))


def test_what_is_under_way_is_shown_with_how_users_fare_and_what_comes_next() -> None:
    made = plan(Args(), world(after(80), Kept(drill(until=80), known(STORY_SAMPLES, 80))))
    assert str(made.summary) == "1 failure test is under way."
    assert in_english(made.table) == [
        (
            *("#42", "database · shop-db", "prod/ap-northeast-1", "broken on purpose"),
            *("shop: 0 % well (502)", "<@U0SATO>"),
        )
    ]
    assert list(map(str, made.notes)) == [
        "Broken since 0:01:00.",
        "The way back begins by itself in 0:01:00 at the latest.",
    ]
    assert [offer.line for offer in made.offers] == ["failover abort 42"]


def test_of_several_probes_the_one_that_fares_worst_is_shown() -> None:
    asked = merged(samples((60, 90, "504"), probe=API), samples())
    made = plan(Args(), world(after(80), Kept(drill(SHOP, API, until=80), known(asked, 80))))
    [row] = in_english(made.table)
    assert row[4] == "api: 0 % well (504)"


def test_of_several_each_says_which_it_is() -> None:
    other = drill(until=5, number=43)
    made = plan(Args(), world(after(80), Kept(drill(until=80)), Kept(replace(other, begun=after(75)))))
    assert str(made.summary) == "2 failure tests are under way."
    assert [row[0] for row in in_english(made.table)] == ["#43", "#42"]
    assert {str(note).partition(":")[0] for note in made.notes} == {"#42", "#43"}


def test_what_is_over_is_not_under_way() -> None:
    made = plan(Args(), world(after(220), Kept(drill(until=220), STORY_SAMPLES)))
    assert (str(made.summary), made.table) == ("No failure test is under way.", None)
