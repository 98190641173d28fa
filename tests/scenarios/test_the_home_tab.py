"""The home tab: what waits, what runs, what comes, for whoever opens it; and clicks in it count."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from playground.slack.views import View
from tests.scenarios.given import APPROVER, ENGLISH, OPERATOR, OPS, SECOND, run_instances
from tests.scenarios.whole import Whole, the_whole

SCHEDULE = """
[schedules.dev-off]
line = "ec2 stop tag:env=dev"
days = "daily"
time = "20:00"
channel = "C0OPSPROD"
owner = "U0SATO"

[hours.office-tokyo]
begin = "09:00"
end = "19:00"
days = "weekdays"
"""


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path, config=SCHEDULE) as there:
        yield there


def test_who_opens_it_sees_what_waits_for_them_and_agrees_right_there(whole: Whole) -> None:
    (one,) = run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    card = whole.card(number, "waiting for approval")

    opened(whole, SECOND, f"#{number} · waiting for approval")
    tab = shows(whole, SECOND, f"/archives/{ENGLISH}/p{card.ts.replace('.', '')}")
    assert one in said(tab)
    assert whole.slack.as_person(SECOND).clicks(tab, "toban.show").acked

    assert whole.slack.as_person(SECOND).clicks(tab, "toban.approve").acked
    told = whole.slack.wait_for_message(whole.slack.dm(SECOND), lambda m: f"#{number}" in m.text)
    assert "1 of 1. It is carried out now." in told.text
    assert whole.ended(number) == [State.DONE]
    after = shows(whole, SECOND, "Nothing waits for you.")
    assert f"#{number} · done" in said(after)


def test_a_denial_from_the_tab_asks_why(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    tab = opened(whole, SECOND, f"#{number} · waiting for approval")
    whole.slack.faults.answer("views.open", status=503, times=1)
    assert whole.slack.as_person(SECOND).clicks(tab, "toban.deny").acked
    whole.slack.wait_for_message(whole.slack.dm(SECOND), lambda m: "press the button again" in m.text)
    assert whole.slack.as_person(SECOND).clicks(tab, "toban.deny").acked
    whole.until(lambda: bool(whole.slack.views(SECOND)))
    (form,) = whole.slack.views(SECOND)
    assert whole.slack.as_person(SECOND).submits(form.id, {"reason/text": "not today"}).shown == ""
    assert whole.ended(number) == [State.DENIED]


def test_the_asker_reads_their_requests_and_the_next_schedule_in_their_language(whole: Whole) -> None:
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod", channel=OPS)
    whole.card(number)  # it waits for somebody else
    tab = opened(whole, OPERATOR, f"#{number}")
    assert "自分の依頼" in said(tab)
    assert "あなたの承認を待っているものはありません。" in said(tab)
    assert "dev-off" in said(tab)
    assert "20:00" in said(tab)
    assert "今日の稼働時間" in said(tab)
    assert "office-tokyo(Asia/Tokyo)" in said(tab)
    assert not [each for each in buttons(tab) if each["action_id"] == "toban.approve"]


def test_an_open_tab_follows_what_happens(whole: Whole) -> None:
    opened(whole, APPROVER, "dev-off")
    run_instances(whole.aws, "prod", 1, env="prod")
    number = whole.asks("/ec2 stop tag:env=prod")
    shows(whole, APPROVER, f"#{number}")


def test_the_hours_of_an_open_tab_go_on_though_nothing_else_happens(whole: Whole) -> None:
    shown = said(opened(whole, APPROVER, "◆"))
    now = whole.time()
    whole.time.push(seconds=(60 - now.minute) * 60)  # into the next hour
    whole.until(lambda: picture(said(whole.slack.home(APPROVER))) != picture(shown))


def test_a_tab_that_slack_refused_is_published_later(whole: Whole) -> None:
    whole.slack.faults.answer("views.publish", status=503, times=1)
    opened(whole, SECOND, "dev-off")


def opened(whole: Whole, person: str, until: str) -> View:
    assert whole.slack.as_person(person).opens_home().acked
    return shows(whole, person, until)


def shows(whole: Whole, person: str, text: str) -> View:
    """The person's tab, once it shows this."""
    whole.until(lambda: text in said(whole.slack.home(person)))
    found = whole.slack.home(person)
    assert found is not None
    return found


def picture(tab: str) -> str:
    found = re.search(r"`(0[^`]*24)`", tab)
    return found[1] if found else ""


def said(tab: View | None) -> str:
    return json.dumps(tab.blocks, ensure_ascii=False) if tab else ""


def buttons(tab: View) -> list[dict[str, Any]]:
    in_rows = [each for block in tab.blocks for each in block.get("elements", [])]
    beside = [block["accessory"] for block in tab.blocks if "accessory" in block]
    return [each for each in [*in_rows, *beside] if each.get("type") == "button"]
