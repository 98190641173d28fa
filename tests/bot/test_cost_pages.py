"""A bill in pages: a day that a page cuts in two is whole with the next, or not at all."""

from datetime import date
from decimal import Decimal

from aws.cost_explorer import Amount, Page
from bot.cost_pages import Part, Whole, split

MON, TUE, WED, THU = (date(2026, 11, day) for day in (23, 24, 25, 26))


def amount(day: date, much: str) -> Amount:
    return Amount(day, "EC2", "123456789012", Decimal(much))


def page(*amounts: Amount, final: dict[date, bool], token: str = "", currency: str = "USD") -> Page:
    return Page(amounts, final, currency if amounts else "", {}, token)


def test_a_page_without_another_behind_it_is_whole_also_where_a_day_cost_nothing() -> None:
    wholes, rest = split(page(amount(MON, "1"), final={MON: True, TUE: False}), Part(MON))
    assert wholes == [
        Whole(MON, (amount(MON, "1"),), final=True, currency="USD"),
        Whole(TUE, (), final=False, currency="USD"),
    ]
    assert rest.day == WED


def test_the_last_day_of_a_page_goes_on_with_the_next() -> None:
    first = page(amount(MON, "1"), amount(TUE, "2"), final={MON: False, TUE: False}, token="2")
    wholes, rest = split(first, Part(MON))
    assert [one.day for one in wholes] == [MON]
    wholes, rest = split(page(amount(TUE, "3"), final={TUE: False}), rest)
    assert [(one.day, [str(each.amount) for each in one.amounts]) for one in wholes] == [(TUE, ["2", "3"])]
    assert rest.day == WED


def test_a_day_that_ended_with_its_page_keeps_what_that_page_said_of_it() -> None:
    """The next page does not name it any more: neither that it is final, nor its currency."""
    _, rest = split(page(amount(MON, "1"), final={MON: True}, token="2", currency="CNY"), Part(MON))
    wholes, _ = split(page(final={TUE: False}), rest)
    assert wholes == [
        Whole(MON, (amount(MON, "1"),), final=True, currency="CNY"),
        Whole(TUE, (), final=False, currency=""),
    ]


def test_a_day_larger_than_a_page_is_gathered() -> None:
    rest = Part(MON)
    for n in ("1", "2", "3"):
        wholes, rest = split(page(amount(MON, n), final={MON: False}, token="next"), rest)
        assert wholes == []
    wholes, _ = split(page(amount(MON, "4"), final={MON: False}), rest)
    assert sum(one.amount for one in wholes[0].amounts) == 10


def test_days_that_a_page_names_and_has_not_reached_are_not_stored_as_nothing() -> None:
    named = dict.fromkeys((MON, TUE, WED, THU), False)
    wholes, rest = split(page(amount(MON, "1"), amount(TUE, "2"), final=named, token="2"), Part(MON))
    assert ([one.day for one in wholes], rest.day) == ([MON], TUE)
    wholes, _ = split(page(amount(TUE, "3"), amount(THU, "5"), final=named), rest)
    assert [(one.day, sum(each.amount for each in one.amounts)) for one in wholes] == [
        (TUE, 5),
        (WED, 0),
        (THU, 5),
    ]


def test_a_page_of_nothing_with_another_behind_it_says_nothing_of_any_day() -> None:
    wholes, rest = split(page(final={MON: False, TUE: False}, token="2"), Part(MON))
    assert (wholes, rest.day) == ([], MON)
