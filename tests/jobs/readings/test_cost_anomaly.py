"""Costs that AWS finds unusual."""

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import buttons, facts, reading, say


def test_an_anomaly_says_how_much_of_what_and_whose() -> None:
    found = reading("cost_anomaly")
    assert (
        say(found.title)
        == "Unusual costs: $1,001.00 more than expected of Amazon Elastic Compute Cloud - Compute"
    )
    assert (found.severity, found.phase) == (Severity.WARNING, Phase.TELLS)
    assert facts(found)[:4] == [
        "$1,301.00 instead of $300.00",
        "333.67% more",
        "from 2026-11-20 until 2026-11-21",
        "Amazon Elastic Compute Cloud - Compute · ap-northeast-1 · APN1-BoxUsage:m5.24xlarge · dev: $601.00",
    ]
    assert buttons(found) == {"What moved?": "cost why 2026-11-21"}


def test_an_anomaly_by_sns_is_the_same_one() -> None:
    straight, by_sns = reading("cost_anomaly"), reading("cost_anomaly_by_sns")
    assert (by_sns.subject, by_sns.title, by_sns.offers) == (
        straight.subject,
        straight.title,
        straight.offers,
    )


def test_a_date_that_is_none_is_not_asked_about() -> None:
    found = reading("cost_anomaly", anomalyEndDate="all of it --account x", anomalyStartDate=None)
    assert list(buttons(found).values()) == ["cost why"]
