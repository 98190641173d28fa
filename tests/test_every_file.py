"""What holds for every file, so that the tree stays as easy to read as it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ("aws", "bot", "commands", "jobs", "playground")
TREES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
    for part in PARTS
    for path in sorted((ROOT / part).rglob("*.py"))
}
LONGEST = 300  # lines
PROGRAMS = {"bot/locale/extract.py", "playground/aws/__main__.py", "playground/aws/stub/__main__.py"}
MAKERS = ("client", "Client", "Session", "create_engine", "Database", "ThreadPoolExecutor")


def test_a_file_can_be_read_in_one_sitting() -> None:
    lines = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in TREES}
    assert {name: n for name, n in lines.items() if n > LONGEST} == {}


def test_a_file_says_what_it_is() -> None:
    """Its docstring begins with a sentence."""
    said = {name: (ast.get_docstring(tree) or "").split("\n\n")[0] for name, tree in TREES.items()}
    assert [
        name for name, first in said.items() if not first.rstrip("`").endswith((".", ":", "?", ".)"))
    ] == []


def test_every_public_function_and_class_says_what_it_does() -> None:
    silent = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in TREES.items()
        for node in public(tree.body)
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_is_printed_but_by_a_program() -> None:
    """A bot talks through its outbox and its log."""
    printed = {
        name
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name_of(node.func) == "print"
    }
    assert printed - PROGRAMS == set()


def test_importing_a_module_makes_nothing() -> None:
    """Modules define, only the composition root makes: no client, no pool, no `global`."""
    made = [
        f"{name}:{node.lineno}"
        for name, tree in TREES.items()
        for node in [*tree.body, *ast.walk(tree)]
        if isinstance(node, ast.Global)
        or (
            node in tree.body
            and isinstance(node, ast.Assign | ast.AnnAssign)
            and isinstance(node.value, ast.Call)
            and name_of(node.value.func).endswith(MAKERS)
        )
    ]
    assert made == []


def test_a_folder_exports_nothing() -> None:
    """`__init__.py` holds a docstring, or a `load()`: re-exports are where import cycles come from."""
    wrong = []
    for name, tree in TREES.items():
        if not name.endswith("__init__.py"):
            continue
        _docstring, *rest = tree.body
        functions = [node.name for node in rest if isinstance(node, ast.FunctionDef)]
        imports = [node for node in rest if isinstance(node, ast.Import | ast.ImportFrom)]
        if rest and (functions != ["load"] or len(rest) != len(imports) + 1):
            wrong.append(name)
    assert wrong == []


def test_the_tests_mirror_the_tree() -> None:
    """Who looks for the tests of a folder finds them under its name."""
    folders = {str(Path(name).parent) for name in TREES if not name.endswith("__init__.py")}
    folders -= {one for one in folders if one.startswith("bot/store/migrations")}
    beside = {
        "bot/config": "bot/test_settings.py",
        "bot/locale": "bot/test_language.py",
        "bot/slack": "bot/test_manifest.py",
        "playground/slack/limits": "playground/slack/test_limits.py",
        "playground/slack/methods": "playground/slack/test_web_api.py",
    }
    places = {one: {ROOT / "tests" / one, ROOT / "tests" / beside.get(one, one)} for one in sorted(folders)}
    assert [one for one, found in places.items() if not any(map(has_tests, found))] == []


def has_tests(place: Path) -> bool:
    return place.is_file() or any(place.rglob("test_*.py"))


def public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions and classes without an underscore, and the methods of such classes."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def name_of(called: ast.expr) -> str:
    """The last word of what is called."""
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
