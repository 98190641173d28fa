"""What holds for every module of the views."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.locale.sentences import ROOT, calls

VIEWS = sorted((ROOT / "bot" / "views").glob("*.py"))
_SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")


def in_(nodes: Iterator[ast.AST]) -> set[int]:
    """The identities of all nodes below these."""
    return {id(inner) for node in nodes for inner in ast.walk(node)}


def docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, and what is written below a name to describe it."""
    return (
        node for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_no_sentence_goes_to_slack_in_one_language_only(path: Path) -> None:
    """A text of two words or more stands in `words` or `plural`, or in an error that no user sees."""
    tree = ast.parse(path.read_text("utf-8"))
    spoken = {(call.node.lineno, call.node.col_offset) for call in calls(path)}
    said = in_(
        node
        for node in ast.walk(tree)
        if (getattr(node, "lineno", 0), getattr(node, "col_offset", 0)) in spoken
    )
    raised = in_(node for node in ast.walk(tree) if isinstance(node, ast.Raise))
    allowed = said | raised | in_(docstrings(tree))
    bare = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in allowed
    ]
    assert [text for text in bare if _SENTENCE.search(text)] == []
