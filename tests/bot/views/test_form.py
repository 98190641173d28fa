"""The form of each verb is one that Slack takes."""

from dataclasses import replace
from typing import Any

import pytest

import commands
from bot.command import Ruling, Verb
from bot.grammar.grammar import Grammar, Vocabulary
from bot.plan import Plan
from bot.views.form import FIELD, HIDDEN, Form, Preview, filled_of, form
from bot.views.preset import PRESETS
from bot.words import words
from playground.slack.limits.views import check_view
from tests.bot.views.reports import left, speaker, step, unread
from tests.by_name import by_name

VERBS = commands.load()
LARGE = Vocabulary(
    accounts=tuple(f"account-{n}" for n in range(101)),
    regions=tuple(f"region-{n}" for n in range(100)),
    schedules=("夜" * 76,),
)
SMALL = Vocabulary(("dev",), ("eu-west-1",), ("nightly",))
EVERY = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.action)


def made(verb: Verb[Any], preview: Preview | None = None, known: Vocabulary = SMALL) -> dict[str, Any]:
    grammar = Grammar(by_name(VERBS), known)
    return form(Form(verb, grammar.slots(verb), grammar.known, "{}", preview or Preview()), speaker("ja"))


def elements(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


@EVERY
@pytest.mark.parametrize("known", [SMALL, LARGE], ids=["small", "large"])
def test_slack_takes_it(verb: Verb[Any], known: Vocabulary) -> None:
    steps = tuple(step(f"i-{n:017x}", "長" * 200, (words("⚠" * 200),)) for n in range(30))
    plan = Plan(words("す" * 5000), steps, (left(),) * 9, (unread(),) * 9, (words("x" * 999),) * 9)
    full = Preview("ec2 stop " + "x" * 9000, plan, Ruling(True, 2, words("w"), (), ("U0ANNA",) * 30))
    for preview in (Preview(), full, Preview(wrong=(words("y" * 9000),) * 30)):
        check_view(made(verb, preview, known), "modal")


@EVERY
def test_each_argument_has_its_field_but_those_for_emergencies(verb: Verb[Any]) -> None:
    names = {slot.name for slot in Grammar(by_name(VERBS), SMALL).slots(verb)}
    assert names - set(elements(made(verb))) == names & HIDDEN


@pytest.mark.parametrize(("action", "needed"), [("ec2.stop", True), ("ec2.list", False)])
def test_where_a_target_is_needed_the_menu_says_so(action: str, needed: bool) -> None:
    """Slack calls the menu and the field beside it optional: either will do."""
    verb = next(verb for verb in VERBS if verb.action == action)
    (menu,) = [block for block in made(verb)["blocks"] if block.get("block_id") == "targets"]
    assert menu["optional"]
    assert ("1つ以上" in menu.get("hint", {"text": ""})["text"]) is needed


def test_more_than_a_menu_holds_is_typed() -> None:
    verb = next(verb for verb in VERBS if verb.action == "ec2.stop")
    assert elements(made(verb))["account"]["type"] == "multi_static_select"
    assert elements(made(verb, known=LARGE))["account"]["type"] == "plain_text_input"
    assert elements(made(verb, known=LARGE))["region"]["type"] == "multi_static_select"


def test_a_default_stands_in_its_field() -> None:
    verb = next(verb for verb in VERBS if verb.action == "toban.audit")
    fields = elements(made(verb))
    assert fields["format"]["initial_option"]["value"] == "table"


def test_what_was_chosen_and_typed_is_read_for_each_argument() -> None:
    verb = next(verb for verb in VERBS if verb.action == "ec2.stop")
    slots = Grammar(by_name(VERBS), SMALL).slots(verb)
    state: dict[str, dict[str, object]] = {
        "targets": {"toban.form.targets": {"selected_options": [{"value": "i-0a"}, {"value": "i-0b"}]}},
        "targets.typed": {"toban.form.more": {"type": "plain_text_input", "value": "tag:env=dev"}},
        "account": {FIELD: {"selected_options": []}},
        "region": {FIELD: {"value": None}},
        "strange": {FIELD: {"value": "x"}},
    }
    read = filled_of(slots, state)
    assert read["targets"] == ("i-0a", "i-0b", "tag:env=dev")
    assert (read["account"], read["region"], "strange" in read) == ((), (), False)
    assert all(values == () for values in filled_of(slots, {"targets": 7, "account": {"x": None}}).values())  # type: ignore[dict-item] # what Slack never sends


def test_the_preview_says_who_would_have_to_agree() -> None:
    verb = next(verb for verb in VERBS if verb.action == "ec2.stop")
    ruling = Ruling(True, 1, words("w"), (), ("U0ANNA",))
    preview = Preview("ec2 stop i-0abc", Plan(words("stop it"), (step(),)), ruling)
    assert "<@U0ANNA>" in str(made(verb, preview))
    assert "⛔" in str(made(verb, replace(preview, ruling=replace(ruling, allowed=False))))


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", PRESETS)
def test_what_a_button_opened_asks_only_for_what_is_not_given(name: str, language: str) -> None:
    preset = PRESETS[name]
    verb = next(verb for verb in VERBS if verb.action == preset.action)
    grammar = Grammar(by_name(VERBS), SMALL)
    given = {"alarm": "A12"}
    slots = grammar.slots(verb)
    about = Form(verb, slots, grammar.known, "{}", preset=preset, given=given)
    view: dict[str, Any] = form(about, speaker(language))
    check_view(view, "modal")
    inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert "alarm" not in inputs
    assert not any(inputs[needed]["optional"] for needed in preset.needs)
    assert "/alarm acknowledge A12" in str(view["blocks"])
    assert len(speaker(language).plain(preset.title)) <= 24
    written = {"reason": {FIELD: {"type": "plain_text_input", "value": "our own scanner"}}}
    assert grammar.compose(verb, filled_of(slots, written, given)).line == (
        'alarm acknowledge "A12" --reason "our own scanner"'
    )
