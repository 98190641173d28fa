"""The report of a failure test: what it says, and why users were out longer than the database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.arguments import UsageError
from bot.drill import Mark, Source
from bot.plan import Plan
from bot.probe import Sample
from bot.timeline import Timeline
from bot.views.answer import answer
from bot.views.file_text import file_text
from bot.words import words
from commands.failover.report import Args, plan
from tests.bot.drills import API, SHOP, STORY_MARKS, STORY_SAMPLES, after, drill, mark, merged, samples
from tests.bot.views.reports import speaker
from tests.bot.views.test_limits import within_limits
from tests.commands.desk import in_english
from tests.commands.failover.drilled import Kept, world

OVER = drill(until=200)
STORY = Kept(OVER, STORY_SAMPLES, STORY_MARKS)


def report(*kept: Kept, **args: object) -> Plan:
    return plan(Args(**args), world(after(300), *kept))  # type: ignore[arg-type]


def of(asked: tuple[Sample, ...], marks: tuple[Mark, ...] = (), **changes: object) -> Plan:
    return report(Kept(replace(OVER, **changes), asked, marks))  # type: ignore[arg-type]


def notes(made: Plan) -> list[str]:
    return [str(note) for note in made.notes]


def text(made: Plan, language: str = "en") -> str:
    assert made.file is not None
    return file_text(made.file, speaker(language))


def test_the_write_ups_story_is_told_with_the_reason_why_users_were_out_longer() -> None:
    """RDS notes the failover at 0, 20 and 54 s; the site answers 504, then 502, and is well after 90 s."""
    made = report(STORY)
    assert str(made.summary) == (
        "#42 · database · shop-db: The hypothesis did not hold: shop was out for 87.0 s (± 1.1 s);"
        " at most 0:01:00 is tolerated."
    )
    in_the_end = notes(made)[7]
    assert in_the_end.startswith("In the end all was well again: shop: ")
    assert notes(made) == [
        "U0SATO asked for it; it was begun 2026-11-21T13:00:00+00:00.",
        "It was broken for 0:02:00, and put back in 0:00:02.",
        "shop noticed it first, after 4.0 s.",
        (
            "RDS took 0:00:54 for the failover by its own events (+0:00 to +0:54), but users were out for"
            " 0:01:27: 0:00:33 longer."
        ),
        (
            "While the database was away users got 504 (the load balancer waited for an answer in vain),"
            " 502 (the load balancer got a broken answer, or a closed connection)."
        ),
        (
            "For 0:00:36 after the database was back they still got 502 (the load balancer got a broken"
            " answer, or a closed connection)."
        ),
        (
            "By then the application was reached and answered badly. Most often it still held connections to"
            " the old primary, or its workers had died: have the pool test connections before use, and let"
            " the health check wait for the database."
        ),
        in_the_end,
        "shop was out from +0:04 to +1:30, for 87.0 s (± 1.1 s): 504 for 0:00:46, 502 for 0:00:40.",
        "shop was well for good 90.5 s (± 0.5 s) after the fault.",
        "The hypothesis was: shop is back within 0:01:00, and then no more than 1 % fail.",
    ]


def test_each_probe_has_its_figures_with_their_error() -> None:
    assert in_english(report(STORY).table) == [
        (
            *("shop", "180", "87", "504 × 46, 502 × 41", "4.0 s", "87.0 s ± 1.1 s", "90.5 s ± 0.5 s"),
            *("40 / 40 / 40 ms", "did not hold"),
        )
    ]


def test_the_picture_is_the_drills_timeline() -> None:
    chart = report(STORY).chart
    assert isinstance(chart, Timeline)
    assert [len(track.windows) for track in chart.tracks] == [1]


def test_users_who_hang_on_an_old_address_get_another_advice() -> None:
    made = of(samples((24, 111, "504")), tuple(STORY_MARKS))
    assert any("the old address was still cached" in note for note in notes(made))
    assert not any("workers had died" in note for note in notes(made))


def test_users_who_were_out_no_longer_than_the_database_are_told_so() -> None:
    made = of(samples((24, 60, "504")), tuple(STORY_MARKS))
    assert any("users were out no longer: 0:00:36." in note for note in notes(made))


@pytest.mark.parametrize(
    "marks",
    [
        (),
        STORY_MARKS[:2],
        (mark(20, "shop-db: DB instance restarted"), mark(54, "shop-db: DB instance restarted")),
        (mark(30, "web: Launching a new EC2 instance"),),
    ],
    ids=["nothing", "no end", "no failover", "a group"],
)
def test_without_a_failover_by_rds_nothing_is_said_of_one(marks: tuple[Mark, ...]) -> None:
    assert not any("RDS" in note for note in notes(of(STORY_SAMPLES, tuple(marks))))


def test_a_fault_that_reached_nobody_held_and_says_so() -> None:
    made = of(samples(), tuple(STORY_MARKS))
    assert str(made.summary).endswith("The hypothesis held: no probe noticed anything.")
    assert notes(made)[2] == "The fault did not reach users: no probe noticed anything."


def test_one_that_was_ended_early_says_why_and_by_whom() -> None:
    made = of(STORY_SAMPLES, stopped=words("{person} ended it", person="U0MILLER"))
    assert "Why it was ended: U0MILLER ended it." in notes(made)


def test_one_that_is_under_way_is_told_so_far() -> None:
    known = tuple(one for one in STORY_SAMPLES if one.at <= after(80))
    made = plan(Args(42), world(after(80), Kept(drill(until=80), known)))
    assert "So far: shop is out, for 0:00:56 now." in str(made.summary)
    assert in_english(made.table)[0][5:] == ("still", "–", "40 / 40 / – ms", "–")


def test_without_a_number_it_is_of_the_newest() -> None:
    older = Kept(replace(OVER, number=7), samples())
    assert str(report(older, STORY).summary).startswith("#42")
    assert str(report(older, STORY, number=7).summary).startswith("#7")


def test_a_number_of_something_else_is_said_to_be_no_failure_test() -> None:
    with pytest.raises(UsageError, match="#9 is no failure test"):
        report(STORY, number=9)
    with pytest.raises(UsageError, match="#42 against itself shows nothing"):
        report(STORY, compare=42)
    with pytest.raises(UsageError, match="There was no failure test yet"):
        report()


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markdown", "name"), [(False, "failure-test-42.html"), (True, "failure-test-42.md")]
)
def test_the_file_has_all_of_it(markdown: bool, name: str) -> None:
    made = report(STORY, markdown=markdown)
    assert made.file is not None
    assert made.file.name == name
    whole = text(made)
    for part in (
        "The hypothesis did not hold",
        "RDS took 54 sec for the failover",
        "504 × 46, 502 × 41",
        "shop-db: Multi-AZ instance failover completed",
        "+0:54",
        "the load balancer waited for an answer in vain",
    ):
        assert part in whole


def test_what_people_and_aws_did_is_in_it_with_who_says_so() -> None:
    marks = (*STORY_MARKS, mark(95, "U0SATO acknowledges web-5xx", Source.PERSON))
    whole = text(report(Kept(OVER, STORY_SAMPLES, marks), markdown=True))
    assert "| +1:15 | a person | U0SATO acknowledges web-5xx |" in whole
    assert "| +0:00 | toban | failover.reboot-database shop-db |" in whole


# -- beside another --------------------------------------------------------------------------------


def compared(before: tuple[Sample, ...], now: tuple[Sample, ...], **changes: object) -> Plan:
    other = replace(OVER, number=17, **changes)  # type: ignore[arg-type]
    return report(Kept(other, before), Kept(OVER, now), number=42, compare=17)


def test_a_shorter_outage_is_better_and_a_longer_one_worse() -> None:
    short, long = samples((24, 40, "504")), STORY_SAMPLES
    assert notes(compared(long, short))[0] == "shop, against #17: better by 71 s."
    assert notes(compared(short, long))[0] == "shop, against #17: worse by 71 s."


def test_figures_side_by_side_with_their_difference() -> None:
    made = compared(STORY_SAMPLES, samples((22, 40, "504")))
    assert in_english(made.table) == [
        ("shop: out", "87.0 s ± 1.1 s", "18.0 s ± 1.1 s", "better by 69 s"),
        ("shop: noticed after", "4.0 s", "2.0 s", "−2.0 s"),
        ("shop: well after", "90 s", "20 s", "−71 s"),
        ("shop: 504", "46", "18", "−28"),
        ("shop: 502", "41", "0", "−41"),
    ]
    assert "better by 69 s" in text(made)
    assert "504 × 18" in text(made)


def test_what_lies_within_the_error_is_the_same() -> None:
    assert (
        "the same within the error" in notes(compared(samples((24, 40, "504")), samples((24, 41, "504"))))[0]
    )


def test_what_is_not_back_is_worse_than_whatever_is() -> None:
    for_good = samples((24, 500, "504"))
    assert "worse: it is not back" in notes(compared(STORY_SAMPLES, for_good))[0]
    assert "better: it is back" in notes(compared(for_good, STORY_SAMPLES))[0]
    assert "neither is back" in notes(compared(for_good, for_good))[0]


def test_two_that_broke_different_things_are_told_apart() -> None:
    spec = replace(OVER.spec, about="other-db")
    assert "They broke different things" in notes(compared(STORY_SAMPLES, STORY_SAMPLES, spec=spec))[1]
    spec = replace(OVER.spec, probes=(API,))
    assert notes(compared((), STORY_SAMPLES, spec=spec))[0] == "They have no probe in common."


# -- in Slack --------------------------------------------------------------------------------------


def test_it_fits_into_a_message_however_much_there_was() -> None:
    probes = [replace(SHOP, name=f"probe-{number}", every=timedelta(seconds=2)) for number in range(12)]
    out = [(24.0 + 4 * at, 26.0 + 4 * at, ("504", "502", "refused")[at % 3]) for at in range(25)]
    asked = merged(*(samples(*out, probe=one) for one in probes))
    marks = tuple(mark(20 + at, f"event {at}") for at in range(150))
    made = report(Kept(drill(*probes, until=200), asked, marks))
    for language in ("en", "ja"):
        within_limits(answer(made, speaker(language), "failover report 42"))
    assert "event 149" in text(made)
