"""The page's own sentences, and what the composer offers."""

import re
from string import Formatter

import pytest

import commands
from bot.language import Languages
from playground.page.bot_process import Doing
from playground.page.drawing import TEMPLATES
from playground.page.pages import _FOR_THE_SCRIPT
from playground.page.speech import sentences
from playground.page.stage import app_of
from playground.page.suggestions import suggestions
from playground.slack import seeds


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(sentences()))
def test_every_sentence_is_said_in_two_languages_with_the_same_places(key: str) -> None:
    said = sentences()[key]
    assert set(said) == {"en", "ja"}
    assert places(said["en"]) == places(said["ja"])


def test_every_sentence_that_a_template_wants_is_there() -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    wanted = set(re.findall(r"say\([\"'](\w+)[\"'][,)]", shown)) | set(_FOR_THE_SCRIPT)
    wanted |= {f"bot_{doing}" for doing in Doing} | {f"tour_{n}" for n in range(1, 6)}
    assert wanted <= set(sentences())


def test_every_verb_is_offered_with_its_help_in_the_readers_language() -> None:
    languages = Languages.load()
    offered = {each["line"]: each for each in suggestions(languages, "ja")}
    assert set(offered) == {f"/{verb.typed}" for verb in commands.load()}
    assert not offered["/ec2 stop"]["help"].isascii()
    assert "tag:env=dev" in offered["/ec2 stop"]["words"]
    assert {"option": "--account", "choices": ["prod", "dev"]}.items() <= next(
        each for each in offered["/ec2 stop"]["options"] if each["option"] == "--account"
    ).items()


def test_the_workspace_knows_the_app_by_its_manifest() -> None:
    manifest = {
        "features": {"slash_commands": [{"command": "/ec2"}]},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
    }
    app = app_of(manifest, seeds.BOT)
    assert app.commands == frozenset({"/ec2"})
    assert app.listens_to == {"app_mention"}
