"""What holds for every state of an operation, of its steps and of its calls."""

import ast
import inspect
from datetime import UTC
from enum import StrEnum

import pytest

from bot import operation
from bot.language import TRANSLATED, Languages
from bot.locale.sentences import ROOT
from bot.operation import ENDS, MOVES, STEP_ENDS, STEP_MOVES, TITLES, BatchState, Door, State, StepState
from bot.views.states import SIGNS, STEP_SIGNS

EVERY_ENUM = pytest.mark.parametrize("states", [State, StepState, BatchState, Door])


@EVERY_ENUM
def test_every_state_has_a_sentence_beside_it(states: type[StrEnum]) -> None:
    """The file is the documentation: `NAME = "value"  # what it means`."""
    lines = (ROOT / "bot" / "operation.py").read_text(encoding="utf-8").splitlines()
    (found,) = [
        node
        for node in ast.parse(inspect.getsource(operation)).body
        if isinstance(node, ast.ClassDef) and node.name == states.__name__
    ]
    members = [node for node in found.body if isinstance(node, ast.Assign)]
    assert len(members) == len(states)
    assert [lines[node.lineno - 1] for node in members if "  # " not in lines[node.lineno - 1]] == []


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_sign_and_a_title_of_its_own(state: State) -> None:
    assert SIGNS[state]
    assert [one for one, title in TITLES.items() if title == TITLES[state]] == [state]
    assert [one for one, sign in SIGNS.items() if sign == SIGNS[state]] == [state]


@pytest.mark.parametrize("state", StepState)
def test_every_step_has_a_sign(state: StepState) -> None:
    assert STEP_SIGNS[state]


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("state", State)
def test_every_title_is_said_in_every_language(state: State, language: str) -> None:
    languages, title = Languages.load(), TITLES[state]
    assert languages.say(title, language, UTC) != languages.say(title, "en", UTC)


def test_every_state_can_be_reached_from_the_ask() -> None:
    seen, ahead = {State.ASKED}, [State.ASKED]
    while ahead:
        new = MOVES.get(ahead.pop(), frozenset()) - seen
        seen |= new
        ahead += new
    assert seen == set(State)


def test_every_step_can_be_reached_from_the_plan() -> None:
    reached = {StepState.PLANNED}.union(*STEP_MOVES.values())
    assert reached == set(StepState)


def test_an_end_is_left_by_nothing_and_everything_else_by_something() -> None:
    assert all(MOVES[state] for state in State if state not in ENDS)
    assert all(STEP_MOVES[state] for state in StepState if state not in STEP_ENDS)
    assert not ENDS & MOVES.keys()
    assert not STEP_ENDS & STEP_MOVES.keys()
