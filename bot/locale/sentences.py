"""The sentences in the code: every ``words("…")`` and ``plural("…", "…", n)``.

Read from the syntax tree, since Babel's own reader goes by tokens and misses what stands in an f-string.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("aws", "bot", "commands", "jobs")
MADE_BY = "bot.words"
TEXTS = {"words": 1, "plural": 2}
"""How many texts stand at the front of each call."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in the code."""

    texts: tuple[str, ...]  # one, or singular and plural
    path: Path
    line: int


def sentences(root: Path = ROOT) -> Iterator[Sentence]:
    """Every sentence below the folders that speak to people, file by file."""
    for path in sources(root):
        for call in calls(path):
            if call.texts:
                yield Sentence(call.texts, path, call.line)


def sources(root: Path = ROOT) -> Iterator[Path]:
    """The Python files that may hold sentences, in order."""
    for folder in FOLDERS:
        yield from sorted((root / folder).rglob("*.py"))


@dataclass(frozen=True, slots=True)
class Call:
    """One call of `words` or `plural`."""

    node: ast.Call
    texts: tuple[str, ...]  # empty when they are not literals, so that nobody could translate them

    @property
    def line(self) -> int:
        """The line it begins in."""
        return self.node.lineno


def calls(path: Path) -> Iterator[Call]:
    """Every call of `words` or `plural` in a file, by whatever name they were imported."""
    yield from calls_in(ast.parse(path.read_bytes(), str(path)))


def calls_in(tree: ast.Module) -> Iterator[Call]:
    """Every call of `words` or `plural` in a module."""
    names = {**TEXTS, **dict(_renamed(tree))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (count := names.get(_called(node))):
            yield Call(node, _literals(node.args[:count], count))


def _renamed(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The names a module gives them: ``from bot.words import words as _``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == MADE_BY:
            yield from (
                (each.asname, TEXTS[each.name]) for each in node.names if each.asname and each.name in TEXTS
            )


def _literals(args: Sequence[ast.expr], count: int) -> tuple[str, ...]:
    texts = [arg.value for arg in args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return tuple(texts) if len(texts) == count else ()


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
