"""What keeps an instance up or down, in one line."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from bot.hours import Span
from commands.power.overrides import by_resource
from commands.power.standing import standing
from tests.commands.power.machines import HERE, ID, OFFICE, held, machine, tokyo

ALWAYS = replace(
    OFFICE, name="always", span=Span(time(0), time(0)), days=("mon", "tue", "wed", "thu", "fri", "sat", "sun")
)
NEVER = replace(OFFICE, name="never", days=())
HOURS = {one.name: one for one in (OFFICE, ALWAYS, NEVER)}
NOON = tokyo("2026-11-20T12:00")


@pytest.mark.parametrize(
    ("calendar", "at", "said"),
    [
        ("office", NOON, "office: running until 2026-11-20T10:00:00+00:00"),
        ("office", tokyo("2026-11-20T19:00"), "office: stopped until 2026-11-23T00:00:00+00:00"),
        ("always", NOON, "always: always running"),
        ("never", NOON, "never: always stopped"),
        ("ofice", NOON, "there is no calendar “ofice”; there are office, always, never"),
        ("none", NOON, "None"),
        ("None", NOON, "None"),
        ("", NOON, "None"),
    ],
)
def test_its_hours_say_until_when(calendar: str, at: datetime, said: str) -> None:
    assert str(standing(machine("running", calendar).tags, HOURS, None, at)) == said


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("ec2.stop", "kept running by U0SATO until"),
        ("ec2.start", "kept stopped by U0SATO until"),
        ("ec2.keep", "kept as it is by U0SATO until"),
    ],
)
def test_an_override_goes_before_its_hours(action: str, said: str) -> None:
    override = held(action, tokyo("2026-11-20T22:00"))
    assert str(standing(machine("running").tags, HOURS, override, NOON)).startswith(said)


def test_of_several_overrides_the_longest_shows_and_one_whose_moment_came_does_not() -> None:
    past, short, long = (
        held("ec2.stop", tokyo(f"2026-11-20T{clock}")) for clock in ("12:00", "20:00", "22:00")
    )
    where = (HERE.account, HERE.region, ID)
    assert by_resource([long, short, past], NOON) == {where: long}
    assert by_resource([past], NOON) == {}
    assert by_resource([held("run.command", tokyo("2026-11-20T22:00"))], NOON) == {}
