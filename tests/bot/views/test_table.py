from typing import Any

from bot.plan import Cell, File, Plan, Table
from bot.views.answer import answer
from bot.views.message import Message
from bot.views.table import lines, table_blocks
from bot.words import words
from playground.slack.limits.messages import check_blocks
from tests.bot.views.reports import left, speaker, unread

HEADS = (words("done"), words("failed"))


def table(*rows: tuple[Cell, ...]) -> list[Any]:
    return list(table_blocks(Table(HEADS, rows), speaker("ja")))


def test_heads_are_translated_and_cells_stay_awss_own_words() -> None:
    [block] = table(("i-1", "running"))
    assert [[cell["text"] for cell in row] for row in block["rows"]] == [["完了", "失敗"], ["i-1", "running"]]


def test_a_cell_that_is_a_sentence_is_said_in_the_readers_language() -> None:
    [block] = table(("i-1", words("failed")))
    assert block["rows"][1][1]["text"] == "失敗"
    shown, _ = table(*[("i-1", words("failed"))] * 100)
    assert "i-1   失敗" in shown["text"]["text"]


def test_people_are_shown_by_name_in_columns_that_hold_people_and_nowhere_else() -> None:
    heads, row = (words("Name"), words("Agreed")), ("<@U0EVIL>", "<@U0ANNA> <@U0BEN>")
    message = Message.of(table_blocks(Table(heads, (row, ("web-1", "–"))), speaker()))
    assert message.text.endswith("&lt;@U0EVIL&gt; | <@U0ANNA> <@U0BEN>\nweb-1 | –")
    assert {"type": "raw_text", "text": "–"} in message.blocks[0]["rows"][2]  # type: ignore[index]  # a table
    check_blocks(list(message.blocks))


def test_channels_are_links_in_a_column_that_holds_channels_and_nowhere_else() -> None:
    heads, row = (words("Name"), words("Channel")), ("C0EVIL", "C0OPS")
    message = Message.of(table_blocks(Table(heads, (row, ("x", "none"))), speaker()))
    assert message.text.endswith("C0EVIL | <#C0OPS>\nx | none")
    check_blocks(list(message.blocks))


def test_an_empty_cell_shows_a_dash() -> None:
    [block] = table(("", " "))
    assert [cell["text"] for cell in block["rows"][1]] == ["–", "–"]


def test_a_hundred_rows_with_the_head_are_a_table_and_one_more_is_text() -> None:
    assert table(*[("a", "b")] * 99)[0]["type"] == "table"
    shown, more = table(*[("instance" * 5, "running")] * 100)
    assert shown["text"]["text"].startswith("```")
    assert "ファイルに全件あり" in more["text"]["text"]


def test_the_rows_shown_and_the_rows_in_the_file_add_up() -> None:
    made = table_blocks(Table(HEADS, (("x" * 40, "y"),) * 500), speaker())
    message = Message.of(made)
    shown = message.text.count("y") - message.text.count("file")
    more = int(message.text.split("```")[-1].split()[0])
    assert message.text.count("x" * 40) + more == 500
    assert shown > 0


def test_a_table_with_too_much_text_for_slack_becomes_text() -> None:
    shown, _ = table(*[("x" * 200, "y" * 200)] * 40)
    assert shown["type"] == "section"


def test_an_answer_in_a_file_names_the_file() -> None:
    plan = Plan(words("2 lines"), file=File("audit.csv", "a,b"))
    assert "📎 all of it is in the file audit.csv" in answer(plan, speaker()).text


def test_a_short_statement_stands_in_the_answer_to_be_copied_as_it_is() -> None:
    text = '{"Action": ["kms:*"], "Resource": "arn:aws:kms:*:1:key/my_key"}'
    blocks = answer(Plan(words("a key"), file=File("statement.json", text)), speaker()).blocks
    assert {"type": "mrkdwn", "text": f"```{text}```", "verbatim": True} in [
        one.get("text") for one in blocks
    ]


def test_a_long_statement_is_named() -> None:
    plan = Plan(words("a key"), file=File("statement.json", "x" * 5000))
    assert "📎 all of it is in the file statement.json" in answer(plan, speaker()).text


def test_the_notes_of_an_answer_are_its_body_and_those_of_a_plan_its_margin() -> None:
    notes = tuple(words("note {n}", n=n) for n in range(8))
    assert all(f"• note {n}" in answer(Plan(words("why"), notes=notes), speaker()).text for n in range(8))


def test_wide_letters_take_two_places_in_a_column() -> None:
    assert lines([("状態", "x"), ("ok", "y")]) == ["状態  x", "ok    y"]


def test_rows_of_different_lengths_are_shown_as_they_are() -> None:
    assert lines([("a", "b"), ("c",)]) == ["a  b", "c"]


def test_an_answer_says_what_was_found_what_was_left_out_and_what_could_not_be_read() -> None:
    plan = Plan(words("2 instances"), left=(left(),), unread=(unread(),), notes=(words("a note"),))
    text = answer(plan, speaker(), "ec2 list").text
    for part in ("2 instances", "`/ec2 list`", "1 target is left", "1 place could not be read", "💡 a note"):
        assert part in text
