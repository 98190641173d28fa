"""Whoever installs the wheel gets all that the checkout has: pages, words, policy, migrations."""

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.docs import ROOT

PACKAGES = ("aws", "bot", "commands", "jobs", "playground")


@pytest.fixture(scope="module")
def packed() -> set[str]:
    """The files that a build would put into the wheel, by their paths in it."""
    builder = WheelBuilder(str(ROOT))
    assert builder.config.packages == list(PACKAGES)
    return {file.distribution_path for file in builder.recurse_included_files()}


def test_every_file_of_the_packages_is_in_the_wheel(packed: set[str]) -> None:
    there = {
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in (ROOT / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert there - packed == set()


@pytest.mark.parametrize(
    "needed",
    [
        "bot/locale/ja/LC_MESSAGES/toban.mo",
        "bot/policy/default.cedar",
        "bot/store/migrations/versions/0001_first.py",
        "playground/page/static/main.js",
        "playground/page/templates/base.html",
        "playground/page/words.toml",
        "playground/policy.cedar",
        "playground/toban.toml",
    ],
)
def test_what_is_read_at_run_time_is_in_the_wheel(packed: set[str], needed: str) -> None:
    assert needed in packed


def test_nothing_else_is_in_the_wheel(packed: set[str]) -> None:
    """No test, no state, no key of whoever built it."""
    assert {name.partition("/")[0] for name in packed} == set(PACKAGES)
    assert not [name for name in packed if name.endswith((".db", ".audit-key", ".pyc", ".lock"))]
