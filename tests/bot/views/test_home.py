"""The home tab: within Slack's limits whatever lies on the desk, and in its reader's language."""

import json
from datetime import timedelta
from typing import Any

from bot.brief import Brief, ScheduleBrief
from bot.command import Risk
from bot.operation import Ask, Asker, Door, State, StepState
from bot.views.home import Desk, Entry, home
from bot.words import words
from playground.slack.limits.views import check_view
from tests.bot.views.reports import NOW, report, row, speaker


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


def test_slack_takes_the_fullest_desk() -> None:
    ask = Ask("key", Door.SLASH, Asker("U0ASKER"), "ec2 stop " + "長" * 9_000, NOW)
    rows = tuple(row(id_=f"i-{n:017x}", name="長" * 300) for n in range(8))
    waiting = Entry(report(ask=ask, steps=rows), "https://example.slack.com/" + "p" * 200, Risk.DESTROY)
    done = Entry(
        report(State.FAILED, ask=ask, started=NOW, ended=NOW, reason=words("x" * 9_000)), waiting.url
    )
    desk = Desk([waiting] * 50, [done] * 50, [done] * 50, [done] * 50, [schedule("夜" * 300)] * 50)
    assert said(desk)


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
    assert "22:00 JST" in found
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
