"""What an invocation means, and how much is asked of Systems Manager at a time."""

import pytest

from aws.command import Invocation
from bot.command import Sight
from bot.words import from_json, to_json
from commands.changes.run_command import FETCHED, printed, seen, was_cut
from tests.commands.desk import Desk

OUT = "starting\nerror: no space left\n"


def over(status: str, code: int = -1, details: str = "", output: str = OUT) -> Invocation:
    return Invocation(status, code, output, "", details or status)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (over("Failed", 2), "it returned 2: error: no space left"),
        (over("Failed", 2, output=""), "it returned 2: –"),
        (over("TimedOut", details="Execution Timed Out"), "it did not end in time and was stopped"),
        (
            over("TimedOut", details="Delivery Timed Out"),
            "its agent did not take the command on in time, so it never ran there",
        ),
        (over("Cancelled"), "it was cancelled in Systems Manager"),
        (over("Failed", details="Undeliverable"), "Systems Manager says: Undeliverable"),
    ],
)
def test_what_did_not_go_well_says_why(shown: Invocation, said: str) -> None:
    found = seen(shown)
    assert (found.sight, str(found.shows)) == (Sight.FAILED, said)


@pytest.mark.parametrize("status", ["Pending", "InProgress", "Delayed", "Cancelling"])
def test_what_is_not_over_is_still_coming(status: str) -> None:
    assert seen(over(status)).sight is Sight.COMING


def test_the_output_stays_beside_the_words_and_out_of_the_sentence() -> None:
    """So the audit log has the sentence, and the file all of it; also once it was stored."""
    shows = seen(over("Success", 0, output="\n  a  b\n\n")).shows
    assert str(shows) == "it returned 0"
    assert printed(from_json(to_json(shows))) == "  a  b"
    assert not was_cut(from_json(to_json(shows)))


def test_of_many_long_outputs_some_are_fetched_with_each_look(desk: Desk) -> None:
    """Hundreds of calls in a row would keep every other look waiting."""
    desk.run(FETCHED + 5, env="dev")
    desk.local.control.commands_say("x" * 3_000)
    number = desk.see_through('/run "cat /x" on tag:env=dev', turns=1, passing=5)
    assert desk.local.control.count("GetCommandInvocation") == FETCHED
    desk.house.work(passing=5)
    assert desk.local.control.count("GetCommandInvocation") == FETCHED + 5
    assert {len(printed(row.reason)) for row in desk.house.steps(number)} == {3_000}
    assert {row.state for row in desk.house.steps(number)} == {"done"}
