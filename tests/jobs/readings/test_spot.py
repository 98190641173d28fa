"""Spot instances: two minutes are left, or perhaps some more."""

from bot.trouble import Phase, Severity
from tests.jobs.readings.given import INSTANCE, buttons, facts, reading, say


def test_an_interruption_says_when_and_offers_what_two_minutes_are_enough_for() -> None:
    found = reading("spot_interruption")
    assert say(found.title) == f"EC2 takes the spot instance {INSTANCE} back at 22 Nov 2026, 10:02 JST"
    assert (found.severity, found.phase) == (Severity.CRITICAL, Phase.BEGINS)
    assert facts(found) == ["it is terminated: what is on its instance store and root volume is lost"]
    assert buttons(found) == {f"Drain {INSTANCE}": f"ec2 drain {INSTANCE}"}
    assert found.names["instance"] == INSTANCE


def test_hibernation_begins_at_once() -> None:
    assert say(reading("spot_hibernation").title) == f"EC2 hibernates the spot instance {INSTANCE} now"


def test_a_recommendation_is_a_trouble_of_its_own_so_that_the_interruption_calls_people() -> None:
    found = reading("spot_rebalance")
    assert (found.severity, found.phase) == (Severity.WARNING, Phase.TELLS)
    assert found.subject != reading("spot_interruption").subject


def test_a_notice_that_names_no_instance_is_shown_as_it_is_and_offers_nothing() -> None:
    found = reading("spot_interruption", **{"instance-id": "all"})
    assert found.names["instance"] == INSTANCE, "its resources still name it"
    assert list(buttons(found).values()) == [f"ec2 drain {INSTANCE}"]
