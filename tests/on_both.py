"""The same tests on both databases: what a folder's tests hold of the one, they hold of the other."""

import pytest

KINDS = ("sqlite", "postgresql")


def on_both(metafunc: pytest.Metafunc) -> None:
    """Run what needs a database on each of them, but for what is about SQLite's own files and statements.

    To be a conftest's `pytest_generate_tests`.
    """
    if "tmp_path" not in metafunc.fixturenames or "postgres" in metafunc.fixturenames:
        return
    if "either" not in metafunc.fixturenames:
        metafunc.fixturenames.append("either")
    alone = metafunc.definition.get_closest_marker("sqlite")
    metafunc.parametrize("either", KINDS[:1] if alone else KINDS, indirect=True)
