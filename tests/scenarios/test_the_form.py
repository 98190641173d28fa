"""A verb without the arguments it needs opens a form; what it would do is shown before it is asked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.operation import State
from playground.aws.server import LocalAws
from playground.slack.clicks import find_element
from playground.slack.values import value_of
from playground.slack.views import View
from tests.scenarios.given import APPROVER, ENGLISH, OPERATOR, READER, SECOND, instances, run_instances
from tests.scenarios.whole import Whole, the_whole


@pytest.fixture
def whole(local_aws: LocalAws, tmp_path: Path) -> Iterator[Whole]:
    with the_whole(local_aws, tmp_path) as there:
        yield there


def test_a_verb_alone_is_filled_in_looked_at_and_asked(whole: Whole) -> None:
    (one,) = run_instances(whole.aws, "prod", 1, env="prod", Name="web-本番-1")
    whole.front.estate.read()
    form = opened(whole, "/ec2 stop", SECOND)
    assert form.body["title"]["text"] == "/ec2 stop"

    found = whole.slack.as_person(SECOND).looks_up(form, "toban.form.targets", "本番")
    assert found.seconds < 1
    assert [each["value"] for each in (found.response or {})["options"]] == [one]

    change(whole, SECOND, form, "toban.form.targets", [one])
    whole.until(lambda: "stop 1 of 1 instance" in said(form))
    assert "0 of 1 approvals" in said(form)
    assert whole.rows("select count(*) from operations") == [(0,)]
    assert set(instances(whole.aws, "prod").values()) == {"running"}

    assert sends(whole, SECOND, form, {"targets/toban.form.targets": [one]}) == ""
    number = whole.number(f"form:{form.id}")
    card = whole.card(number, "waiting for approval")
    assert "with a form" in card.text
    assert f"/ec2 stop {one}" in card.text
    assert whole.rows("select line, door from asks") == [(f"ec2 stop {one}", "form")]
    assert "1/1" in whole.clicks(card, APPROVER)  # who reads Japanese
    assert whole.ended(number) == [State.DONE]


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_asked(whole: Whole) -> None:
    form = opened(whole, "/ec2 stop", SECOND)
    assert "needs to know on what" in sends(whole, SECOND, form, {})
    assert "vol-0123456789abcdef0 is a volume" in sends(
        whole, SECOND, form, {"targets.typed/toban.form.more": "vol-0123456789abcdef0"}
    )
    assert "--account" in sends(whole, SECOND, form, {"targets.typed/toban.form.more": "all --account dev"})
    assert whole.rows("select count(*) from operations") == [(0,)]
    assert sends(whole, SECOND, form, {"targets.typed/toban.form.more": "ｔａｇ：env=dev"}) == ""
    number = whole.number(f"form:{form.id}")
    assert whole.ended(number) == [State.REFUSED]  # there is no such instance


def test_a_form_reads_in_its_readers_language(whole: Whole) -> None:
    form = opened(whole, "/ec2 stop", OPERATOR)
    change(whole, OPERATOR, form, "toban.form.more", "all i-0123456789abcdef0")
    whole.until(lambda: "実行した場合" in said(form))


def test_a_mistake_shows_while_the_form_is_filled_in(whole: Whole) -> None:
    form = opened(whole, "/ec2 stop", SECOND)
    change(whole, SECOND, form, "toban.form.more", "all i-0123456789abcdef0")
    whole.until(lambda: "name either all or some" in said(form))


def test_who_may_not_use_a_verb_gets_no_form(whole: Whole) -> None:
    told = whole.types("/ec2 stop", READER, ENGLISH)
    assert told.shown != ""
    assert whole.slack.views(READER) == []


def test_when_the_form_does_not_open_the_usage_is_said(whole: Whole) -> None:
    whole.slack.faults.answer("views.open", status=503, times=1)
    whole.types("/ec2 stop", SECOND, ENGLISH)
    whole.slack.wait_for_ephemeral(ENGLISH, SECOND, lambda m: "needs to know on what" in m.text)


def opened(whole: Whole, line: str, person: str) -> View:
    assert whole.types(line, person, ENGLISH).shown == ""
    whole.until(lambda: bool(whole.slack.views(person)))
    return whole.slack.views(person)[-1]


def change(whole: Whole, person: str, form: View, field: str, value: object) -> None:
    """Choose or type something in a field, as Slack tells of it."""
    block, element = find_element(form, field)
    form.values.setdefault(block["block_id"], {})[element["action_id"]] = value_of(element, value)
    assert whole.slack.as_person(person).chooses(form, field, value).acked


def sends(whole: Whole, person: str, form: View, filled: dict[str, Any]) -> str:
    """Send the form; returns what is said below its fields."""
    told = whole.slack.as_person(person).submits(form.id, filled)
    assert told.acked, told.why
    return told.shown


def said(form: View) -> str:
    return json.dumps(form.body["blocks"], ensure_ascii=False)
