from dataclasses import replace
from typing import Any

import pytest

from bot.grammar.help import HelpLine, HelpPage
from bot.operation import StepState
from bot.plan import Plan
from bot.views.forms import REASON, TEXT, deny_form
from bot.views.help import help_page
from bot.views.plan_text import plan_text
from bot.words import words
from playground.slack.limits.views import check_view
from tests.bot.views.reports import HASH, left, operation, report, row, speaker, unread


def test_the_form_asks_for_a_reason_and_brings_back_what_it_was_given() -> None:
    form: Any = deny_form(operation(), '{"op":12}', speaker("ja"))
    check_view(form, "modal")
    assert (form["callback_id"], form["private_metadata"]) == ("toban.deny", '{"op":12}')
    question = form["blocks"][-1]
    assert (question["block_id"], question["element"]["action_id"]) == (REASON, TEXT)
    assert "optional" not in question


def test_what_a_form_brings_back_is_never_clipped() -> None:
    with pytest.raises(ValueError, match="may not be clipped"):
        deny_form(operation(), "x" * 3001, speaker())


def test_the_file_holds_every_step_and_the_whole_hash() -> None:
    plan = Plan(words("stop them"), left=(left(),), unread=(unread(),), notes=(words("a note"),))
    warned = row(warnings=(words("cannot be undone"),))
    rows = [replace(warned, result="snap-1"), *(row(StepState.DONE, id_=f"i-{n}") for n in range(99))]
    text = plan_text(report(plan=plan), rows, speaker())
    assert f"plan {HASH}\n" in text
    assert "    1 ▫️ ec2.stop  i-0abc  web-1  prod/ap-northeast-1  state: running → stopped  snap-1\n" in text
    assert "        cannot be undone\n" in text
    assert "  100 ✅ ec2.stop  i-98" in text
    assert "i-0left  db-1  prod/ap-northeast-1: is stopped already" in text
    assert "prod/ap-northeast-1 could not be read: no answer" in text
    assert "a note" in text


def test_a_name_cannot_add_lines_to_the_file() -> None:
    text = plan_text(report(), [row(name="x\n    2 ✅ ec2.stop  i-evil")], speaker())
    assert sum("ec2.stop" in line for line in text.splitlines()) == 1


def test_a_page_of_help_shows_every_line_or_says_how_many_more() -> None:
    few = HelpPage(words("What toban can do"), lines=(HelpLine("/ec2 stop", words("Stop instances.")),))
    assert "`/ec2 stop` Stop instances." in help_page(few, speaker()).text
    sections: list[Any] = [
        block["text"] for block in help_page(replace(few, lines=few.lines * 400), speaker()).blocks
    ]
    shown = sum(text["text"].count("/ec2 stop") for text in sections)
    assert 0 < shown < 400
    assert sections[-1]["text"] == f"… and {400 - shown} more"
