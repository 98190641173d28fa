"""The verbs there are, before and after they are loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

import commands
from bot import verbs
from bot.command import Risk
from commands.names import names

EVERY = commands.load()


def test_the_index_says_what_the_verbs_say() -> None:
    """`python -m tests.docs` writes it anew."""
    assert verbs.INDEX.read_text(encoding="utf-8") == verbs.written(verbs.outlined(EVERY))


def test_every_verb_and_every_action_is_found_by_its_name() -> None:
    found = verbs.verbs()
    assert tuple(found.verbs.values()) == EVERY
    assert dict(found.actions) == {action.name: action for verb in EVERY for action in verb.actions}
    assert "ec2.explode" not in found.verbs


def test_the_policy_is_told_how_much_each_verb_and_each_action_can_hurt() -> None:
    told = verbs.verbs().risks
    assert set(told) == {(verb.action, verb.risk) for verb in EVERY} | {
        (action.name, action.risk) for verb in EVERY for action in verb.actions
    }


def test_a_verb_is_loaded_when_it_is_first_asked_for() -> None:
    code = (
        "import sys; from bot.verbs import verbs; found = verbs();"
        " assert 'commands.ec2.stop' not in sys.modules; found.verbs['ec2.stop'];"
        " assert 'commands.ec2.stop' in sys.modules; assert 'commands.snapshot.create' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_index_that_lacks_a_new_verb_is_not_used(tmp_path: Path) -> None:
    index = tmp_path / "index.json"
    index.write_text(verbs.written(verbs.outlined(EVERY[1:])), encoding="utf-8")
    assert tuple(verbs.verbs(index).verbs) == names()


def test_a_verb_that_is_riskier_than_the_policy_was_told_is_refused(tmp_path: Path) -> None:
    index = tmp_path / "index.json"
    told = verbs.outlined(EVERY)
    told["ec2.stop"] = verbs.Outline(Risk.NONE, told["ec2.stop"].actions)
    index.write_text(verbs.written(told), encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"out of date about ec2\.stop"):
        verbs.verbs(index).verbs["ec2.stop"]
