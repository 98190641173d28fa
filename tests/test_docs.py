"""The documentation is checked like code: what it shows can be typed, what it points to is there."""

import re
import shlex
from pathlib import Path

import click
import pytest

import commands
from bot.__main__ import main
from bot.arguments import UsageError
from bot.grammar.grammar import Grammar, HelpWanted, Parsed, Vocabulary
from tests.by_name import by_name
from tests.docs import PAGES, ROOT, generated, pages, written

SCHEDULES = ("nightly", "nightly-backup", "dev-off", "office-hours")
GRAMMAR = Grammar(
    by_name(commands.load()),
    Vocabulary(("dev", "prod"), ("ap-northeast-1", "us-east-1"), SCHEDULES, ("office-tokyo",)),
)
NOUNS = sorted({verb.noun for verb in commands.load()})
EVERY = pytest.mark.parametrize("page", list(pages()), ids=lambda page: str(page.relative_to(ROOT)))

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(rf"`((?:/|@toban )(?:{'|'.join(NOUNS)}) [^`]+)`")
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize(("name", "language"), PAGES.items())
def test_a_page_tells_what_the_code_says(name: str, language: str) -> None:
    """`python -m tests.docs` writes the parts anew."""
    page = (ROOT / name).read_text(encoding="utf-8")
    assert page == written(page, generated(language))


@EVERY
def test_every_line_for_slack_can_be_typed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = [line for kind, body in _FENCE.findall(text) if kind == "text" for line in body.splitlines()]
    typed = [line for line in shown if line.startswith(tuple(f"/{noun} " for noun in NOUNS))]
    for line in [*typed, *(line.removeprefix("@toban ") for line in _INLINE.findall(text))]:
        assert understood(line), line


@EVERY
def test_every_line_for_a_shell_can_be_typed(page: Path) -> None:
    targets = re.findall(r"^([\w./$()-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for kind, body in _FENCE.findall(page.read_text(encoding="utf-8")):
        for line in body.splitlines() if kind == "console" else ():
            if not line.startswith("$ "):
                continue
            first, *rest = shlex.split(line.removeprefix("$ "), comments=True)
            if first == "make":
                assert {one for one in rest if "=" not in one} <= {*targets, ".venv/.installed"}, line
            elif first.endswith("toban"):
                assert can_be_run(main, rest), line


@EVERY
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [
        one
        for one in _LINK.findall(page.read_text(encoding="utf-8"))
        if not one.startswith(("https:", "http:"))
    ]
    assert [one for one in links if not (page.parent / one).exists()] == []


def test_every_decision_can_be_found_from_the_architecture() -> None:
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [one.name for one in (ROOT / "docs" / "decisions").iterdir() if one.name not in told] == []


def test_the_two_readmes_show_the_same_things_to_type() -> None:
    english, japanese = (
        [body for kind, body in _FENCE.findall((ROOT / name).read_text(encoding="utf-8")) if kind != "toml"]
        for name in PAGES
    )
    assert english == japanese


def understood(line: str) -> bool:
    """Whether a line can be typed, or is the name of a verb."""
    lines = [line, f"{line} --help"] if len(line.split()) == 2 else [line]
    return any(parses(one) for one in lines)


def parses(line: str) -> bool:
    """Whether the grammar understands it."""
    try:
        return isinstance(GRAMMAR.parse(line), Parsed | HelpWanted)
    except UsageError:
        return False


def can_be_run(command: click.Command, words: list[str]) -> bool:
    """Whether the console script takes these words; nothing is run."""
    if isinstance(command, click.Group):
        return (
            bool(words) and words[0] in command.commands and can_be_run(command.commands[words[0]], words[1:])
        )
    try:
        command.make_context(command.name, list(words))
    except click.ClickException:
        return False
    except click.exceptions.Exit:
        return True
    return True
