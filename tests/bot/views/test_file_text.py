"""Files whose sentences are in the reader's language."""

import json

from bot.canonical import plan_from_json, plan_to_json
from bot.plan import File, Plan, place
from bot.views.file_text import file_text
from bot.words import words
from tests.bot.views.reports import speaker

EVIL = words("“{it}” is in alarm", it="<b onclick='x'>&")
ALARM = words("{alarm} is in alarm", alarm="web-cpu")


def test_a_sentence_stands_in_its_place_in_the_readers_language() -> None:
    file = File("report.txt", f"1. {place(0)}\n2. {place(0)}\n", (ALARM,))
    assert file_text(file, speaker("en")) == "1. web-cpu is in alarm\n2. web-cpu is in alarm\n"
    assert "is in alarm" not in file_text(file, speaker("ja"))


def test_a_file_that_says_nothing_is_what_it_is() -> None:
    assert file_text(File("a.csv", "a,b\n"), speaker()) == "a,b\n"


def test_in_a_page_a_sentence_is_text_and_its_code_is_code() -> None:
    file = File("report.html", f"<p>{place(0)}</p><p>{place(1)}</p>", (EVIL, words("`{it}`", it="a<b")))
    assert file_text(file, speaker()) == (
        "<p>“&lt;b onclick=&#x27;x&#x27;&gt;&amp;” is in alarm</p><p><code>a&lt;b</code></p>"
    )


def test_in_markdown_a_sentence_makes_no_table_list_or_link_of_its_own() -> None:
    file = File("report.md", place(0), (words("{it}", it="# a|b *c* [d](e) <f> _g_ h_i"),))
    assert file_text(file, speaker()) == r"\# a\|b \*c\* \[d\](e) \<f> \_g\_ h_i"


def test_a_place_without_a_sentence_is_left_empty() -> None:
    assert file_text(File("a.txt", place(7), (ALARM,)), speaker()) == ""


def test_it_is_stored_with_its_plan() -> None:
    for file in (File("report.html", place(0), (ALARM,)), File("a.csv", "a\n")):
        made = Plan(words("it"), file=file)
        assert plan_from_json(json.loads(json.dumps(plan_to_json(made)))) == made
