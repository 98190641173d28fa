from bot.brief import NightBrief
from bot.plan import Plan
from bot.words import words
from commands.backup import status
from tests.commands.backup.ledger import world
from tests.commands.backup.nights import bad, brief, good, lost
from tests.commands.desk import in_english


def shown(*nights: NightBrief) -> Plan:
    return status.plan(status.Args(), world(*nights))


def cells(plan: Plan) -> list[tuple[str, ...]]:
    assert plan.table is not None
    return in_english(plan.table)


def notes(plan: Plan) -> list[str]:
    return [str(note) for note in plan.notes]


def test_the_last_good_night_and_its_age_come_first() -> None:
    plan = shown(good(), bad(1))
    assert str(plan.summary) == "✅ Last good night: 2026-11-22, 7:30:00 ago"


def test_a_last_good_night_that_is_too_old_is_red() -> None:
    assert str(shown(bad(), good(1)).summary).startswith("🔴 Last good night: 2026-11-21, 1 day, 7:30:00 ago")
    assert str(shown(bad(), bad(1)).summary) == "🔴 None of the last nights has gone well."


def test_every_run_has_a_row_with_its_counts_and_what_failed_is_red() -> None:
    assert cells(shown(good(), bad(1))) == [
        ("2026-11-22", "01:00", "2 / 2", "0", "0", "0", "0:12:00", "✅ done", "#7"),
        ("2026-11-21", "01:00", "1 / 2", "1", "0", "0", "0:12:00", "🔴 partly", "#8"),
    ]


def test_a_night_that_never_was_is_red_and_says_why() -> None:
    plan = shown(lost(), good(1))
    assert cells(plan)[0] == ("2026-11-22", "01:00", "–", "–", "–", "–", "–", "🔴 missed", "–")
    assert notes(plan) == [
        "The last 2 nights: 1 good night, 0 with failures, 1 missed",
        "2026-11-22: nobody was there",
    ]


def test_a_refused_night_is_red() -> None:
    refused = brief(0, 9, "refused", why=words("not allowed"), took=None)
    assert cells(shown(refused))[0][7] == "🔴 refused"


def test_a_second_run_makes_a_failed_night_good() -> None:
    again = brief(0, 10, "done", well=True)
    assert notes(shown(again, bad()))[0] == "The last night: 1 good night, 0 with failures, 0 missed"


def test_a_run_that_is_under_way_is_neither_good_nor_red() -> None:
    plan = shown(brief(0, 9, "running", took=None), good(1))
    assert cells(plan)[0][7] == "running"
    assert notes(plan) == ["The last night: 1 good night, 0 with failures, 0 missed"]


def test_a_run_that_found_nothing_to_do_is_red_unless_the_night_went_well_before() -> None:
    idle = brief(0, 9, "answered", took=None)
    assert cells(shown(idle, good()))[0][7] == "answered"
    assert cells(shown(idle, good(1)))[0][7] == "🔴 answered"


def test_no_nights_at_all_is_red() -> None:
    assert str(shown().summary) == "🔴 No night of backups in the last 14 days."


def test_a_night_of_two_schedules_is_good_when_both_were() -> None:
    other = brief(0, 10, "done", well=True, line="/backup tonight tag:Backup=weekly")
    assert notes(shown(other, bad()))[0] == "The last night: 0 good nights, 1 with failures, 0 missed"
    assert notes(shown(other, good()))[0] == "The last night: 1 good night, 0 with failures, 0 missed"
