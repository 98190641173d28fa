"""The home tab: within Slack's limits whatever lies on the desk, and in its reader's language."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.brief import Brief, ScheduleBrief
from bot.command import Risk
from bot.operation import Ask, Asker, Door, State, StepState
from bot.trouble import Severity
from bot.views.home import Desk, home
from bot.views.home_alarms import Alarms, Ringing
from bot.views.home_rows import Entry
from bot.views.home_spent import Spent
from bot.words import words
from playground.slack.limits.views import check_view
from tests.bot.views.reports import NOW, report, row, speaker
from tests.bot.views.test_hours import held, office
from tests.bot.views.test_trouble import ALARM


def schedule(name: str, **changes: Any) -> ScheduleBrief:
    known: dict[str, Any] = {
        "name": name,
        "line": "/ec2 stop tag:env=dev",
        "when": "mon-fri 20:00 Asia/Tokyo",
        "owner": "U0ANNA",
        "channel": "C0OPS",
        "digest": "d",
        "approved_by": (),
        "disabled": None,
        "next_due": NOW + timedelta(hours=1),
        "last": None,
    }
    return ScheduleBrief(**{**known, **changes})


def said(desk: Desk, language: str = "en") -> str:
    view = home(desk, speaker(language), NOW)
    check_view(view, "home")
    return json.dumps(view["blocks"], ensure_ascii=False)


def test_an_empty_desk_says_so_in_the_readers_language() -> None:
    assert "Nothing waits for you." in said(Desk())
    assert "あなたの承認を待っているものはありません。" in said(Desk(), "ja")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_slack_takes_the_fullest_desk(language: str) -> None:
    """Each part says how many more there are, and which command shows them."""
    found = said(fullest(), language)
    for command in ("/toban pending", "/alarm list", "/schedule list"):
        assert f"`{command}`" in found
    assert "/toban audit" not in found


def fullest() -> Desk:
    ask = Ask("key", Door.SLASH, Asker("U0ASKER"), "ec2 stop " + "長" * 9_000, NOW)
    rows = tuple(row(id_=f"i-{n:017x}", name="長" * 300) for n in range(8))
    waiting = Entry(report(ask=ask, steps=rows), "https://example.slack.com/" + "p" * 200, Risk.DESTROY)
    done = Entry(
        report(State.FAILED, ask=ask, started=NOW, ended=NOW, reason=words("x" * 9_000)), waiting.url
    )
    ringing = Ringing(replace(ALARM, title=words("長" * 900)), waiting.url, True)
    return Desk(
        waiting=[waiting] * 50,
        waits=50,
        asking=[done] * 50,
        called=[ringing] * 50,
        mine=[done] * 50,
        running=[done] * 50,
        runs=80,
        schedules=[schedule("夜" * 300, last=Brief(3, State.DONE, "/ec2 stop", "U0ANNA", NOW))] * 50,
        alarms=Alarms([ringing] * 50, {Severity.CRITICAL: 300, Severity.INFO: 1_000_000}),
        spent=Spent(words("長" * 9_000), [words("x" * 9_000)] * 50, NOW),
        hours=[office(name="長" * 60)] * 50,
        held=[held(number) for number in range(50)],
        changed=[done] * 50,
    )


def test_schedules_stand_in_the_order_in_which_they_come_due() -> None:
    last = Brief(3, State.DONE, "/ec2 stop", "U0ANNA", NOW)
    found = said(
        Desk(
            schedules=[
                schedule("later", next_due=NOW + timedelta(hours=3)),
                schedule("sooner", last=last),
                schedule("stopped", disabled=words("no longer allowed")),
                schedule("never", next_due=None),
                schedule("resting", paused_by="U0ANNA"),
            ]
        )
    )
    assert found.index("sooner") < found.index("later")
    assert "22:00 JST, for <@U0ANNA>" in found
    assert "✅ last: #3" in found
    assert "It has not run yet." in found
    assert "stopped" not in found
    assert "resting" not in found
    assert "never" not in found


def test_what_runs_shows_how_far_it_is() -> None:
    running = report(
        State.RUNNING,
        started=NOW - timedelta(minutes=1),
        counts={StepState.DONE: 3, StepState.PLANNED: 1},
    )
    assert "75%" in said(Desk(running=[Entry(running)]))


def test_only_what_has_a_message_has_a_way_to_it() -> None:
    assert "toban.show" not in said(Desk(mine=[Entry(report())]))
    assert "toban.show" in said(Desk(mine=[Entry(report(), "https://example.slack.com/archives/C/p1")]))


def test_what_this_reader_may_not_ask_about_is_not_there() -> None:
    found = said(Desk(running=None, schedules=None, alarms=None, spent=None, changed=None))
    for title in ("Running now", "Next schedules", "Open alarms", "Spent this month", "Recent changes"):
        assert title not in found


def test_an_empty_part_says_what_would_fill_it() -> None:
    found = said(Desk(alarms=Alarms(), spent=Spent()))
    for command in ("/ec2", "/schedule add", "/alarm cover", "/cost month", "/toban audit"):
        assert f"`{command}`" in found


def test_open_alarms_are_counted_by_how_much_they_matter() -> None:
    worst = Ringing(ALARM, "https://example.slack.com/archives/C/p1")
    found = said(Desk(alarms=Alarms([worst], {Severity.CRITICAL: 2, Severity.WARNING: 1})))
    assert "🔴 2 critical · 🟠 1 warning" in found
    assert "… and 2 more: `/alarm list`" in found
    assert "archives/C/p1" in found


@pytest.mark.parametrize("may", [True, False])
def test_who_is_called_looks_at_it_with_one_click_if_they_may(may: bool) -> None:
    found = said(Desk(called=[Ringing(ALARM, may_acknowledge=may)]))
    assert "#A12 · web-cpu is in alarm" in found
    assert ("toban.trouble.acknowledge" in found) is may


def test_an_operation_that_asks_whether_to_go_on_says_what_to_type() -> None:
    found = said(Desk(asking=[Entry(report(State.RUNNING, started=NOW))]))
    assert "`/failover continue 12` or `/failover abort 12`" in found


def test_the_bill_says_as_of_when() -> None:
    found = said(Desk(spent=Spent(words("2026-11: $10"), [words("Budget: 12 %")], NOW)))
    assert "as AWS said it at 21 Nov 2026, 21:00 JST" in found
    assert "Budget: 12 %" in found
