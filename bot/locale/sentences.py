"""The sentences in the code: every ``words("…")`` and ``plural("…", "…", n)``.

Read from the syntax tree, since Babel's own reader goes by tokens and misses what stands in an f-string.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("aws", "bot", "commands", "jobs")
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
            if texts := literal(call):
                yield Sentence(texts, path, call.lineno)


def sources(root: Path = ROOT) -> Iterator[Path]:
    """The Python files that may hold sentences, in order."""
    for folder in FOLDERS:
        yield from sorted((root / folder).rglob("*.py"))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call of `words` or `plural` in a file, by whatever module name."""
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        if isinstance(node, ast.Call) and _called(node) in TEXTS:
            yield node


def literal(call: ast.Call) -> tuple[str, ...]:
    """The texts of a call; empty when they are not literals."""
    leading = call.args[: TEXTS[_called(call)]]
    texts = [arg.value for arg in leading if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return tuple(texts) if len(texts) == TEXTS[_called(call)] else ()


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
