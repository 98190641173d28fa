"""Procfile: what hosts like Heroku and honcho start, by names that are in the path there."""

import shlex

import pytest

from bot.__main__ import main
from tests.docs import ROOT
from tests.test_docs import can_be_run

TEXT = (ROOT / "Procfile").read_text(encoding="utf-8")
LINES = dict(line.split(": ", 1) for line in TEXT.splitlines() if line and not line.startswith("#"))


def test_there_is_a_bot_and_for_the_scaled_case_a_worker() -> None:
    assert set(LINES) == {"bot", "worker"}


@pytest.mark.parametrize("line", LINES.values())
def test_every_line_can_be_started(line: str) -> None:
    """A path of this checkout would be none there: hosts run the line in the image."""
    first, *rest = shlex.split(line)
    assert first == "toban"
    assert can_be_run(main, rest)
