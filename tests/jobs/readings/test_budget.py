"""Budgets: how much of it is used, or will be."""

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import buttons, event, facts, reading, say


def test_a_letter_of_a_budget_says_how_much_of_it_is_used() -> None:
    found = reading("budget_by_sns")
    assert say(found.title) == "The budget monthly-bill is at $2,410.45 of $3,000.00"
    assert (found.severity, found.phase) == (Severity.WARNING, Phase.TELLS)
    assert facts(found) == ["threshold > $2,400.00", "by what was spent", "type Cost"]
    assert buttons(found) == {"This month": "cost month", "What moved?": "cost why"}


def test_a_budget_that_will_be_used_up_says_that_it_is_a_forecast() -> None:
    found = reading("budget_event")
    assert say(found.title) == "The budget monthly-bill will be at 3,300.10 USD of 3,000.00 USD"
    assert facts(found)[:2] == ["threshold 100%", "by AWS's forecast"]


def test_every_notification_of_a_budget_is_about_that_budget() -> None:
    assert reading("budget_by_sns").subject == reading("budget_event").subject


def test_a_letter_that_is_no_budget_s_is_shown_as_it_is() -> None:
    assert event("budget_by_sns").source == "aws.budgets"
    found = reading("budget_event", budgetName=None)
    assert say(found.title) == "aws.budgets · Budget Notification"
