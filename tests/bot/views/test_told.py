from dataclasses import replace
from datetime import timedelta

from bot.command import Told
from bot.operation import Door, Report, State, StepState
from bot.views.card import card
from bot.views.reply import reply
from bot.words import words
from tests.bot.views.reports import NOW, report, row, speaker

WELL = Told(words("41 of 41 backed up"), (words("12 copies"),))
NOT_WELL = Told(words("40 of 41 backed up"), (words("vol-1 has none"),), well=False)


def ended(told: Told, state: State = State.DONE, door: Door = Door.CLOCK) -> Report:
    made = report(state, counts={StepState.DONE: 60}, started=NOW, ended=NOW + timedelta(minutes=12))
    asked = replace(made.operation, ask=replace(made.operation.ask, door=door))
    return replace(made, operation=asked, told=told)


def shown(made: Report) -> str:
    return card(made, speaker(), NOW).text


def test_the_card_tells_it_in_the_verbs_own_words_instead_of_a_count_of_steps() -> None:
    text = shown(ended(WELL))
    assert "*41 of 41 backed up* · took 12 min\n• 12 copies" in text
    assert "60 done" not in text


def test_what_is_missing_is_red_also_when_every_step_is_done() -> None:
    text = shown(ended(NOT_WELL))
    assert text.startswith("🔴 *#12 · done*")
    assert "🔴 *40 of 41 backed up*" in text
    assert shown(ended(NOT_WELL, State.PARTLY)).startswith("⚠️ *#12 · partly done*")


def test_a_run_of_the_clock_that_went_well_wakes_nobody() -> None:
    assert reply(ended(WELL), speaker()).text.startswith("✅ *#12 · done*\n*41 of 41 backed up*")
    assert reply(ended(WELL, door=Door.SLASH), speaker()).text.startswith("<@U0ASKER>")


def test_a_run_that_did_not_go_well_mentions_its_owner() -> None:
    text = reply(ended(NOT_WELL, State.PARTLY), speaker()).text
    assert text.startswith("<@U0ASKER> ⚠️ *#12 · partly done*\n🔴 *40 of 41 backed up*")
    assert "• vol-1 has none" in text


def test_a_long_tale_is_cut_and_the_file_has_the_rest() -> None:
    text = shown(ended(replace(WELL, lines=tuple(words("line {n}", n=n) for n in range(20)))))
    assert "• line 5\n… and 14 more" in text
    assert "• line 6" not in text


def test_what_was_told_stands_in_the_place_of_the_steps() -> None:
    """A night has hundreds; what matters of them is told, and the file has them all."""
    over = ended(NOT_WELL, State.PARTLY)
    assert "`i-0abc`" not in shown(over)
    assert "`i-0abc`" in shown(replace(over, told=None))


def test_while_many_steps_go_on_a_few_of_them_are_enough() -> None:
    many = tuple(row(StepState.AWAITING, name=f"web-{n}") for n in range(8))
    running = report(State.RUNNING, counts={StepState.AWAITING: 60}, steps=many, started=NOW)
    assert "web-2" in shown(running)
    assert "web-3" not in shown(running)
    few = report(State.RUNNING, counts={StepState.AWAITING: 8}, steps=many, started=NOW)
    assert "web-7" in shown(few)
