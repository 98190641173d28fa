"""The threat model is held by tests: each thing that stops somebody names the test that shows it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
WHO = dict(re.findall(r"^## ((?:A|An|Somebody) [^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
NAMED = sorted(set(re.findall(r"`(tests/[^`]+::[^`]+)`", PAGE)))
TRIES = re.compile(r"^\| (?!what |---|finding)(.+) \|$", re.MULTILINE)
MUST = (
    *("a member of", "an admin or owner", "bot token", "signing secret", "reads the database"),
    *(
        "writes to the database",
        "send events",
        "replica",
        "config or the policy",
        "slack connect",
        "dependency",
    ),
)


@cache
def found_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("name", NAMED)
def test_every_test_that_is_named_exists(name: str) -> None:
    file, _, test = name.partition("::")
    assert test.startswith("test_")
    assert (ROOT / file).exists()
    assert test in found_in(file)


@pytest.mark.parametrize("who", WHO)
def test_whatever_stops_somebody_names_its_test_and_what_does_not_is_said(who: str) -> None:
    told = TRIES.findall(WHO[who])
    assert len(told) >= 3
    for row in told:
        tries, stops, test = row.split(" | ")
        assert tries
        assert stops
        assert re.fullmatch(r"`tests/[^`]+`(, `tests/[^`]+`)*", test), row
    assert "**Not stopped**: " in WHO[who]


def test_nobody_who_could_do_harm_is_left_out() -> None:
    assert [one for one in MUST if not any(one in who.lower() for who in WHO)] == []


def test_the_overview_leads_to_everybody() -> None:
    links = re.findall(r"^\| \[[^]]+\]\(#([^)]+)\) \| \S.*\|$", PAGE, re.MULTILINE)
    assert links == [re.sub(r"[^a-z ]", "", who.lower()).replace(" ", "-") for who in WHO]
