"""RDS: which events begin and end a trouble of a database, and what is read of them."""

import pytest

from bot.trouble import Phase, Severity
from jobs.readings.rds_events import KNOWN
from tests.jobs.readings.given import buttons, facts, reading, say


def test_a_failover_begins_critical_and_ends_with_the_same_message() -> None:
    begun, over = reading("rds_failover_begun"), reading("rds_failover_over")
    assert say(begun.title) == "shop-db: a failover has begun"
    assert (begun.severity, begun.phase) == (Severity.CRITICAL, Phase.BEGINS)
    assert facts(begun) == [
        "RDS says: Multi-AZ instance failover started.",
        "RDS-EVENT-0013, category failover",
    ]
    assert buttons(begun) == {"Show shop-db": "rds list shop-db"}
    assert (over.phase, over.subject) == (Phase.ENDS, begun.subject)
    assert say(over.title) == "shop-db: the failover is over"


def test_a_failover_of_a_cluster_that_fails_goes_on_and_says_so() -> None:
    begun, failed = reading("rds_cluster_failover"), reading("rds_cluster_failover_failed")
    assert (failed.phase, failed.severity) == (Phase.GOES_ON, Severity.CRITICAL)
    assert failed.subject == begun.subject
    assert say(failed.title) == "orders: the failover has failed"


@pytest.mark.parametrize("name", ["rds_restarted", "rds_stopped"])
def test_a_shutdown_ends_with_a_restart_or_with_a_stop_that_was_wanted(name: str) -> None:
    down, up = reading("rds_shutdown"), reading(name)
    assert (down.phase, down.severity) == (Phase.BEGINS, Severity.WARNING)
    assert (up.phase, up.subject) == (Phase.ENDS, down.subject)


def test_storage_that_runs_out_ends_with_more_of_it() -> None:
    low, more = reading("rds_low_storage"), reading("rds_low_storage", EventID="RDS-EVENT-0017")
    assert say(low.title) == "shop-db: storage runs out"
    assert (low.phase, more.phase) == (Phase.BEGINS, Phase.ENDS)
    assert low.subject == more.subject
    assert reading("rds_low_storage", EventID="RDS-EVENT-0007").severity is Severity.CRITICAL


def test_a_backup_that_went_wrong_ends_with_one_that_went_well() -> None:
    wrong, done = reading("rds_backup_failed"), reading("rds_backup_done")
    assert say(wrong.title) == "shop-db: a backup went wrong"
    assert (wrong.phase, done.phase, wrong.subject) == (Phase.BEGINS, Phase.ENDS, done.subject)


def test_an_automatic_snapshot_is_about_the_database_that_it_was_made_of() -> None:
    found = reading("rds_cluster_snapshot")
    assert found.names["database"] == "orders"
    assert "snapshot rds:orders-2026-11-22-18-05" in facts(found)
    assert found.phase is Phase.ENDS


def test_a_database_that_starts_by_itself_can_be_stopped_again() -> None:
    found = reading("rds_started_by_itself")
    assert (found.phase, found.severity) == (Phase.TELLS, Severity.WARNING)
    assert buttons(found)["Stop shop-db"] == "rds stop shop-db"


def test_other_things_about_a_database_are_told_in_the_words_of_rds() -> None:
    found = reading("rds_changed")
    assert say(found.title) == "shop-db: Reset master credentials"
    assert (found.phase, found.severity) == (Phase.TELLS, Severity.INFO)


@pytest.mark.parametrize(
    ("categories", "phase", "severity"),
    [
        (["failure"], Phase.TELLS, Severity.WARNING),
        (["notification", "failover"], Phase.GOES_ON, Severity.WARNING),
        (["low storage"], Phase.BEGINS, Severity.WARNING),
        (["notification"], Phase.TELLS, Severity.INFO),
        ([], Phase.TELLS, Severity.INFO),
    ],
)
def test_an_id_that_nobody_knows_means_what_its_category_says(
    categories: list[str], phase: Phase, severity: Severity
) -> None:
    found = reading("rds_changed", EventID="RDS-EVENT-9999", EventCategories=categories)
    assert (found.phase, found.severity) == (phase, severity)


def test_what_begins_by_an_id_can_end_by_one() -> None:
    begun = {one.about for one in KNOWN.values() if one.phase in {Phase.BEGINS, Phase.GOES_ON}}
    assert begun <= {one.about for one in KNOWN.values() if one.phase is Phase.ENDS}
